"""Tell a Prefect server what deployments/ says: work pool, queues, deployments, triggers."""
