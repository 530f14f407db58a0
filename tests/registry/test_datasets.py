"""Datasets: what there is, in which states, what is said of them, and who read them."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from support.world import MODEL, Recorded, World

from registry_tasks.entities.dataset import DatasetColumn, DatasetShape, DatasetUse, split_state
from registry_tasks.entities.dataset_record import DescribeDataset
from registry_tasks.entities.errors import (
    DatasetNotFound,
    InvalidSetting,
    MalformedText,
    RunNotFound,
)
from registry_tasks.entities.registration import RegisterRun
from registry_tasks.entities.removal import Delete
from registry_tasks.registry.catalogue import datasets
from registry_tasks.registry.catalogue.datasets import (
    describe_dataset,
    list_dataset_states,
    list_dataset_users,
    list_datasets,
    show_dataset,
)
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.lifecycle.delete import delete
from registry_tasks.stores.metadata import dataset_queries, runs, tables as t
from registry_tasks.stores.metadata.datasets import find_states

pytestmark = pytest.mark.slow

ONE, TWO = "1" * 32, "2" * 32 + ".dir"
FLIGHTS = "data/flights.csv"


def use(name: str = FLIGHTS, md5: str = ONE, stage: str = "train") -> DatasetUse:
    return DatasetUse(name=name, md5=md5, size_bytes=2048, files=1, stage=stage)


def shape(name: str = FLIGHTS, md5: str = ONE, rows: int | None = 3) -> DatasetShape:
    column = DatasetColumn(name="delay", type="number")
    source = "https://example.org/f"
    return DatasetShape(
        name=name, md5=md5, format="csv", rows=rows, columns=(column,), source=source
    )


def finish(
    world: World, number: int, uses: tuple[DatasetUse, ...], shapes: tuple[DatasetShape, ...] = ()
) -> str:
    """End a run that read data."""
    uuid = world.begin_run()
    made = Recorded(content=f"model {number}".encode(), parameters={"trees": number})
    found = world.record_of(made, world.git("rev-parse", "HEAD"))
    found = found.model_copy(update={"datasets": uses, "shapes": shapes})
    with world.registry().metadata.writing("ada") as tx:
        runs.finish(tx, runs.get_row(tx.connection, uuid).id, found)
        tx.commit()
    return uuid


def version(world: World, number: int, *uses: DatasetUse) -> str:
    run = finish(world, number, uses)
    return register(world.registry(), RegisterRun(run=run)).version.ref


def test_a_list_shows_the_newest_state_and_how_many_versions_use_any(world: World) -> None:
    finish(world, 1, (use(), use("zoo")), (shape(),))
    version(world, 2, use(md5=TWO, stage="prepare"), use(md5=TWO), use("zoo"))
    version(world, 3, use(md5=TWO))
    describe_dataset(world.registry(), DescribeDataset(name=FLIGHTS, owner="ops"))
    flights, zoo = list_datasets(world.registry())
    assert (flights.name, flights.newest.md5, flights.newest.rows) == (FLIGHTS, TWO, None)
    assert (flights.versions, flights.more_versions, flights.owner) == (2, False, "ops")
    assert (zoo.versions, zoo.sensitivity, zoo.newest.size_bytes) == (1, "", 2048)


def test_a_list_goes_on_behind_a_name(world: World) -> None:
    finish(world, 1, tuple(use(f"data/{n:02}") for n in range(7)))
    seen: list[str] = []
    while page := list_datasets(world.registry(), after=seen[-1] if seen else "", limit=3):
        seen += [dataset.name for dataset in page]
    assert seen == [f"data/{n:02}" for n in range(7)]


def test_a_count_stops_where_nobody_counts_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, md5 in enumerate((ONE, ONE, ONE, TWO)):
        version(world, number, use(md5=md5), use(md5=md5, stage="evaluate"))

    def counted(states: int, readings: int) -> tuple[int, bool]:
        monkeypatch.setattr(datasets, "LISTED", dataset_queries.HowFar(states, readings))
        (flights,) = list_datasets(world.registry())
        return flights.versions, flights.more_versions

    assert counted(states=2, readings=6) == (4, False)
    assert counted(states=2, readings=5) == (4, True)
    assert counted(states=2, readings=3) == (3, True)
    assert counted(states=1, readings=6) == (4, True)
    assert show_dataset(world.registry(), FLIGHTS).versions == 4


def test_states_are_listed_with_first_and_last_use_newest_first(world: World) -> None:
    for number, md5 in enumerate((ONE, TWO, ONE)):
        finish(world, number, (use(md5=md5),), (shape(md5=md5, rows=number),))
    two, one = list_dataset_states(world.registry(), FLIGHTS)
    assert (two.md5, one.md5) == (TWO, ONE)
    assert (two.rows, one.rows) == (1, 0), "what was found first stays"
    assert one.first_used < two.first_used == two.last_used < one.last_used
    assert list_dataset_states(world.registry(), FLIGHTS, before=TWO) == (one,)
    assert list_dataset_states(world.registry(), FLIGHTS, limit=1) == (two,)
    with pytest.raises(DatasetNotFound):
        list_dataset_states(world.registry(), FLIGHTS, before="3" * 32)
    with pytest.raises(DatasetNotFound):
        list_dataset_states(world.registry(), "data")


def test_a_page_shows_shape_source_and_what_was_said(world: World) -> None:
    finish(world, 1, (use(),), (shape(),))
    finish(world, 2, (use(md5=TWO),))
    registry = world.registry()
    newest, one = show_dataset(registry, FLIGHTS), show_dataset(registry, f"{FLIGHTS}@{ONE}")
    assert (newest.state.md5, newest.columns, newest.source) == (TWO, (), "")
    assert (one.state.rows, one.columns[0].name, one.states) == (3, "delay", 2)
    assert one.source == "https://example.org/f"
    described = DescribeDataset(
        name=FLIGHTS,
        source="the airport's own books",
        sensitivity="confidential",
        retain_until="2030-12-31",  # type: ignore[arg-type]
        description="All flights\nof a year",
        owner="Ops",
    )
    answer = describe_dataset(registry, described)
    shown = show_dataset(registry, f"{FLIGHTS}@{ONE}")
    assert answer.profile == shown.profile
    assert shown.source == "the airport's own books"
    assert shown.profile.retain_until == dt.date(2030, 12, 31)
    (change,) = shown.history
    assert change.by == "ada"
    assert change.before == {
        "source": "", "sensitivity": "", "retain_until": None, "description": "", "owner": "",
    }  # fmt: skip
    assert isinstance(change.after, dict)
    assert change.after["retain_until"] == "2030-12-31"


def test_what_is_said_changes_field_by_field_and_can_be_taken_away(world: World) -> None:
    finish(world, 1, (use(),))
    registry = world.registry()
    describe_dataset(registry, DescribeDataset(name=FLIGHTS, owner="ops", description="x"))
    gone = DescribeDataset(name=FLIGHTS, owner="", retain_until="")
    profile = describe_dataset(registry, gone).profile
    assert (profile.owner, profile.description, profile.retain_until) == ("", "x", None)
    assert [change.after for change in show_dataset(registry, FLIGHTS).history] == [
        {"owner": "", "retain_until": None},
        {"owner": "ops", "description": "x"},
    ]


def test_described_once_a_key(world: World) -> None:
    finish(world, 1, (use(),))
    request = DescribeDataset(name=FLIGHTS, owner="ops", key="k")
    assert describe_dataset(world.registry(), request) == describe_dataset(
        world.registry(), request
    )
    assert len(show_dataset(world.registry(), FLIGHTS).history) == 1


@pytest.mark.parametrize(
    "dataset", ["nothing", "nothing@" + ONE, f"{FLIGHTS}@{TWO}", ONE, "a" * 9999]
)
def test_data_that_no_run_has_read_is_not_found(sqlite_world: World, dataset: str) -> None:
    finish(sqlite_world, 1, (use(),))
    with pytest.raises(DatasetNotFound, match="registry data list") as raised:
        show_dataset(sqlite_world.registry(), dataset)
    assert len(str(raised.value)) < 500
    with pytest.raises(DatasetNotFound):
        describe_dataset(sqlite_world.registry(), DescribeDataset(name=dataset, owner="ops"))


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("sensitivity", "secret", InvalidSetting),
        ("sensitivity", "PUBLIC", InvalidSetting),
        ("sensitivity", "x" * 10_000, InvalidSetting),
        ("retain_until", "next year", InvalidSetting),
        ("retain_until", "2027-02-30", InvalidSetting),
        ("owner", "a\x1bb", MalformedText),
        ("owner", "a" * 10_000, MalformedText),
        ("owner", "Аda Lovelаce x", MalformedText),
        ("source", "two\nlines", MalformedText),
        ("source", "https://ada:secret@example.org/data", MalformedText),
        ("source", "x" * 10_000, MalformedText),
        ("description", "nul \0", MalformedText),
        ("description", "x" * 10_000_000, MalformedText),
    ],
)
def test_what_cannot_be_said_is_refused(field: str, value: str, error: type[Exception]) -> None:
    with pytest.raises(error) as raised:
        DescribeDataset.model_validate({"name": FLIGHTS, field: value})
    assert len(str(raised.value)) < 500


def test_saying_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="name at least one field"):
        DescribeDataset(name=FLIGHTS)


def test_who_read_a_state_is_told_with_stages_versions_and_where_they_stand(world: World) -> None:
    one = version(world, 1, use(), use(stage="evaluate"))
    world.raise_to(one, "staging", "production")
    bare = finish(world, 2, (use(),))
    two = version(world, 3, use())
    version(world, 4, use(md5=TWO))
    delete(world.registry(), Delete(ref=two, reason="bad"))
    _deploy(world, one)
    for asked in (f"{FLIGHTS}@{ONE}", f"md5:{ONE}"):
        newest, middle, oldest = list_dataset_users(world.registry(), asked)
        assert (newest.version, newest.deleted, newest.deployments) == (two, True, ())
        assert (middle.run, middle.version, middle.stages) == (bare, None, {})
        assert (oldest.version, oldest.deleted) == (one, False)
        assert oldest.stages == {"default": "production"}
        assert oldest.deployments == ("eu: pod 7",)
        assert [r.stage for r in oldest.readings] == ["evaluate", "train"]
        assert oldest.model == MODEL


def test_a_hash_is_found_under_all_its_names(world: World) -> None:
    finish(world, 1, (use("a"),))
    finish(world, 2, (use("b"),))
    finish(world, 3, (use("a"), use("b")))
    found = list_dataset_users(world.registry(), f"md5:{ONE}")
    assert [[r.dataset for r in user.readings] for user in found] == [["a", "b"], ["b"], ["a"]]
    assert len(list_dataset_users(world.registry(), f"b@{ONE}")) == 2


def test_users_come_in_pages(world: World) -> None:
    made = [finish(world, n, (use("a"), use("b"), use("a", stage="x"))) for n in range(5)]
    for asked in (f"a@{ONE}", f"md5:{ONE}"):
        seen: list[str] = []
        before = None
        while page := list_dataset_users(world.registry(), asked, before=before, limit=2):
            seen += [user.run for user in page]
            before = seen[-1]
        assert seen == made[::-1]


@pytest.mark.parametrize(
    "asked", ["data", "data@123", "md5:xyz", ONE, "@" + ONE, "md5:" + "g" * 32]
)
def test_a_state_is_named_by_its_whole_hash(sqlite_world: World, asked: str) -> None:
    finish(sqlite_world, 1, (use(),))
    with pytest.raises(InvalidSetting, match="PATH@MD5"):
        list_dataset_users(sqlite_world.registry(), asked)


def test_a_page_after_what_is_not_there_is_refused(sqlite_world: World) -> None:
    finish(sqlite_world, 1, (use(),))
    with pytest.raises(RunNotFound):
        list_dataset_users(sqlite_world.registry(), f"md5:{ONE}", before="forged")
    with pytest.raises(DatasetNotFound):
        list_dataset_users(sqlite_world.registry(), f"md5:{TWO}")


def test_names_may_look_like_states() -> None:
    assert split_state(f"raw@2013@{ONE}") == ("raw@2013", ONE)
    assert split_state(f"md5:{TWO}") == (None, TWO)
    assert split_state("raw@2013") == ("raw@2013", None)


def test_a_name_that_ends_like_a_hash_is_found(sqlite_world: World) -> None:
    name = f"cache@{TWO}"
    finish(sqlite_world, 1, (use(name),))
    assert show_dataset(sqlite_world.registry(), name).name == name
    assert show_dataset(sqlite_world.registry(), f"{name}@{ONE}").state.md5 == ONE


# -------------------------------------------------------------------- what a page costs


Ask = Callable[[sa.Connection], object]


def ask_users(connection: sa.Connection) -> object:
    (state,) = find_states(connection, FLIGHTS, ONE)
    return dataset_queries.list_users(connection, [state], 99, 50)


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (ask_users, "ix_dataset_use_dataset_version_id_run_id"),
        (lambda c: find_states(c, None, ONE), "ix_dataset_version_md5"),
        (lambda c: dataset_queries.list_datasets(c, "", 50), "ix_dataset_version_dataset_id_id"),
        (lambda c: dataset_queries.list_states(c, 1, 99, 50), "ix_dataset_version_dataset_id_id"),
        (lambda c: dataset_queries.read_states(c, [1]), "ix_dataset_use_dataset_version_id_run_id"),
        (
            lambda c: dataset_queries.count_versions(c, [1], datasets.SHOWN),
            "ix_dataset_version_dataset_id_id",
        ),
        (
            lambda c: dataset_queries.list_changes(c, FLIGHTS, 20),
            "ix_event_(model_id|kind_sequence)",
        ),
    ],
    ids=["users", "states of a hash", "datasets", "states", "uses", "versions", "changes"],
)
def test_every_question_is_answered_by_indexes(world: World, ask: Ask, index: str) -> None:
    """However much there is, a statement walks an index as far as the page goes."""
    for number in range(3):
        finish(world, number, (use(),))
    with world.registry().metadata.reading() as connection:
        plan = "\n".join(_plans(connection, ask))
    assert re.search(index, plan), plan
    for line in plan.splitlines():
        assert "Seq Scan" not in line, plan
        if line.startswith("SCAN "):  # of what another line of the plan found by an index
            assert line.startswith(("SCAN anon_", "SCAN (subquery", "SCAN CONSTANT")), plan


def _plans(connection: sa.Connection, ask: Ask) -> Iterator[str]:
    """Explain every statement that a question comes to."""
    told: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, *rest: Any) -> None:
        if statement.lstrip().startswith("SELECT"):
            told.append((statement, parameters))

    sa.event.listen(connection, "before_cursor_execute", note)
    ask(connection)
    sa.event.remove(connection, "before_cursor_execute", note)
    assert told
    word, column = "EXPLAIN QUERY PLAN", 3
    if connection.dialect.name == "postgresql":
        word, column = "EXPLAIN", 0
        for way in (
            "seqscan",
            "bitmapscan",
            "hashjoin",
            "mergejoin",
        ):  # it has few rows, for a test
            connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
    for statement, parameters in told:
        rows = connection.exec_driver_sql(f"{word} {statement}", parameters)
        yield from (str(row[column]) for row in rows)


def _deploy(world: World, ref: str) -> None:
    """Write where a version runs, and where it ran."""
    with world.registry().metadata.writing("ada") as tx:
        row = tx.connection.execute(
            sa.select(t.version.c.id, t.version.c.model_id).where(t.version.c.number == 1)
        ).one()
        assert ref.endswith("@1")
        for place, until in (("pod 7", None), ("pod 6", tx.at)):
            tx.connection.execute(
                sa.insert(t.deployment).values(
                    uuid=place, model_id=row.model_id, version_id=row.id, environment="eu",
                    place=place, reason="", since=tx.at, by="ada", until=until,
                )
            )  # fmt: skip
        tx.commit()
