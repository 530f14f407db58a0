"""Permit: may whoever acts do this, to this model? Every change asks here before it is made."""

from collections.abc import Callable
from contextlib import suppress
from typing import Final, TypeVar

import sqlalchemy as sa

from registry_tasks.entities.access import Identity
from registry_tasks.entities.errors import (
    AccountsOff,
    KeyNotAllowed,
    NotPermitted,
    StoreMissing,
)
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.promotion import Promote
from registry_tasks.entities.reference import Reference
from registry_tasks.entities.request import Request
from registry_tasks.entities.stage import POOLS
from registry_tasks.entities.subject import names_version
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.access import OF_ALL_MODELS, may, needed_right, stage_at_stake
from registry_tasks.rules.stages import stage_of
from registry_tasks.stores.metadata.access import has_accounts, identify, identity_of
from registry_tasks.stores.metadata.lookup import find_version
from registry_tasks.stores.metadata.query import Query, through
from registry_tasks.stores.metadata.store import Transaction

_OF_RUN: Final = "SELECT m.name FROM run r JOIN model m ON m.id = r.model_id WHERE r.uuid = ?"
_OF_SWEEP: Final = "SELECT m.name FROM sweep s JOIN model m ON m.id = s.model_id WHERE s.uuid = ?"
_OF_APPROVAL: Final = """
SELECT m.name FROM approval_request a JOIN model m ON m.id = a.model_id WHERE a.uuid = ?
"""

Result = TypeVar("Result")


def check_request(registry: Registry, connection: sa.Connection, request: Request) -> None:
    """Raise NotPermitted unless the caller may ask for this, by the change's own view of the store.

    Raises TokenRefused where the token that opened the registry has ended since.
    """
    query = through(connection)
    who = _caller(registry, query)
    if who.rights is not None:
        _check(who, request.needs, model_of(query, request), moved_by(query, request))


def check_permitted(registry: Registry, permission: Permission, model: str | None = None) -> None:
    """Raise NotPermitted unless the caller may do something that no single request stands for.

    For before the work: what is written at its end is asked again by ``if_permitted``. Where no
    store is yet, there is nobody to ask. Raises TokenRefused.
    """
    if registry.caller is not None:
        _check(registry.caller, permission, model, None)
        return
    with suppress(StoreMissing), registry.metadata.reading() as connection:
        check_now(registry, connection, permission, model)


def check_now(
    registry: Registry, connection: sa.Connection, permission: Permission, model: str | None = None
) -> None:
    """Raise NotPermitted unless the caller may, as this connection sees the store it is of.

    Raises TokenRefused.
    """
    _check(_caller(registry, through(connection)), permission, model, None)


def if_permitted(
    registry: Registry, permission: Permission, model: str, act: Callable[[Transaction], Result]
) -> Callable[[Transaction], Result]:
    """Return ``act`` as one that asks first whether the caller may, in its own transaction."""

    def asked(tx: Transaction) -> Result:
        check_now(registry, tx.connection, permission, model)
        return act(tx)

    return asked


def check_on(tx: Transaction, account: str) -> None:
    """Raise AccountsOff in a registry that asks nobody who they are."""
    if not has_accounts(through(tx.connection)):
        raise AccountsOff(account)


def check_no_key(request: Request, what: str) -> None:
    """Raise KeyNotAllowed for a key: an answer that is given twice would have to be kept."""
    if request.key is not None:
        raise KeyNotAllowed(what)


def model_of(query: Query, request: Request) -> str | None:
    """Return the name of the model that a request is about.

    None if it is about none, about all, or about something that is not there.
    """
    match request:
        case object(model=str(model)):
            return model
        case object(ref=str(ref)):
            return _model_of_version(query, ref)
        case object(subject=str(subject)):
            return _model_of_version(query, subject) if names_version(subject) else subject
        case object(run=str(run)):
            return _first(query, _OF_RUN, run)
        case object(sweep=str(sweep)):
            return _first(query, _OF_SWEEP, sweep)
        case object(approval=str(approval)):
            return _first(query, _OF_APPROVAL, approval)
    return None


def moved_by(query: Query, request: Request) -> str | None:
    """Return the stage or alias that it takes a right to move."""
    if isinstance(request, Promote) and request.to in POOLS:
        found = find_version(query, Reference.parse(request.ref))
        if found is not None:
            source = stage_of(found.version, request.environment)
            return stage_at_stake(source, request.to, request.environment)
    return request.moves()


def _caller(registry: Registry, query: Query) -> Identity:
    """Return who acts, with what they may now: it may be less than when a server let them in."""
    who = registry.caller
    if who is None:
        return identify(query, registry.settings.token, registry.settings.actor)
    return who if who.rights is None else identity_of(query, who.actor)


def _model_of_version(query: Query, ref: str) -> str | None:
    reference = Reference.parse(ref)
    if reference.model is not None:
        return reference.model
    found = find_version(query, reference)  # a UUID or a digest
    return None if found is None else found.version.model


def _first(query: Query, statement: str, value: str) -> str | None:
    rows = query(statement, (value,))
    return rows[0][0] if rows else None


def _check(who: Identity, permission: Permission, model: str | None, moved: str | None) -> None:
    if may(who, permission, model, moved):
        return
    of = None if permission in OF_ALL_MODELS else model
    what = " ".join((permission, *([moved] if moved else ()), *([f"of {of}"] if of else ())))
    raise NotPermitted(who.actor, what, needed_right(permission, model, moved))
