"""Software environments, each kept once."""

from typing import Final

import sqlalchemy as sa

from registry_tasks.entities.environment import Environment
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.store import Transaction

_FIND: Final = sa.select(t.environment.c.id).where(t.environment.c.digest == sa.bindparam("digest"))
_ROW: Final = sa.select(t.environment).where(t.environment.c.id == sa.bindparam("environment"))
_PACKAGES: Final = (
    sa.select(t.environment_package.c.name, t.environment_package.c.version)
    .where(t.environment_package.c.environment_id == sa.bindparam("environment"))
    .order_by(t.environment_package.c.name)
)


def put_environment(tx: Transaction, environment: Environment) -> int:
    """Return the row id of an environment, writing it if nobody had it before."""
    digest = environment.digest()
    found: int | None = tx.connection.execute(_FIND, {"digest": digest}).scalar_one_or_none()
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
    asked = {"environment": environment_id}
    row = connection.execute(_ROW, asked).one()
    packages = connection.execute(_PACKAGES, asked)
    return Environment(
        python=row.python,
        platform=row.platform,
        packages=dict(packages.all()),
        files=files,
    )
