"""Software environments, each kept once."""

import sqlalchemy as sa

from registry_tasks.entities.environment import Environment
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.store import Transaction


def put_environment(tx: Transaction, environment: Environment) -> int:
    """Return the row id of an environment, writing it if nobody had it before."""
    digest = environment.digest()
    found: int | None = tx.connection.execute(
        sa.select(t.environment.c.id).where(t.environment.c.digest == digest)
    ).scalar_one_or_none()
    if found is not None:
        return found
    made: int = tx.connection.execute(
        sa.insert(t.environment)
        .values(digest=digest, python=environment.python, platform=environment.platform)
        .returning(t.environment.c.id)
    ).scalar_one()
    if environment.packages:
        tx.connection.execute(
            sa.insert(t.environment_package),
            [
                {"environment_id": made, "name": name, "version": version}
                for name, version in environment.packages.items()
            ],
        )
    return made


def read_environment(
    connection: sa.Connection, environment_id: int, files: dict[str, str]
) -> Environment:
    """Return an environment; ``files`` are those of the run that asks."""
    row = connection.execute(
        sa.select(t.environment).where(t.environment.c.id == environment_id)
    ).one()
    packages = connection.execute(
        sa.select(t.environment_package.c.name, t.environment_package.c.version)
        .where(t.environment_package.c.environment_id == environment_id)
        .order_by(t.environment_package.c.name)
    )
    return Environment(
        python=row.python,
        platform=row.platform,
        packages=dict(packages.tuples().all()),
        files=files,
    )
