"""What a name meant at a time: what resolve would have said then, whatever the clocks did since."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Final, NamedTuple

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings, strategies as st
from support.world import World

from registry_tasks.entities.annotation import AddNote, PointAlias, RemoveAlias
from registry_tasks.entities.errors import (
    Conflict,
    InvalidSetting,
    MalformedReference,
    ModelNotFound,
    NotFound,
    Refused,
    VersionDeleted,
    VersionNotFound,
)
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.instant import to_instant
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.promotion import Archive, Promote, Restore, RollBack
from registry_tasks.entities.registration import RegisterFile
from registry_tasks.entities.removal import Delete
from registry_tasks.entities.tenure import Tenure
from registry_tasks.registry.catalogue.note import add_note
from registry_tasks.registry.catalogue.register_file import register_file
from registry_tasks.registry.catalogue.resolve import Resolver
from registry_tasks.registry.catalogue.resolve_past import resolve_past
from registry_tasks.registry.catalogue.show import list_history
from registry_tasks.registry.catalogue.tenures import list_tenures
from registry_tasks.registry.ledger import mirror
from registry_tasks.registry.lifecycle.archive import archive, restore
from registry_tasks.registry.lifecycle.delete import delete
from registry_tasks.registry.lifecycle.point_alias import point_alias, remove_alias
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.lifecycle.roll_back import roll_back
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import past, store
from registry_tasks.stores.metadata.past import CLOCKS

pytestmark = pytest.mark.slow

POLICY: Final = """
stages: {production: [{gate: metric, metric: auc, at_least: 0.5}], canary: []}
aliases: {champion: production}
"""
LABELS: Final = (
    *("production", "staging", "production-eu", "staging-eu", "canary"),
    *("champion", "hero", "rival"),
    *("latest", "1", "2", "3"),
)
TICK: Final = timedelta(microseconds=1)


class Clock(datetime):
    """A clock that goes on by a second each time it is asked, and jumps where it is set."""

    told: datetime = datetime(2026, 3, 1, tzinfo=UTC)

    @classmethod
    def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
        Clock.told += timedelta(seconds=1)
        return Clock.told


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Clock]]:
    monkeypatch.setattr(store, "datetime", Clock)
    Clock.told = datetime(2026, 3, 1, tzinfo=UTC)
    yield Clock


class Seen(NamedTuple):
    """What resolve said of each name after an event."""

    sequence: int
    at: datetime
    said: dict[str, object]


class Meaning(NamedTuple):
    """Which version a name meant, from when to when."""

    ref: str
    since: datetime
    until: datetime | None


class Life:
    """One model's life, with everything written down as it goes."""

    def __init__(self, world: World, model: str) -> None:
        self.world, self.model = world, model
        self.registry = world.registry()
        self.resolver = Resolver(world.settings)
        self.seen: list[Seen] = []

    def do(self, verb: Callable[[Registry, Any], object], request: Any) -> None:
        """Do something; what a rule refuses is a part of life."""
        try:
            verb(self.registry, request)
        except (Refused, NotFound, Conflict):
            return
        self.look()

    def look(self) -> None:
        """Write down what each name means after the newest event."""
        (event,) = list_history(self.registry, self.model, limit=1)
        if not self.seen or event.sequence > self.seen[-1].sequence:
            said = {label: now(self.resolver, f"{self.model}@{label}") for label in LABELS}
            self.seen.append(Seen(event.sequence, event.at, said))

    def register(self, number: int) -> None:
        path = self.world.folder / f"{self.model}.bin"
        path.write_bytes(f"{self.model} {number}".encode())
        request = RegisterFile(model=self.model, path=str(path), metrics={"auc": 0.7})
        self.do(register_file, request)

    def expected(self, at: datetime) -> dict[str, object]:
        """What was said after the last event, by its number, of the ten minutes until then."""
        told = max((seen.at for seen in self.seen if seen.at <= at), default=None)
        if told is None:
            return dict.fromkeys(LABELS)
        return [seen for seen in self.seen if told - CLOCKS < seen.at <= told][-1].said

    def check(self) -> None:
        times = {seen.at + shift for seen in self.seen for shift in (-TICK, timedelta(), TICK)}
        for at in sorted(times):
            expected = self.expected(at)
            for label in LABELS:
                found = then(self.registry, f"{self.model}@{label}", at)
                assert found == expected[label], (label, at)

        for label in LABELS[:-4]:
            assert listed(self.registry, f"{self.model}@{label}") == self.meanings(label), label

    def meanings(self, label: str) -> list[Meaning]:
        """Say which version a name of many meant, from when to when, by what was said of it."""
        found: list[Meaning] = []
        for seen in self.seen:
            said = seen.said[label]
            ref = said.ref if isinstance(said, ModelVersion) else None
            if found and found[-1].until is None and found[-1].ref != ref:
                found[-1] = found[-1]._replace(until=seen.at)
            if ref is not None and (not found or found[-1].until is not None):
                found.append(Meaning(ref, seen.at, None))
        return found


