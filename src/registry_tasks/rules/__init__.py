"""What is allowed: pure functions and tables over entities."""
