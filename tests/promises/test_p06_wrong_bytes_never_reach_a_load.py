"""P6: whatever happens to bytes in remote, cache and downloads, no load ever gets wrong ones."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from support.inconsistent import in_cache, in_downloads, in_remote, write
from support.trials import Trial
from support.world import World

import registry_tasks.entities.errors as e
from registry_tasks.entities.finding import FindingKind, Outcome
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.registration import RegisterRun
from registry_tasks.faces.sdk.client import Client
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.care.repair import repair
from registry_tasks.registry.catalogue.register import register

Damage = Callable[[Path, Path, random.Random], None]


def flip_one_bit(path: Path, other: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    write(path, bytes(content))


def truncate(path: Path, other: Path, chance: random.Random) -> None:
    content = path.read_bytes()
    write(path, content[: chance.randrange(1, len(content))])


def extend(path: Path, other: Path, chance: random.Random) -> None:
    write(path, path.read_bytes() + chance.randbytes(chance.randint(1, 9)))


def swap_two(path: Path, other: Path, chance: random.Random) -> None:
    mine, others = path.read_bytes(), other.read_bytes()
    write(path, others)
    write(other, mine)


def empty(path: Path, other: Path, chance: random.Random) -> None:
    write(path, b"")


def delete(path: Path, other: Path, chance: random.Random) -> None:
    path.unlink()


def replace_by_a_link(path: Path, other: Path, chance: random.Random) -> None:
    aside = path.with_name("aside.bin")
    write(aside, path.read_bytes())  # even one that leads to the right bytes: it may be turned
    path.unlink()
    path.symlink_to(aside)


DAMAGES: Final[tuple[Damage, ...]] = (
    flip_one_bit,
    truncate,
    extend,
    swap_two,
    empty,
    delete,
    replace_by_a_link,
)


class Place(NamedTuple):
    """Where bytes lie, and what the doctor says of damage there."""

    of: Callable[[World, int], Path]
    kinds: frozenset[FindingKind]
    missing: frozenset[FindingKind]  # what it says when a file is gone


REMOTE: Final = Place(
    in_remote,
    frozenset({FindingKind.OBJECT_DAMAGED}),
    frozenset({FindingKind.OBJECT_MISSING}),
)
CACHE: Final = Place(in_cache, frozenset({FindingKind.CACHE_DAMAGED}), frozenset())
DOWNLOADS: Final = Place(in_downloads, frozenset({FindingKind.DOWNLOAD_DAMAGED}), frozenset())
PLACES: Final = {"remote": REMOTE, "cache": CACHE, "downloads": DOWNLOADS}


def stock(world: World, count: int) -> dict[int, bytes]:
    """Register versions whose bytes are in all three places; returns what they are."""
    made = {}
    for number in range(1, count + 1):
        content = f"model {number} ".encode() * 50
        world.version(number, content=content)
        made[number] = content
        put_back(world, number, content)
    return made


def put_back(world: World, number: int, content: bytes) -> None:
    for place in PLACES.values():
        path = place.of(world, number)
        path.with_name("aside.bin").unlink(missing_ok=True)
        write(path, content)


def loads(world: World, version: ModelVersion) -> list[bytes | Exception]:
    """Every way in which bytes are handed out: what came, or why nothing did."""
    client = Client(world.settings)
    target = world.folder / "handed-out.bin"
    target.unlink(missing_ok=True)

    def read() -> bytes:
        from registry_tasks.registry.catalogue.download import read

        return read(world.settings, version)

    ways = (
        lambda: client.download(version.ref).read_bytes(),
        lambda: client.download(version.ref, target).read_bytes(),
        read,
    )
    found: list[bytes | Exception] = []
    for way in ways:
        try:
            found.append(way())
        except (e.Corrupt, e.Unavailable) as error:
            assert not target.exists(), "nothing is left where the bytes should have gone"
            found.append(error)
    client.close()
    return found


@pytest.mark.slow
def test_damage_is_found_before_a_load_and_repaired_from_another_copy(
    sqlite_world: World, trial: Trial
) -> None:
    world, chance = sqlite_world, random.Random(trial.seed)
    made = stock(world, trial.size(2, 5))
    treated = set(list(made)[: trial.size(1, 3)])
    tried = repaired = 0
    for number in treated if not trial.full else made:
        case = Case(world, made, number, number % len(made) + 1)
        for place in PLACES:
            for damage in DAMAGES:
                check_loads(case, place, damage, chance)
                if number in treated:
                    check_doctor(case, place, damage)
                    repaired += 1
                for one in (case.number, case.other):
                    put_back(world, one, made[one])
                tried += 1
        world.close()
    n = f"{tried} damages: {len(DAMAGES)} kinds, {len(PLACES)} places, {len(made)} versions"
    figure = f"{tried} found before a load, 0 wrong bytes handed out; {repaired} of {repaired} given to the doctor mended"
    trial.report("P6", n, figure)


class Case(NamedTuple):
    """A version to damage, and another one to swap it with."""

    world: World
    made: dict[int, bytes]
    number: int
    other: int


def check_loads(case: Case, place: str, damage: Damage, chance: random.Random) -> None:
    world, content = case.world, case.made[case.number]
    version, where = world.resolve(f"mower@{case.number}"), PLACES[place]
    damage(where.of(world, case.number), where.of(world, case.other), chance)
    if place != "remote":
        handed = loads(world, version)
        assert handed == [content] * 3, "the remote has it, and it is fetched again"
        return
    in_downloads(world, case.number).unlink()  # or nobody would ask the remote
    assert all(isinstance(h, e.Corrupt) for h in loads(world, version)), damage
    with pytest.raises(e.Corrupt):
        register(world.registry(), RegisterRun(run=version.run))


def check_doctor(case: Case, place: str, damage: Damage) -> None:
    world, content, where = case.world, case.made[case.number], PLACES[place]
    expected = where.missing if damage is delete else where.kinds
    if place == "downloads":
        expected = frozenset()  # the loads fetched it again
        where.of(world, case.other).unlink()
    findings = examine(world.registry())
    assert {f.kind for f in findings} == expected, damage
    assert len(findings) == (2 if damage is swap_two and expected else len(expected))

    assert {f.outcome for f in repair(world.registry())} <= {Outcome.MENDED}

    assert examine(world.registry()) == ()
    assert loads(world, world.resolve(f"mower@{case.number}")) == [content] * 3
    if place != "downloads" and not (place == "cache" and damage is delete):
        assert where.of(world, case.number).read_bytes() == content


@pytest.mark.slow
def test_clean_loads_raise_no_alarm(sqlite_world: World, trial: Trial) -> None:
    world, count = sqlite_world, trial.size(50, 1000)
    made = stock(world, 5)
    versions = {number: world.resolve(f"mower@{number}") for number in made}
    for n in range(count):
        number = n % len(made) + 1
        if n % 3 == 0:
            in_downloads(world, number).unlink(missing_ok=True)
        assert loads(world, versions[number]) == [made[number]] * 3
    assert examine(world.registry()) == ()
    trial.report("P6", f"{3 * count} clean loads", "0 false alarms")


def test_damage_everywhere_hands_out_nothing_and_is_named(
    sqlite_world: World, trial: Trial
) -> None:
    world, chance = sqlite_world, random.Random(0)
    stock(world, 1)
    for place in PLACES.values():
        flip_one_bit(place.of(world, 1), place.of(world, 1), chance)

    assert all(isinstance(h, e.ObjectCorrupt) for h in loads(world, world.resolve("mower@1")))

    treated = {f.kind: f for f in repair(world.registry())}
    assert treated[FindingKind.OBJECT_DAMAGED].outcome is Outcome.NOT_MENDED
    assert "registry train mower --commit" in treated[FindingKind.OBJECT_DAMAGED].repair
    assert not in_cache(world, 1).exists(), "DVC must not hand it out"
    again = examine(world.registry())
    assert [(f.kind, f.repairable) for f in again] == [(FindingKind.OBJECT_DAMAGED, False)]
    trial.report(
        "P6", f"all {len(PLACES)} copies damaged, 3 loads", "0 loaded, the damage is named"
    )


def test_a_damaged_download_is_fetched_again_and_told_in_the_log(
    sqlite_world: World, caplog: pytest.LogCaptureFixture, trial: Trial
) -> None:
    made = stock(sqlite_world, 1)
    flip_one_bit(in_downloads(sqlite_world, 1), Path(), random.Random(0))

    assert loads(sqlite_world, sqlite_world.resolve("mower@1")) == [made[1]] * 3

    (told,) = caplog.records
    assert str(in_downloads(sqlite_world, 1)) in told.getMessage()
    trial.report("P6", "1 damaged download, 3 loads", "fetched again, the damage is in the log")
