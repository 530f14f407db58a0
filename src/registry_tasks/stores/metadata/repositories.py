"""Which repository a row belongs to: known by its identity, or by a name that older rows have."""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.store import Transaction

_NAMES: Final = sa.select(t.repository.c.name).where(
    t.repository.c.identity == sa.bindparam("identity")
)
_RUN: Final = (
    sa.select(t.run.c.repository, t.run.c.project, t.repository.c.identity)
    .outerjoin(t.repository, t.repository.c.name == t.run.c.repository)
    .where(t.run.c.repository != "")
)
_OF_VERSION: Final = _RUN.join(t.version, t.version.c.run_id == t.run.c.id).where(
    t.version.c.id == sa.bindparam("version")
)
_OF_MODEL: Final = (
    _RUN.where(t.run.c.model_id == sa.bindparam("model")).order_by(t.run.c.id.desc()).limit(1)
)
_KNOWN_BY: Final = 50  # commits of a name that are looked for


class Home(NamedTuple):
    """A repository as a row names it, the project's name for people, and the identity if known."""

    name: str
    project: str
    identity: str


def names_of(connection: sa.Connection, identity: str) -> tuple[str, ...]:
    """Return all that rows call a repository, its identity first."""
    return (identity, *connection.execute(_NAMES, {"identity": identity}).scalars())


def identities(connection: sa.Connection) -> dict[str, str]:
    """Return recorded name -> identity, of the names that were learned."""
    rows = connection.execute(sa.select(t.repository.c.name, t.repository.c.identity))
    return {name: identity for name, identity in rows}


def read_home(connection: sa.Connection, version_id: int) -> Home | None:
    """Return where a version comes from, None if it was registered outside of any repository."""
    return _home(connection.execute(_OF_VERSION, {"version": version_id}))


def newest_home(connection: sa.Connection, model_id: int) -> Home | None:
    """Return where the newest of a model's runs that come from a repository does."""
    return _home(connection.execute(_OF_MODEL, {"model": model_id}))


def strangers(connection: sa.Connection, identity: str) -> dict[str, tuple[str, ...]]:
    """Return the recorded names that nobody has claimed: name -> commits of its runs."""
    run = t.run.c
    known = sa.select(t.repository.c.name)
    names = connection.execute(
        sa.select(run.repository)
        .where(run.repository.not_in(["", identity]), run.repository.not_in(known))
        .distinct()
    ).scalars()
    return {name: _commits(connection, name) for name in names}


def learn(tx: Transaction, names: Iterable[str], identity: str) -> None:
    """Keep that rows under these names belong to a repository, unless it is known already."""
    taken = identities(tx.connection)
    rows: list[dict[str, Any]] = [
        {"name": n, "identity": identity} for n in names if n not in taken
    ]
    if rows:
        tx.connection.execute(sa.insert(t.repository), rows)


def _commits(connection: sa.Connection, name: str) -> tuple[str, ...]:
    run = t.run.c
    rows = connection.execute(
        sa.select(run.commit, run.base_commit)
        .where(run.repository == name)
        .order_by(run.id.desc())
        .limit(_KNOWN_BY)
    )
    return tuple(dict.fromkeys(commit for row in rows for commit in row if commit))


def _home(rows: sa.Result[Any]) -> Home | None:
    row = rows.one_or_none()
    if row is None:
        return None
    return Home(row.repository, row.project, row.identity or row.repository)
