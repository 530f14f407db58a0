"""What `registry up` starts and keeps up: the server, Prefect, a worker for the checkout's flows."""
