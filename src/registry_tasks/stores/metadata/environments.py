"""Software environments, each kept once."""

from typing import Any, Final

import sqlalchemy as sa

from registry_tasks.entities.environment import Environment
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.inserting import insert_many, insert_one
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.store import Transaction

_FIND: Final = "SELECT id FROM environment WHERE digest = ?"
_ROW: Final = sa.select(t.environment).where(t.environment.c.id == sa.bindparam("environment"))
_PACKAGES: Final = (
    sa.select(t.environment_package.c.name, t.environment_package.c.version)
    .where(t.environment_package.c.environment_id == sa.bindparam("environment"))
    .order_by(t.environment_package.c.name)
)


def put_environment(tx: Transaction, environment: Environment) -> int:
    """Return the row id of an environment, writing it if nobody had it before."""
    digest = environment.digest()
    if found := through(tx.connection)(_FIND, (digest,)):
        known: int = found[0][0]
        return known
    row = {"digest": digest, "python": environment.python, "platform": environment.platform}
    made = insert_one(tx.connection, t.environment, row)
    packages = [
        {"environment_id": made, "name": name, "version": version}
        for name, version in environment.packages.items()
    ]
    insert_many(tx.connection, t.environment_package, packages)
    return made


def read_environment(
    connection: sa.Connection,
    environment_id: int,
    files: dict[str, str],
    direct_urls: dict[str, Any] | None = None,
) -> Environment:
    """Return an environment; ``files`` and ``direct_urls`` are those of the run that asks."""
    asked = {"environment": environment_id}
    row = connection.execute(_ROW, asked).one()
    packages = connection.execute(_PACKAGES, asked)
    return Environment(
        python=row.python,
        platform=row.platform,
        packages=dict(packages.all()),
        files=files,
        direct_urls=direct_urls or {},
    )
