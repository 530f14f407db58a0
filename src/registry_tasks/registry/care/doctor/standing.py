"""Stages and aliases against the events: the tables can be changed, the events cannot."""

from collections.abc import Iterator

import sqlalchemy as sa

from registry_tasks.entities.finding import FindingKind
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT, slot
from registry_tasks.registry.care.doctor.ailment import ANEW, BY_DOCTOR, Ailment, ail
from registry_tasks.registry.carry_out import transact
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.replay import Standing, Told, replay
from registry_tasks.rules.stages import is_single
from registry_tasks.stores.metadata import aliases, census
from registry_tasks.stores.metadata.stages import Place, assign_new, take_out
from registry_tasks.stores.metadata.store import Transaction

_Stages = dict[tuple[int, str], tuple[str, bool]]
_Names = dict[int, tuple[int, str]]
"""Row id of a version -> row id of its model, and its reference."""


def check(connection: sa.Connection) -> Iterator[Ailment]:
    """Hold every version, stage and alias against the events, and these against each other."""
    names, at = census.version_names(connection), _replay(connection)
    yield from _histories(names, at)
    yield from _stages(connection, names, at)
    yield from _pointers(connection, names, at)


def _histories(names: _Names, at: Standing) -> Iterator[Ailment]:
    """Look for versions whose events contradict each other, or that were never registered."""
    for broken in at.breaks:
        where = names.get(broken.version, (0, f"version row {broken.version}"))[1]
        yield ail(FindingKind.HISTORY_BROKEN, where, broken.what, ANEW)
    for version, (_, ref) in names.items():
        times = at.registered[version]
        if times == 0:
            what = "no event says that it was registered"
            yield ail(FindingKind.HISTORY_MISSING, ref, what, ANEW)
        if times > 1:
            what = f"{times} events say that it was registered"
            yield ail(FindingKind.HISTORY_BROKEN, ref, what, ANEW)


def _stages(connection: sa.Connection, names: _Names, at: Standing) -> Iterator[Ailment]:
    sound = _sound(at, names)
    wanted, found = _wanted(at), census.read_assignments(connection)
    for key in sorted(wanted.keys() | found.keys()):
        version, environment = key
        said, is_now = wanted.get(key), found.get(key)
        if said == is_now or version not in names or at.registered[version] == 0:
            continue
        model, ref = names[version]
        mend = recompute if model in sound else None
        remedy = BY_DOCTOR if mend else ANEW  # its events contradict each other
        if is_now is None:
            kind, what = FindingKind.STAGE_MISSING, f"it is in no stage{_in(environment)}"
        elif said is None:
            kind, what = FindingKind.STAGE_UNKNOWN, f"it is in {slot(is_now[0], environment)}"
        else:
            kind, what = FindingKind.STAGE_DIFFERS, f"it is in {slot(is_now[0], environment)}"
        told = f"in {slot(said[0], environment)}" if said else "never there"
        yield ail(kind, ref, f"{what}; by its history it is {told}", remedy, mend)


def _pointers(connection: sa.Connection, names: _Names, at: Standing) -> Iterator[Ailment]:
    models, sound = census.model_names(connection), _sound(at, names)
    found = census.read_aliases(connection)
    for key in sorted(at.aliases.keys() | found.keys()):
        said, is_now = at.aliases.get(key), found.get(key)
        if said == is_now or (said is not None and said not in names):
            continue
        model, alias = key
        mend = recompute if model in sound else None
        remedy = BY_DOCTOR if mend else ANEW  # its events contradict each other
        here, there = (
            "nowhere" if v is None else f"to {names.get(v, (0, f'version row {v}'))[1]}"
            for v in (is_now, said)
        )
        kind = FindingKind.ALIAS_DIFFERS
        if is_now is None or said is None:
            kind = FindingKind.ALIAS_MISSING if is_now is None else FindingKind.ALIAS_UNKNOWN
        where = f"{models.get(model, f'model row {model}')}@{alias}"
        what = f"the alias points {here}; by its history it points {there}"
        yield ail(kind, where, what, remedy, mend)


def recompute(registry: Registry) -> None:
    """Write stages and aliases anew from the events, where they differ and the events are sound."""

    def act(tx: Transaction) -> None:
        names, at = census.version_names(tx.connection), _replay(tx.connection)
        sound = _sound(at, names)
        _put_stages(tx, names, sound, at)
        _put_aliases(tx, sound, at)

    transact(registry, act)


def _put_stages(tx: Transaction, names: _Names, sound: frozenset[int], at: Standing) -> None:
    wanted, found = _wanted(at), census.read_assignments(tx.connection)
    wrong = [
        key
        for key in sorted(wanted.keys() | found.keys())
        if wanted.get(key) != found.get(key)
        and at.registered[key[0]]
        and names.get(key[0], (0, ""))[0] in sound
    ]
    for version, environment in wrong:  # all out first: one place holds one version at a time
        take_out(tx, version, environment)
    for version, environment in wrong:
        if said := wanted.get((version, environment)):
            stage, single = said
            assign_new(tx, version, names[version][0], Place(stage, environment, single))


def _put_aliases(tx: Transaction, sound: frozenset[int], at: Standing) -> None:
    found = census.read_aliases(tx.connection)
    for model, alias in sorted(at.aliases.keys() | found.keys()):
        said = at.aliases.get((model, alias))
        if model not in sound or said == found.get((model, alias)):
            continue
        if said is None:
            aliases.remove(tx, model, alias)
        else:
            aliases.point(tx, model, alias, said)


def _replay(connection: sa.Connection) -> Standing:
    return replay(Told._make(row) for row in census.read_history(connection))


def _wanted(at: Standing) -> _Stages:
    return {key: (stage, is_single(stage)) for key, stage in at.stages.items()}


def _sound(at: Standing, names: _Names) -> frozenset[int]:
    """Return the models whose events can be trusted to say where their versions stand."""
    broken = {b.model for b in at.breaks}
    broken |= {model for version, (model, _) in names.items() if at.registered[version] != 1}
    return frozenset(model for model, _ in names.values()) - broken


def _in(environment: str) -> str:
    return "" if environment == DEFAULT_ENVIRONMENT else f" in environment {environment}"
