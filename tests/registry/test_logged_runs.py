"""Runs outside DVC: on record from their begin, each thing they say kept as it was said."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support.world import MODEL, World

from registry_tasks import Client
from registry_tasks.entities.errors import (
    AlreadyLogged,
    InvalidArtifact,
    InvalidDocument,
    InvalidPoint,
    MalformedName,
    MalformedText,
    RegistryError,
    RunEnded,
    RunExists,
    RunNotFound,
    RunNotRegistrable,
    RunWithoutModel,
)
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.logged_run import LogRun, LogValues
from registry_tasks.entities.run import LOG_TAIL_BYTES, RunStatus
from registry_tasks.entities.run_record import Series
from registry_tasks.faces.sdk.logged_run import LoggedRun
from registry_tasks.registry.catalogue.show import list_runs
from registry_tasks.registry.experiments.log_run import begin_run, log_values
from registry_tasks.registry.experiments.train import tidy_up
from registry_tasks.settings import Settings

Connect = Callable[[], Client]


@pytest.fixture
def connect(world: World) -> Iterator[Connect]:
    """A client as in another process, any number of times."""
    made: list[Client] = []

    def another() -> Client:
        made.append(Client(world.settings))
        return made[-1]

    yield another
    for client in made:
        client.close()


@pytest.fixture
def client(connect: Connect) -> Client:
    return connect()


def points_of(client: Client, run: LoggedRun) -> dict[str, list[tuple[int, float]]]:
    found = client.curves(f"run:{run.uuid}").curves
    return {c.series: list(zip(c.steps, c.values, strict=True)) for c in found}


@pytest.mark.slow
def test_a_run_is_on_record_from_its_start_and_its_points_as_they_come(
    world: World, connect: Connect
) -> None:
    client, reader = connect(), connect()
    with client.log_run(
        MODEL, experiment="notebook", parameters={"a": {"b": [1]}, "c": "x"}
    ) as run:
        (listed,) = reader.runs(MODEL)
        assert (listed.uuid, listed.status, listed.experiment) == (run.uuid, "running", "notebook")
        assert reader.run(run.uuid).parameters == {"a.b": [1], "c": "x"}
        for step in range(3):
            run.log_metric("train/loss", 1 / (step + 1), step=step)
            assert len(points_of(reader, run)["train/loss"]) == step + 1
        run.log_points("many", ((step, step / 2) for step in range(10_000)))
        assert points_of(reader, run)["many"] == [(step, step / 2) for step in range(10_000)]
        run.log_metrics({"auc": 0.75, "rmse": 3})
        run.log_parameters({"late": True})
        run.log_importance({"wind": 0.2, "größe": 0.7})

    record = reader.run(f"run:{run.uuid}")
    assert record.run.status is RunStatus.FINISHED
    assert record.metrics == {"auc": 0.75, "many": 4999.5, "rmse": 3.0, "train/loss": 1 / 3}
    assert record.parameters == {"a.b": [1], "c": "x", "late": True}
    assert list(record.importance.items()) == [("größe", 0.7), ("wind", 0.2)]
    loss = {"first_step": 0, "last_step": 2, "lowest": 1 / 3, "highest": 1.0, "final": 1 / 3}
    assert record.series[1] == Series(key="train/loss", points=3, **loss)
    assert record.run.cost is not None
    assert record.run.cost.duration_s > 0 < record.run.cost.peak_memory_bytes
    assert record.environment is not None
    assert "pydantic" in record.environment.packages
    assert record.run.origin.base_commit == world.git("rev-parse", "HEAD")
    assert world.kinds() == [EventKind.MODEL_CREATED, EventKind.RUN_STARTED, EventKind.RUN_FINISHED]


def test_a_final_metric_of_the_same_name_stays(client: Client) -> None:
    with client.log_run(MODEL) as run:
        run.log_points("loss", [(1, 0.5), (2, 0.25)])
        run.log_metric("loss", 0.3)
    assert client.run(run.uuid).metrics == {"loss": 0.3}


def test_an_error_ends_the_run_and_is_kept(client: Client) -> None:
    with pytest.raises(ZeroDivisionError), client.log_run(MODEL, parameters={"rate": 0.1}) as run:
        run.log_metric("loss", 0.5, step=1)
        run.log_metric("nul\0"[:3], 1 / 0)
    record = client.run(run.uuid)
    assert (record.run.status, record.run.failure) == (
        RunStatus.FAILED,
        "ZeroDivisionError: division by zero",
    )
    assert record.run.cost is not None
    assert "test_logged_runs.py" in (record.log_tail or "")
    assert (record.parameters, points_of(client, run)) == ({"rate": 0.1}, {"loss": [(1, 0.5)]})
    with pytest.raises(RunNotRegistrable, match="failed"):
        client.register_run(run.uuid)


def test_a_long_and_odd_error_is_kept_to_its_end(client: Client) -> None:
    told = "\0\udc80 é" * 20_000
    with pytest.raises(ValueError, match="é"), client.log_run(MODEL) as run:
        raise ValueError(told + "THE END")
    record = client.run(run.uuid)
    assert len((record.log_tail or "").encode()) <= 2 * LOG_TAIL_BYTES
    assert "THE END" in (record.log_tail or "")
    assert (record.run.failure or "").startswith("ValueError: ")


def test_a_run_of_several_cells_ends_when_it_is_told(client: Client) -> None:
    good, bad = client.log_run(MODEL), client.log_run(MODEL)
    good.log_metric("auc", 0.5)
    assert good.finish().status is RunStatus.FINISHED
    assert good.finish().status is RunStatus.FINISHED, "twice is fine"
    assert bad.fail("the data are wrong").failure == "the data are wrong"
    with pytest.raises(RunEnded, match="failed"):
        bad.finish()


@pytest.mark.slow
def test_a_run_whose_process_died_is_swept_and_a_living_one_is_not(
    world: World, connect: Connect
) -> None:
    world.close()
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(told)
        run = Client(world.settings).log_run(MODEL, parameters={"rate": 0.1})
        run.log_points("loss", [(1, 0.5), (2, 0.25)])
        os.write(tell, run.uuid.encode())
        signal.pause()
    os.close(tell)
    uuid = os.read(told, 100).decode()
    client = connect()
    living = client.log_run(MODEL)  # which sweeps
    assert client.run(uuid).run.status is RunStatus.RUNNING
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)

    tidy_up(world.registry())

    record = client.run(uuid)
    assert record.run.status is RunStatus.FAILED
    assert record.run.failure == "its process ended before the run did"
    assert (record.parameters, record.series[0].points) == ({"rate": 0.1}, 2)
    assert client.run(living.uuid).run.status is RunStatus.RUNNING
    living.finish()
    assert not list((world.state / "workspaces").iterdir())


def test_what_was_logged_is_not_logged_again(client: Client, tmp_path: Path) -> None:
    file = tmp_path / "model.bin"
    file.write_bytes(b"model")
    run = client.log_run(MODEL, parameters={"a": 1})
    run.log_points("loss", [(1, 0.5), (2, 0.25)])
    run.log_metric("auc", 0.5)
    run.log_importance({"wind": 1})
    run.log_model(file)
    again: list[tuple[Any, str]] = [
        (lambda: run.log_metric("loss", 0.5, step=2), "the point 'loss' at step 2"),
        (lambda: run.log_points("loss", [(9, 1), (1, 0.5)]), "the point 'loss' at step 1"),
        (lambda: run.log_metric("auc", 0.5), "the metric 'auc'"),
        (lambda: run.log_metrics({"new": 1, "auc": 0.5}), "the metric 'auc'"),
        (lambda: run.log_parameters({"b": 1, "a": 1}), "the parameter 'a'"),
        (lambda: run.log_importance({"wind": 1}), "the importance of 'wind'"),
        (lambda: run.log_artifact(file), "the artifact 'model.bin'"),
        (lambda: run.log_model(file, name="other.bin"), "the model 'model.bin'"),
    ]
    for act, what in again:
        with pytest.raises(AlreadyLogged, match=what):
            act()
    with pytest.raises(InvalidPoint, match="'other' at step 3 was not logged: it is there twice"):
        run.log_points("other", [(3, 1), (3, 1)])
    run.finish()
    record = client.run(run.uuid)
    assert points_of(client, run) == {"loss": [(1, 0.5), (2, 0.25)]}
    assert record.metrics == {"auc": 0.5, "loss": 0.25}
    assert record.parameters == {"a": 1}
    assert [a.path for a in record.manifest.artifacts] == ["model.bin"]


def test_what_data_a_run_read_is_on_record(client: Client, world: World, tmp_path: Path) -> None:
    file, folder = world.root / "data" / "old.csv", tmp_path / "months"
    file.parent.mkdir()
    folder.mkdir()
    (folder / "may.csv").write_text("a,b\n5,6\n")
    for rows in ("1,2\n", "1,2\n3,4\n"):
        file.write_text("a,b\n" + rows)
        (tmp_path / "model.bin").write_bytes(rows.encode())
        with client.log_run(MODEL) as run:
            run.log_dataset(file)
            run.log_dataset(folder, name="all months")
            with pytest.raises(AlreadyLogged, match="the data 'data/old.csv'"):
                run.log_dataset(file)
            with pytest.raises(InvalidArtifact, match="no such file"):
                run.log_dataset(tmp_path / "none.csv")
            run.log_model(tmp_path / "model.bin")
        made = client.register_run(run.uuid)
    assert made.reasons == ("data: data/old.csv",)
    uses = {use.name: use for use in client.run(run.uuid).datasets}
    assert set(uses) == {"all months", "data/old.csv"}
    assert (uses["data/old.csv"].size_bytes, uses["data/old.csv"].stage) == (12, "")
    assert (uses["all months"].md5[-4:], uses["all months"].files) == (".dir", 1)
    shown = client.dataset("data/old.csv")
    assert (shown.state.rows, [column.name for column in shown.columns]) == (2, ["a", "b"])
    (user,) = client.dataset_users(f"data/old.csv@{uses['data/old.csv'].md5}")
    assert user.version == made.version.ref
    read = {node.id.partition("@")[0] for node in client.lineage(made.version.ref).nodes}
    assert {"all months", "data/old.csv"} < read


@pytest.mark.parametrize(
    ("points", "step", "why"),
    [
        ([(1, 0.5), (2, float("nan"))], 2, "not a finite number"),
        ([(3, float("-inf"))], 3, "not a finite number"),
        ([(4, 10**400)], 4, "no number"),
        ([(5, "high")], 5, "no number"),
        ([(6, None)], 6, "no number"),
        ([(-1, 0.5)], -1, "between 0 and"),
        ([(2**31, 0.5)], 2**31, "between 0 and"),
        ([(1.5, 0.5)], None, "whole number"),
        ([(1, 2, 3)], None, "a step and a value"),
        ([7], None, "a step and a value"),
    ],
)
def test_a_point_that_is_none_is_refused_by_key_and_step(
    client: Client, points: Any, step: int | None, why: str
) -> None:
    run = client.log_run(MODEL)
    with pytest.raises(InvalidPoint, match=why) as caught:
        run.log_points("train/loss", points)
    assert (caught.value.key, caught.value.step) == ("train/loss", step)
    assert points_of(client, run) == {}
    run.finish()


def test_bad_names_and_values_are_refused_and_nothing_is_logged(
    client: Client, tmp_path: Path
) -> None:
    run = client.log_run(MODEL)
    file = tmp_path / "file"
    file.write_bytes(b"")
    refused: list[tuple[Any, type[RegistryError]]] = [
        (lambda: run.log_metric("", 1), MalformedText),
        (lambda: run.log_metric("x" * 251, 1), MalformedText),
        (lambda: run.log_metric("a\nb", 1, step=1), MalformedText),
        (lambda: run.log_metric("lоss", 1), MalformedText),
        (lambda: run.log_metric("loss", float("inf")), InvalidPoint),
        (lambda: run.log_metric("loss", "1"), InvalidPoint),
        (lambda: run.log_metric("loss", True), InvalidPoint),
        (lambda: run.log_points("loss", iter([(1, 1.0), (2, True)])), InvalidPoint),
        (lambda: run.log_points("loss", [(1, "1")]), InvalidPoint),
        (lambda: run.log_importance({"wind": "1"}), InvalidPoint),
        (lambda: client.describe(MODEL, document=[1]), InvalidDocument),
        (lambda: client.describe_model(MODEL, document="x"), InvalidDocument),
        (lambda: run.log_parameters({"rate": float("nan")}), InvalidDocument),
        (lambda: run.log_parameters({"x" * 251: 1}), MalformedText),
        (lambda: run.log_parameters({"a": {"x" * 249: 1}}), MalformedText),
        (lambda: run.log_parameters({"a": {"b": 2**63}}), InvalidDocument),
        (lambda: run.log_parameters({"a.b": 1, "a": {"b": 2}}), MalformedText),
        (lambda: run.log_parameters({"a\0": 1}), RegistryError),
        (lambda: run.log_parameters({"big": "x" * 1_000_001}), InvalidDocument),
        (lambda: run.log_importance({"wind": float("nan")}), InvalidPoint),
        (lambda: run.log_importance({"ü" * 501: 1}), MalformedText),
        (lambda: run.log_artifact(file, name="../up"), MalformedText),
        (lambda: run.log_artifact(file, name="/etc/passwd"), MalformedText),
        (lambda: run.log_artifact(file, name="a//b"), MalformedText),
        (lambda: run.log_artifact(file, name="a\x1b[0m"), MalformedText),
        (lambda: run.log_artifact(tmp_path / "none"), InvalidArtifact),
        (lambda: run.log_model(tmp_path), InvalidArtifact),
        (lambda: client.log_run("No Name"), MalformedName),
        (lambda: client.log_run(MODEL, experiment="a/b"), MalformedName),
        (lambda: client.run("no such run"), RunNotFound),
    ]
    for place, (act, kind) in enumerate(refused):
        with pytest.raises(kind):
            act()
            pytest.fail(f"number {place} was taken")
    run.finish()
    record = client.run(run.uuid)
    assert (record.metrics, record.parameters, record.manifest.artifacts) == ({}, {}, ())
    assert len(client.runs(MODEL)) == 1


def test_numbers_of_other_libraries_are_numbers(client: Client) -> None:
    np = pytest.importorskip("numpy")
    with client.log_run(MODEL) as run:
        run.log_metric("loss", np.float32(0.5), step=np.int64(3))
        run.log_points("many", zip(np.arange(2), np.array([0.25, 0.5]), strict=True))
    assert points_of(client, run) == {"loss": [(3, 0.5)], "many": [(0, 0.25), (1, 0.5)]}


def test_files_folders_and_plots_are_kept_once(
    client: Client, world: World, tmp_path: Path
) -> None:
    folder = tmp_path / "report"
    (folder / "deep").mkdir(parents=True)
    (folder / "one.txt").write_bytes(b"same")
    (folder / "deep" / "two.txt").write_bytes(b"same")
    with client.log_run(MODEL) as run:
        run.log_artifact(folder)
        run.log_plot(folder / "one.txt", name="plots/roc.png")
    record = client.run(run.uuid)
    paths = [a.path for a in record.manifest.files]
    assert paths == ["plots/roc.png", "report/deep/two.txt", "report/one.txt"]
    assert record.plots == ("plots/roc.png",)
    remote = world.settings.remote
    assert isinstance(remote, Path)
    assert len([p for p in remote.joinpath("files").rglob("*") if p.is_file()]) == 1


def test_a_logged_run_is_registered_later(client: Client, world: World, tmp_path: Path) -> None:
    file = tmp_path / "model.bin"
    file.write_bytes(b"a model from a notebook")
    with client.log_run(MODEL, parameters={"trees": 3}) as run:
        run.log_model(file, format="json")
        run.log_metric("auc", 0.75)
    made = client.register_run(run.uuid, tags={"from": "notebook"}, description="by hand")
    again = client.register_run(f"run:{run.uuid}")

    assert made.created
    assert (again.version.ref, again.version.run) == ("mower@1", run.uuid)
    assert made.version.grade == "E"
    assert client.download(made.version.ref).read_bytes() == b"a model from a notebook"
    assert client.show(made.version.ref).metrics == {"auc": 0.75}
    assert client.runs(MODEL)[0].version == "mower@1"
    (experiment,) = client.experiments(MODEL)
    assert (experiment.runs, experiment.finished, experiment.registered) == (1, 1, 1)


def test_a_run_without_a_model_is_not_registered(client: Client) -> None:
    with client.log_run(MODEL) as run:
        run.log_metric("auc", 0.75)
    with pytest.raises(RunWithoutModel, match="log_model"):
        client.register_run(run.uuid)


def test_a_key_begins_one_run(client: Client, connect: Connect) -> None:
    first = client.log_run(MODEL, key="cell 3")
    second = connect().log_run(MODEL, key="cell 3")
    assert first.uuid == second.uuid
    assert len(client.runs(MODEL)) == 1
    second.finish()
    with pytest.raises(RunEnded):
        first.log_metric("auc", 0.5)


def test_no_two_runs_have_one_name(world: World) -> None:
    first = begin_run(world.registry(), LogRun(model=MODEL, parameters={"a": 1}))
    with pytest.raises(RunExists):
        begin_run(world.registry(), LogRun(model=MODEL, run=first.uuid))
    assert [run.uuid for run in list_runs(world.registry(), MODEL)] == [first.uuid]


def test_values_with_a_key_are_written_once(client: Client, world: World) -> None:
    run = client.log_run(MODEL)
    asked = LogValues(run=run.uuid, points={"loss": [(1, 0.5)]}, key="once")
    assert log_values(world.registry(), asked) == log_values(world.registry(), asked)
    assert points_of(client, run) == {"loss": [(1, 0.5)]}
    run.finish()


def test_no_checkout_is_needed(tmp_path: Path) -> None:
    state = tmp_path / "state"
    settings = Settings(
        project=None,
        state=state,
        store_url=f"sqlite:///{state / 'registry.db'}",
        remote=state / "remote",
        cache=state / "downloads",
        actor="ada",
    )
    with Client(settings) as client:
        with client.log_run(MODEL) as run:
            run.log_metric("loss", 0.5, step=1)
        record = client.run(run.uuid)
    assert (record.run.status, record.run.origin.base_commit) == (RunStatus.FINISHED, None)


def test_experiments_count_their_runs(client: Client) -> None:
    for experiment, fails in (("one", False), ("one", True), ("two", False)):
        run = client.log_run(MODEL, experiment=experiment)
        _ = run.fail("no") if fails else run.finish()
    client.log_run("trimmer", experiment="two")
    found = {e.name: e for e in client.experiments()}
    assert list(found) == ["two", "one"]
    one, two = found["one"], found["two"]
    assert (one.models, one.runs, one.finished, one.failed) == ((MODEL,), 2, 1, 1)
    assert (two.models, two.runs, two.finished, two.running) == ((MODEL, "trimmer"), 2, 1, 1)
    assert [e.runs for e in client.experiments("trimmer")] == [1]
    assert len(client.runs(MODEL, experiment="one")) == 2


@pytest.mark.slow
def test_a_million_points_are_kept_and_one_more_is_refused(sqlite_world: World) -> None:
    client = Client(sqlite_world.settings)
    run = client.log_run(MODEL)
    for start in range(0, 1_000_000, 100_000):
        run.log_points("loss", ((step, 0.5) for step in range(start, start + 100_000)))
    with pytest.raises(InvalidPoint, match="1,000,000"):
        run.log_metric("loss", 0.5, step=1_000_000)
    with pytest.raises(InvalidPoint, match="1,000,000"):  # also by another hand
        asked = LogValues(run=run.uuid, points={"loss": [(2_000_000, 1.0), (2_000_001, 1.0)]})
        log_values(sqlite_world.registry(), asked)
    run.finish()
    assert client.run(run.uuid).series[0].points == 1_000_000
    client.close()


def test_long_parameters_are_kept_whole(client: Client) -> None:
    text = "".join(chr(33 + (number * 7919) % 90) for number in range(20_000))
    with client.log_run(MODEL, parameters={"long": text, "many": list(range(5000))}) as run:
        run.log_parameters({"x" * 250: 1, "größe ü": "é"})
    found = client.run(run.uuid).parameters
    assert found == {"long": text, "many": list(range(5000)), "x" * 250: 1, "größe ü": "é"}
