"""A run that is logged from a notebook comes to the same over HTTP."""

import platform
from pathlib import Path
from typing import Any

import pytest

from registry_tasks import Client, errors

from .conftest import Roads

pytestmark = pytest.mark.slow


def _log(client: Client, folder: Path) -> str:
    """Log everything that can be logged."""
    (folder / "plots").mkdir(parents=True)
    for name in ("model.bin", "plots/roc.svg", "plots/deep/empty.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"" if "empty" in name else name.encode() * 1000)
    with client.log_run("mower", experiment="notebook", parameters={"trees": 3}) as run:
        run.log_metric("loss", 0.5, step=1)
        run.log_metrics({"auc": 0.75})
        run.log_points("curve", ((step, step / 7) for step in range(5000)))
        run.log_parameters({"späť": [1, {"a": None}]})
        run.log_importance({"hour": 0.25})
        run.log_dataset(folder / "plots", "what it read")
        run.log_artifact(folder / "plots", "all plots")
        run.log_plot(folder / "plots" / "roc.svg")
        run.log_model(folder / "model.bin", format="file")
    return run.uuid


def _told(client: Client, uuid: str) -> dict[str, Any]:
    """All of a run that does not differ from run to run."""
    told = client.run(uuid).model_dump(mode="json")
    for name in ("uuid", "started_at", "ended_at", "cost", "origin"):
        del told["run"][name]
    return told


def test_a_run_comes_to_the_same_on_both_roads(roads: Roads, tmp_path: Path) -> None:
    local, http = (
        _log(client, tmp_path / name) for name, client in zip(Roads._fields, roads, strict=True)
    )
    assert _told(roads.local, http) == _told(roads.local, local)
    curves = [roads.http.curves(f"run:{uuid}", series=("curve",)) for uuid in (local, http)]
    assert curves[0].curves[0].values == curves[1].curves[0].values
    made = roads.http.register_run(http)
    assert roads.http.download(made.version.ref).read_bytes() == b"model.bin" * 1000


def test_very_many_numbers_go_in_parts(roads: Roads) -> None:
    points = [(step, step / 7) for step in range(45_000)]
    importance = {f"feature {number}": number / 7 for number in range(25_000)}
    for client in roads:
        with client.log_run("mower") as run:
            run.log_points("curve", points)
            run.log_importance(importance)
            with pytest.raises(errors.AlreadyLogged):
                run.log_points("curve", points[44_999:])
        found = roads.local.curves(f"run:{run.uuid}", series=("curve",)).curves[0]
        assert len(found.values) == 45_000
        assert len(roads.local.run(run.uuid).importance) == 25_000


def test_a_run_tells_of_the_machine_that_it_ran_on(roads: Roads) -> None:
    """Not of the server's: its checkout, its software and its processors made nothing."""
    with roads.http.log_run("mower") as run:
        pass
    found = roads.local.run(run.uuid)
    assert found.environment is not None
    assert found.environment.python == platform.python_version()
    assert not found.environment.files  # the server's checkout has some
    assert found.run.origin.repository == ""
    assert found.run.origin.base_commit is None
    with roads.local.log_run("mower") as beside:
        pass
    assert roads.local.run(beside.uuid).run.origin.repository


def test_a_run_ends_as_its_with_ends(client: Client) -> None:
    with pytest.raises(ZeroDivisionError), client.log_run("mower") as run:
        run.log_metric("loss", 1 / 0)
    found = client.run(run.uuid)
    assert found.run.status == "failed"
    assert "ZeroDivisionError" in (found.run.failure or "")
    assert "1 / 0" in (found.log_tail or "")
    with pytest.raises(errors.RunEnded) as caught:
        run.log_metric("loss", 1.0)
    assert caught.value.args == (run.uuid, "failed")


def test_a_run_that_somebody_ended_stays_as_it_ended(client: Client) -> None:
    with client.log_run("mower") as run:
        run.fail("not good enough")
    assert client.run(run.uuid).run.failure == "not good enough"
    with client.log_run("mower") as run:
        run.finish()
        run.finish()
    assert client.run(run.uuid).run.status == "finished"


def test_a_run_that_is_begun_again_with_its_key_goes_on(client: Client) -> None:
    first = client.log_run("mower", key="nightly")
    first.log_metric("loss", 0.5, step=1)
    with client.log_run("mower", key="nightly") as again:
        again.log_metric("loss", 0.4, step=2)
    assert again.uuid == first.uuid
    assert client.run(again.uuid).metrics == {"loss": 0.4}


@pytest.mark.parametrize(
    ("error", "call"),
    [
        (errors.AlreadyLogged, lambda run, _: [run.log_metric("a", 1, step=1) for _ in "12"]),
        (errors.AlreadyLogged, lambda run, file: [run.log_artifact(file) for _ in "12"]),
        (errors.InvalidPoint, lambda run, _: run.log_metric("a", float("nan"))),
        (errors.InvalidPoint, lambda run, _: run.log_points("a", [(1, 1.0), (1, 2.0)])),
        (errors.InvalidArtifact, lambda run, file: run.log_artifact(file.with_name("none"))),
        (errors.InvalidArtifact, lambda run, file: run.log_model(file.parent)),
        (errors.MalformedText, lambda run, file: run.log_artifact(file, "../up")),
    ],
)
def test_what_cannot_be_logged_is_said_alike(
    client: Client, tmp_path: Path, error: type[errors.RegistryError], call: Any
) -> None:
    file = tmp_path / "file.txt"
    file.write_text("x")
    with client.log_run("mower") as run, pytest.raises(error):
        call(run, file)
    assert client.run(run.uuid).run.status == "finished"
