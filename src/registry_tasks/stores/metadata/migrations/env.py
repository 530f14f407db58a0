"""What Alembic runs: the connection and its transaction come from the caller."""

from alembic import context

from registry_tasks.stores.metadata.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
)
context.run_migrations()