def now(resolver: Resolver, ref: str) -> object:
    try:
        return resolver.resolve(ref)
    except VersionDeleted:
        return "deleted"
    except NotFound:
        return None


def then(registry: Registry, ref: str, at: datetime) -> object:
    try:
        return resolve_past(registry, ref, at)
    except VersionDeleted:
        return "deleted"
    except VersionNotFound:
        return None


def listed(registry: Registry, ref: str) -> list[Meaning]:
    """All tenures, oldest first, read in pages."""
    found: list[Tenure] = []
    try:
        while page := list_tenures(
            registry, ref, limit=2, before=found[-1].sequence if found else None
        ):
            found += page
    except VersionNotFound:
        assert not found
    return [Meaning(t.version, t.since, t.until) for t in reversed(found)]


NUMBERS = st.integers(1, 3)
STAGES = st.sampled_from(["staging", "production", "canary", "experiment"])
ENVIRONMENTS = st.sampled_from(["default", "default", "eu"])
ALIASES = st.sampled_from(["hero", "rival"])
DEEDS = st.one_of(
    st.tuples(st.just("register"), st.integers(1, 4)),
    st.tuples(st.just("promote"), NUMBERS, STAGES, ENVIRONMENTS),
    st.tuples(st.just("promote"), NUMBERS, STAGES, ENVIRONMENTS),
    st.tuples(st.just("rise"), NUMBERS, ENVIRONMENTS),
    st.tuples(st.just("roll back"), ENVIRONMENTS),
    st.tuples(st.just("archive"), NUMBERS),
    st.tuples(st.just("restore"), NUMBERS),
    st.tuples(st.just("delete"), NUMBERS),
    st.tuples(st.just("point"), NUMBERS, ALIASES),
    st.tuples(st.just("unpoint"), ALIASES),
    st.tuples(st.just("note")),
)
JUMPS = st.tuples(st.just("jump"), st.sampled_from([-86_400, -90, -30, -3, 30, 90, 86_400]))
MODELS = count()


def live(life: Life, clock: type[Clock], deeds: list[Any]) -> None:
    for number in (1, 2):
        life.register(number)
    for name, *facts in deeds:
        ref = f"{life.model}@{facts[0]}" if facts else ""
        match name:
            case "jump":
                clock.told += timedelta(seconds=facts[0])
            case "register":
                life.register(facts[0])
            case "promote":
                life.do(promote, Promote(ref=ref, to=facts[1], environment=facts[2]))
            case "rise":
                for to in ("staging", "production"):
                    life.do(promote, Promote(ref=ref, to=to, environment=facts[1]))
            case "roll back":
                life.do(roll_back, RollBack(model=life.model, environment=facts[0]))
            case "archive":
                life.do(archive, Archive(ref=ref))
            case "restore":
                life.do(restore, Restore(ref=ref))
            case "delete":
                life.do(delete, Delete(ref=ref, reason="bad"))
            case "point":
                life.do(point_alias, PointAlias(ref=ref, alias=facts[1]))
            case "unpoint":
                life.do(remove_alias, RemoveAlias(model=life.model, alias=facts[0]))
            case "note":
                life.do(add_note, AddNote(subject=life.model, text="x"))
    life.check()
    life.resolver.close()


