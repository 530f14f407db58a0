"""Real flows, on a real Prefect server."""
