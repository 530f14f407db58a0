"""Stakes: what stores that share a remote say there, so that none collects what another needs."""

import re
from datetime import datetime
from typing import Final

from pydantic import ValidationError

from registry_tasks.entities.collection import Stake
from registry_tasks.entities.errors import CollectionRefused, StoreMissing
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import events
from registry_tasks.stores.metadata.naming import store_identity

_CREDENTIALS: Final = re.compile(r"//[^/@]*@")
_FOLDER: Final = "stores"
_announced: set[tuple[str, str]] = set()
"""Store and remote, where this process has seen the stake: it is asked for once."""


def announce(registry: Registry) -> None:
    """Say in the remote that this store writes there, unless it is said; what it needs comes later.

    Before its first event a store is nobody: then whoever writes next says it.
    """
    place = registry.metadata.url, registry.objects.place
    if place in _announced:
        return
    name = _name_of(registry)
    if name is not None:
        notes = registry.objects.collecting
        if notes.find_note(name) is None:
            _write(registry, name, Stake(store=_place(registry)))
        _announced.add(place)


def publish(registry: Registry, objects: frozenset[str], at: datetime) -> None:
    """Say which objects this store needs. Raises CollectionRefused for an older copy of it."""
    name = _name_of(registry)
    if name is None:
        return
    with registry.metadata.reading() as connection:
        sequence = events.last_sequence(connection)
    told = read_stakes(registry).get(name)
    if told is not None and told.store != _place(registry):
        why = f"it knows this store as {told.store}, and here it is {_place(registry)}"
        way = (
            "a copy must collect nothing that the other one needs; if it was moved, or has two "
            f"addresses: `registry collect --forget {_id_of(name)}`, then collect"
        )
        raise CollectionRefused(registry.objects.place, why, way)
    if told is not None and told.sequence > sequence:
        why = (
            f"this store knows {sequence} events, and has said there that it knows {told.sequence}"
        )
        way = (
            "it is an older copy: bring it forward (`registry rebuild --from-git --forward`); if "
            f"what came after is lost for good: `registry collect --forget {_id_of(name)}`"
        )
        raise CollectionRefused(registry.objects.place, why, way)
    made = Stake(store=_place(registry), at=at, sequence=sequence, objects=tuple(sorted(objects)))
    _write(registry, name, made)


def others_need(registry: Registry, since: datetime) -> frozenset[str]:
    """Return what all other stores need. Raises CollectionRefused if one has not said it ``since``."""
    own, needed = _name_of(registry), set[str]()
    for name, told in read_stakes(registry).items():
        if name == own:
            continue
        if told.at is None or told.at < since:
            when = "never" if told.at is None else f"only on {told.at:%Y-%m-%d %H:%M} UTC"
            why = f"the store {told.store} writes there too, and said {when} what it needs"
            way = (
                "run `registry collect --take` there first; if that store is gone for good: "
                f"`registry collect --forget {_id_of(name)}`"
            )
            raise CollectionRefused(registry.objects.place, why, way)
        needed |= set(told.objects)
    return frozenset(needed)


def read_stakes(registry: Registry) -> dict[str, Stake]:
    """Return the stakes of all stores that write into the remote. Raises CollectionRefused."""
    notes, found = registry.objects.collecting, {}
    for name in notes.list_notes(_FOLDER):
        content = notes.find_note(name)
        if content is None:  # withdrawn just now
            continue
        try:
            found[name] = Stake.model_validate_json(content)
        except ValidationError:
            way = f"if no store is meant: `registry collect --forget {_id_of(name)}`"
            why = f"its note {name} cannot be read"
            raise CollectionRefused(registry.objects.place, why, way) from None
    return found


def forget(registry: Registry, store: str) -> None:
    """Withdraw the stake of a store that is gone for good. Raises CollectionRefused."""
    name = f"{_FOLDER}/{store}.json"
    notes = registry.objects.collecting
    if name not in notes.list_notes(_FOLDER):
        known = ", ".join(map(_id_of, notes.list_notes(_FOLDER))) or "none"
        raise CollectionRefused(
            registry.objects.place, f"no store {store} is known", f"it knows {known}"
        )
    notes.remove_note(name)
    _announced.clear()


def _write(registry: Registry, name: str, told: Stake) -> None:
    registry.objects.collecting.write_note(name, told.model_dump_json().encode())


def _place(registry: Registry) -> str:
    """Say where the store is, whoever connects to it."""
    return _CREDENTIALS.sub("//", registry.metadata.url)


def _name_of(registry: Registry) -> str | None:
    try:
        with registry.metadata.reading() as connection:
            identity = store_identity(connection)
    except StoreMissing:
        return None
    return None if identity is None else f"{_FOLDER}/{identity}.json"


def _id_of(name: str) -> str:
    return name.removeprefix(f"{_FOLDER}/").removesuffix(".json")
