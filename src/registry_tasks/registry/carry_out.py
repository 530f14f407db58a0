"""Carry out: a writing verb's one transaction, once per key, then what Git has to be told."""

import random
import time
from collections.abc import Callable
from hashlib import sha256
from typing import Final, TypeVar

import sqlalchemy as sa

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.errors import KeyReused, SecretTold, StoreConflict, StoreMissing
from registry_tasks.entities.request import Request
from registry_tasks.registry.ledger import mirror
from registry_tasks.registry.ledger.log import check_store
from registry_tasks.registry.marks import check_seen
from registry_tasks.registry.permit import check_request
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import requests
from registry_tasks.stores.metadata.store import Transaction

_ATTEMPTS: Final = 8
_NOTHING_KEPT: Final = "{}"
_FIRST_PAUSE_S: Final = 0.01

Answer = TypeVar("Answer", bound=Entity)
Result = TypeVar("Result")


def carry_out(
    registry: Registry,
    request: Request,
    act: Callable[[Transaction], Answer],
    kind: type[Answer],
    content: str = "",
) -> Answer:
    """Do what was asked for in one transaction, and tell Git.

    A request whose key was used before is not carried out again: it gets the ``kind`` of answer
    that it got then. ``content`` is the digest of what the request names but does not hold.
    Raises what ``act`` raises, NotPermitted and KeyReused.
    """
    return transact(registry, _once(registry, request, act, kind, content))


def jot_down(
    registry: Registry,
    request: Request,
    act: Callable[[Transaction], Answer],
    kind: type[Answer],
    content: str = "",
) -> Answer:
    """Do what was asked for as ``carry_out`` does, but for Git, which hears of it later.

    For what a run says while it goes on: there may be a thousand such changes a second, none of
    them has an event, and the event of the run's end tells them all.
    """
    return change_store(registry, _once(registry, request, act, kind, content))


def recall(
    registry: Registry, request: Request, kind: type[Answer], content: str = ""
) -> Answer | None:
    """Return the answer that a request with this key got before, or None.

    For verbs that look beyond the store before their transaction begins: policy, files and objects
    may have changed or gone since the answer was given, and nothing is uploaded for somebody who
    may not, or has seen what is no more so. Raises KeyReused, NotPermitted, ChangedSince.
    """
    try:
        if (request.key, registry.identity.rights, registry.seen) == (None, None, None):
            return None  # there is nothing to ask the store
        with registry.metadata.reading() as connection:
            check_request(registry, connection, request)
            told = _find(connection, request, kind, content)
            if told is None:
                check_seen(registry.seen, connection, request)
    except StoreMissing:  # the verb makes it
        return None
    if told is not None:
        mirror.deliver(registry)
    return told


def check_first(registry: Registry, tx: Transaction, request: Request) -> None:
    """Let what answers with a secret be done once with its key: of the answer, nothing is kept.

    Of what was asked nothing either, which may be a secret too. Raises SecretTold, KeyReused,
    ChangedSince.
    """
    if request.key is not None:
        told = requests.find(tx.connection, request.key)
        if told is not None:
            error = SecretTold if told.verb == _verb(request) else KeyReused
            raise error(request.key, told.verb)
        requests.keep(tx, request.key, _verb(request), _sha256(""), _NOTHING_KEPT)
    check_seen(registry.seen, tx.connection, request)


def transact(registry: Registry, act: Callable[[Transaction], Result]) -> Result:
    """Let ``act`` change the store, all of it or nothing, and tell Git.

    It is done again if the database gives it up for another transaction, so it must do nothing
    beyond its transaction. Raises StoreConflict when that happens too often, StoreBehindLog where
    Git knows more than the store.
    """
    check_store(registry)
    result = change_store(registry, act)
    mirror.deliver(registry)
    return result


def change_store(registry: Registry, act: Callable[[Transaction], Result]) -> Result:
    """Let ``act`` change the store as ``transact`` does, where Git has nothing to hear of it."""
    for attempt in range(_ATTEMPTS - 1):
        try:
            return _try(registry, act)
        except StoreConflict:
            time.sleep(_FIRST_PAUSE_S * 2**attempt * random.random())
    return _try(registry, act)


def _once(
    registry: Registry,
    request: Request,
    act: Callable[[Transaction], Answer],
    kind: type[Answer],
    content: str,
) -> Callable[[Transaction], Answer]:
    """Let only whoever may ask for it, and answer a key that was used before as it was then."""

    def asked(tx: Transaction) -> Answer:
        check_request(registry, tx.connection, request)
        if told := _find(tx.connection, request, kind, content):
            return told
        check_seen(registry.seen, tx.connection, request)
        answer = act(tx)
        if request.key is not None:
            digest = _digest(request, content)
            requests.keep(tx, request.key, _verb(request), digest, answer.model_dump_json())
        return answer

    return asked


def _find(
    connection: sa.Connection, request: Request, kind: type[Answer], content: str
) -> Answer | None:
    if request.key is None:
        return None
    told = requests.find(connection, request.key)
    if told is None:
        return None
    if (told.verb, told.body_sha256) != (_verb(request), _digest(request, content)):
        raise KeyReused(request.key, told.verb)
    return kind.model_validate_json(told.answer)


def _verb(request: Request) -> str:
    return type(request).__name__


def _digest(request: Request, content: str) -> str:
    return _sha256(f"{request.body()}{content}")


def _sha256(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _try(registry: Registry, act: Callable[[Transaction], Result]) -> Result:
    with registry.metadata.writing(registry.actor) as tx:
        result = act(tx)
        tx.commit()
    return result