@pytest.mark.parametrize(
    "jumping", ["", "jumping", "jumping long ago"], ids=["steady", "jumping", "long-ago"]
)
def test_the_past_is_what_resolve_said_then(
    world: World, clock: type[Clock], monkeypatch: pytest.MonkeyPatch, jumping: str
) -> None:
    """Promote, displacement, roll-back, archive, delete, aliases of people and of policy."""
    monkeypatch.setattr(mirror, "deliver", lambda registry: None)
    if jumping == "jumping long ago":  # nothing of it is among the newest events any more
        nothing = past._AMONG_NEWEST.where(sa.false())
        monkeypatch.setattr(past, "_AMONG_NEWEST", nothing)
    lines = [f"    m{n}:\n" + indented(POLICY) for n in range(60)]
    world.commit({"params.yaml": "registry:\n  models:\n" + "".join(lines)})
    models = count()

    @settings(
        max_examples=15 if world.store_url.startswith("sqlite") else 8,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(st.lists(st.one_of(DEEDS, JUMPS) if jumping else DEEDS, min_size=4, max_size=16))
    def hold(deeds: list[Any]) -> None:
        live(Life(world, f"m{next(models) % 60}"), clock, deeds)

    hold()


def indented(policy: str) -> str:
    return "".join(f"      {line}\n" for line in policy.strip().splitlines())


def test_a_story_with_everything_in_it(world: World, clock: type[Clock]) -> None:
    world.set_policy(POLICY)
    life = Life(world, "mower")
    live(
        life,
        clock,
        [
            *(("register", 3), ("rise", 1, "default"), ("rise", 2, "default"), ("rise", 1, "eu")),
            *(("roll back", "default"), ("point", 3, "hero"), ("point", 2, "hero"), ("note",)),
            *(("unpoint", "hero"), ("point", 3, "rival"), ("unpoint", "rival"), ("archive", 3)),
            *(("jump", -20), ("restore", 3), ("delete", 3), ("promote", 2, "staging", "default")),
            *(("promote", 1, "experiment", "default"), ("jump", 40), ("rise", 2, "default")),
        ],
    )
    wanted = {*EventKind.__members__.values()} & {e.kind for e in world.history()}
    assert {"version.rolled_back", "version.displaced", "version.deleted"} <= set(wanted)
    assert {"version.archived", "version.restored", "alias.removed"} <= set(wanted)
    meanings = {str(seen.said[label]) for seen in life.seen for label in LABELS}
    assert len(meanings) > 10 and "deleted" in meanings


def test_a_history_that_came_back_from_git_answers_the_same(
    sqlite_world: World, clock: type[Clock]
) -> None:
    from registry_tasks.entities.rebuilding import Rebuild
    from registry_tasks.registry.ledger.rebuild import rebuild

    world = sqlite_world
    world.set_policy(POLICY)
    life = Life(world, "mower")
    for number in (1, 2):
        world.version(number)
        life.look()
        for to in ("staging", "production"):
            life.do(promote, Promote(ref=f"mower@{number}", to=to))
    life.do(point_alias, PointAlias(ref="mower@1", alias="hero"))
    life.do(roll_back, RollBack(model="mower"))
    life.resolver.close()
    world.close()
    world.store_url = f"sqlite:///{world.folder / 'anew.db'}"
    rebuild(world.registry(), Rebuild())
    life.registry = world.registry()
    life.check()


def test_every_way_to_name_a_version_is_answered(world: World, clock: type[Clock]) -> None:
    version = world.version(1)
    at = world.history()[-1].at
    world.raise_to("mower@1", "staging")
    for ref in (version.uuid, f"sha256:{version.sha256}", "mower@v1.0.0", "models:/mower/1"):
        found = resolve_past(world.registry(), ref, at)
        assert (found.ref, found.stage) == ("mower@1", "experiment")
        with pytest.raises(VersionNotFound, match="it named no version at 2026-03-01T00:00:00"):
            resolve_past(world.registry(), ref, datetime(2026, 3, 1, tzinfo=UTC))
    with pytest.raises(ModelNotFound):
        resolve_past(world.registry(), "edger@production", at)


def test_one_clock_that_was_years_off_hides_nothing(world: World, clock: type[Clock]) -> None:
    for number in (1, 2):
        world.version(number)
    world.raise_to("mower@1", "staging", "production")
    first = world.history()[-1].at
    for wrong in (datetime(1970, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)):
        clock.told, right = wrong, clock.told
        add_note(world.registry(), AddNote(subject="mower", text="x"))
        clock.told = right
    world.raise_to("mower@2", "staging", "production")
    last = world.history()[-1].at
    for at, number in ((first, 1), (last, 2), (last + timedelta(days=1), 2)):
        assert resolve_past(world.registry(), "mower@production", at).number == number


def test_the_future_is_now(world: World) -> None:
    world.version(1)
    world.raise_to("mower@1", "staging", "production")
    far = datetime(2999, 1, 1, tzinfo=UTC)
    assert resolve_past(world.registry(), "mower@champion", far) == world.resolve("mower@champion")


@pytest.mark.parametrize("text", ["2026-03-02T14:05Z", "2026-03-02T15:05+01:00", "20260302T1405Z"])
def test_a_time_is_read_with_its_zone(text: str) -> None:
    assert to_instant(text) == datetime(2026, 3, 2, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("time", "reason"),
    [
        ("2026-03-02T14:05", "without its zone"),
        ("2026-03-02", "without its zone"),
        (datetime(2026, 3, 2), "without its zone"),
        ("yesterday", "write it as"),
        ("", "write it as"),
        ("2026-13-01T00:00Z", "write it as"),
        ("0001-01-01T00:00+23:59", "write it as"),
    ],
)
def test_a_time_that_is_none_is_refused(time: Any, reason: str) -> None:
    with pytest.raises(InvalidSetting, match=reason):
        to_instant(time, "--at")


def test_tenures_say_who_and_why(world: World) -> None:
    for number in (1, 2):
        world.version(number)
        promote(world.registry(), Promote(ref=f"mower@{number}", to="staging"))
        request = Promote(ref=f"mower@{number}", to="production", reason=f"reason {number}")
        promote(world.registry(), request)
    new, old = list_tenures(world.registry(), "mower@production")
    assert (new.version, new.by, new.reason, new.until) == ("mower@2", "ada", "reason 2", None)
    assert (old.version, old.by, old.reason, old.until) == ("mower@1", "ada", "reason 1", new.since)
    assert list_tenures(world.registry(), "models:/mower@production") == (new, old)
    (begun,) = [e for e in world.history() if e.sequence == old.sequence]
    assert (begun.kind, begun.version, begun.at) == ("version.promoted", 1, old.since)


@pytest.mark.parametrize(
    ("ref", "error", "reason"),
    [
        ("mower@1", InvalidSetting, "name a stage or an alias"),
        ("mower@latest", InvalidSetting, "name a stage or an alias"),
        ("sha256:" + "0" * 64, InvalidSetting, "name a stage or an alias"),
        ("mower@prodution", VersionNotFound, "never named"),
        ("mower@experiment", VersionNotFound, "never named"),
        ("mower@experiment-eu", VersionNotFound, "never named"),
        ("edger@production", ModelNotFound, "edger"),
        ("mower", MalformedReference, "after '@'"),
    ],
)
def test_what_has_no_tenures_says_why(
    world: World, ref: str, error: type[Exception], reason: str
) -> None:
    world.version(1)
    with pytest.raises(error, match=reason):
        list_tenures(world.registry(), ref)
