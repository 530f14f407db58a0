"""Drills and remaking, on versions that a real run made."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support.pipelines import TRAIN, Project
from support.training import train

from registry_tasks.entities.drill import Looked
from registry_tasks.entities.dropped_bytes import DropBytes
from registry_tasks.entities.errors import BytesDropped
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.promotion import Archive
from registry_tasks.entities.registration import RegisterRun
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.registry.care.collect import collect, reach
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.catalogue.download import read
from registry_tasks.registry.catalogue.drills import list_drills, list_risks
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.show import show
from registry_tasks.registry.lifecycle.archive import archive
from registry_tasks.registry.lifecycle.drop_bytes import drop_bytes

from .conftest import StartFlow

pytestmark = pytest.mark.slow
SLOPE = {"mower.slope": 2.0}
"""So that the run's outputs are not what the branch's own dvc.lock names."""


def drop_and_collect(project: Project) -> None:
    """Version 1 is reproduced, archived, without its bytes, and these are collected."""
    register(project.registry(), RegisterRun(run=train(project, SLOPE)))
    project.reproduced(project.resolve("mower@1"), Verdict.IDENTICAL)
    archive(project.registry(), Archive(ref="mower@1"))
    drop_bytes(project.registry(), DropBytes(ref="mower@1"))
    later = reach((), 7, datetime.now(UTC) + timedelta(days=30))
    assert collect(project.registry(), later).taken == 1  # the model; its data is not its own
    for file in project.settings.cache.rglob("*.json"):
        file.unlink()
    with pytest.raises(BytesDropped):
        read(project.settings, project.resolve("mower@1"))


def test_collected_bytes_are_made_again_the_very_same(
    project: Project, start_flow: StartFlow
) -> None:
    drop_and_collect(project)
    before = show(project.registry(), "mower@1").version
    assert examine(project.registry()) == ()

    answer = start_flow("remake", ref="mower@1").result()

    assert answer["version"]["sha256"] == before.sha256
    assert len(read(project.settings, project.resolve("mower@1"))) == before.size_bytes
    record = show(project.registry(), "mower@1")
    assert (record.dropped, record.reproductions[0].verdict) == (None, Verdict.IDENTICAL)
    assert project.kinds()[-1] is EventKind.VERSION_BYTES_REMADE
    assert examine(project.registry()) == ()


def test_other_bytes_do_not_come_back(project: Project, start_flow: StartFlow) -> None:
    switch = project.folder / "switch"
    noise = f'__import__("os").path.exists({str(switch)!r})'
    project.commit({"train.py": TRAIN.replace('"base":', f'"noise": {noise}, "base":')})
    drop_and_collect(project)
    switch.touch()

    said = start_flow("remake", ref="mower@1").failure()

    assert "train made another model/model.json" in said
    record = show(project.registry(), "mower@1")
    assert record.dropped is not None
    assert record.reproductions[0].verdict == Verdict.EQUIVALENT
    assert examine(project.registry()) == ()


def test_a_drill_looks_at_bytes_packages_and_a_rebuild(
    project: Project, start_flow: StartFlow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index is a folder without a server behind it: what it says is unknown."""
    monkeypatch.setenv("UV_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    register(project.registry(), RegisterRun(run=train(project)))
    project.raise_to("mower@1", "staging", "production")

    (first,) = start_flow("drill", model="mower").result()["drills"]

    assert (first["bytes"], first["rebuild"]) == ("passed", "passed")
    assert first["environment"] in ("unknown", "failed")  # packages of no index may be on record
    assert first["files"] >= 3 and first["cpu_s"] > 0
    (kept,) = list_drills(project.registry(), "mower")
    assert (kept.version, kept.bytes) == ("mower@1", Looked.PASSED)
    assert project.kinds()[-1] is EventKind.VERSION_DRILLED

    damaged = _object_of(project, "mower@1")
    damaged.chmod(0o644)
    damaged.write_bytes(b"x" * damaged.stat().st_size)
    (second,) = start_flow("drill", model="mower").result()["drills"]

    assert (second["verdict"], second["bytes"]) == ("failed", "failed")
    assert "model/model.json" in second["failure"]
    (failing,) = list_drills(project.registry(), failing=True)
    assert failing.bytes is Looked.FAILED
    assert any("its drill of" in risk.why for risk in list_risks(project.registry()))


def test_a_night_takes_no_more_than_it_may(project: Project, start_flow: StartFlow) -> None:
    register(project.registry(), RegisterRun(run=train(project)))
    project.raise_to("mower@1", "staging", "production")

    answer = start_flow("drill", model="mower", minutes=0.001).result()

    assert answer["not_reached"] == ["mower@1"] or (
        answer["drills"][0]["rebuild"] == "left out"
        and "more than a night may have" in answer["drills"][0]["failure"]
    )
    assert not show(project.registry(), "mower@1").reproductions


def test_a_rebuild_that_takes_more_than_is_left_is_ended_and_is_dear_from_then_on(
    project: Project, start_flow: StartFlow
) -> None:
    switch, minutes = project.folder / "switch", 0.4
    project.commit({"train.py": f"{TRAIN}\nwhile os.path.exists({str(switch)!r}): pass\n"})
    register(project.registry(), RegisterRun(run=train(project)))
    project.raise_to("mower@1", "staging", "production")
    switch.touch()

    answers = [start_flow("drill", model="mower", minutes=minutes).result() for _ in range(3)]

    first, *later = (answer["drills"][0] for answer in answers)
    assert (first["rebuild"], first["verdict"]) == ("unknown", "unknown")
    assert "ended after" in first["failure"]
    assert 60 * minutes < answers[0]["cpu_s"] < 2 * 60 * minutes
    assert [drill["rebuild"] for drill in later] == ["left out"] * 2
    assert not show(project.registry(), "mower@1").reproductions
    assert list((project.state / "workspaces").iterdir()) == []


def _object_of(project: Project, ref: str) -> Path:
    md5 = project.resolve(ref).md5
    return Path(os.fspath(project.settings.remote)) / "files" / "md5" / md5[:2] / md5[2:]  # type: ignore[arg-type]
