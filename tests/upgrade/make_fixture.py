"""Make the fixture of a released schema: a store rich in data, its repository, its objects.

Run once per released schema and database, with that release's code, when the schema is released:

    git clone . ../released && git -C ../released checkout <release>
    PYTHONPATH=../released/src:../released/tests python tests/upgrade/make_fixture.py \
        tests/upgrade/<schema>/sqlite
    ... the same with tests/upgrade/<schema>/postgresql <URL of an empty database>

The second form needs ``pg_dump`` of the server's version or newer on the PATH. What it wrote is
never made again: it is the only proof that a store of that release can still be opened.

The registry is made in /srv/registry-fixture and taken away at the end, so no path of whoever ran
this is in the fixture, and its checkout was elsewhere than where tests open it.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from support.pipelines import Project
from support.training import train

from registry_tasks.entities.annotation import (
    AddNote,
    ChangeTags,
    Describe,
    DescribeModel,
    PointAlias,
    PutSchema,
    RemoveAlias,
)
from registry_tasks.entities.dataset_record import DescribeDataset
from registry_tasks.entities.deployment import EndDeployment, StartDeployment
from registry_tasks.entities.errors import GateFailed
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.promotion import Archive, Promote, Restore, RollBack
from registry_tasks.entities.registration import RegisterFile, RegisterRun
from registry_tasks.entities.removal import Delete, Hold, Release
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.registry.catalogue.datasets import describe_dataset, list_datasets
from registry_tasks.registry.catalogue.describe import describe, describe_model
from registry_tasks.registry.catalogue.document_schema import put_schema
from registry_tasks.registry.catalogue.note import add_note
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.register_file import register_file
from registry_tasks.registry.catalogue.tag import change_tags
from registry_tasks.registry.experiments import environments, hardware
from registry_tasks.registry.experiments.evaluate import evaluate
from registry_tasks.registry.experiments.reproduce import judge, rebuilding
from registry_tasks.registry.experiments.train import fail
from registry_tasks.registry.lifecycle.archive import archive, restore
from registry_tasks.registry.lifecycle.delete import delete
from registry_tasks.registry.lifecycle.deploy import end_deployment, start_deployment
from registry_tasks.registry.lifecycle.hold import hold, release
from registry_tasks.registry.lifecycle.point_alias import point_alias, remove_alias
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.lifecycle.roll_back import roll_back
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.dvc.reproduction import PipelineProcess, Rerun
from registry_tasks.stores.dvc.workspace import dvc_environment

PLACE = Path("/srv/registry-fixture/orchard")
PACKAGES = {"dvc": ("3.67.1", None), "numpy": ("2.3.5", None), "registry-tasks": ("0.1.0", None)}


def main(target: Path, store_url: str | None = None) -> None:
    """Write ``store.sql``, ``repository.bundle`` and ``remote/`` below ``target``."""
    os.environ |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    os.environ["REGISTRY_STATE"] = str(PLACE / "state")
    environments._installed = lambda: PACKAGES  # type: ignore[assignment] # not this machine's
    hardware._cpu = lambda: "a processor"
    project = Project(PLACE, store_url)
    try:
        project.make_pipeline()
        fill(project)
        project.close()
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        project.git(
            "bundle", "create", "--quiet", str(target.resolve() / "repository.bundle"), "--all"
        )
        shutil.copytree(PLACE / "remote", target / "remote")
        (target / "store.sql").write_text(dump(project))
    finally:
        shutil.rmtree(PLACE.parent)


def fill(project: Project) -> None:
    """One of everything that the first four schemas can hold."""
    real_pipeline(project)
    recorded_runs(project)
    files(project)
    held_and_deleted(project)
    said_of_them(project)
    moved_without_a_checkout(project)


def real_pipeline(project: Project) -> None:
    """``mower``: trained with DVC, compared, promoted, refused, displaced, reproduced."""
    one = register_run(project, train(project), description="the first one", crew="north")
    project.raise_to(one.ref, "staging", "production")
    project.set_parameters(slope="2.0")
    run = train(project)
    two = register_run(project, run, crew="north", season="spring")
    evaluate(project.registry(), run)
    project.raise_to(two.ref, "staging", "production")
    again = register(project.registry(), RegisterRun(run=train(project)))  # a confirmation
    assert not again.created
    worse = train(project, {"mower.slope": -3.0})
    three = register_run(project, worse)
    evaluate(project.registry(), worse)
    project.raise_to(three.ref, "staging")
    try:
        promote(project.registry(), Promote(ref=three.ref, to="production", reason="hope"))
    except GateFailed:
        pass
    else:
        raise AssertionError("a gate should have refused this")
    reproduce(project, two)
    describe(project.registry(), Describe(ref=two.ref, text="a first text"))
    describe(project.registry(), Describe(ref=two.ref, text="zwei Mäher, 二"))


def recorded_runs(project: Project) -> None:
    """``trimmer``: runs of every state, versions of every kind of stage, aliases that went."""

    def made(number: int) -> ModelVersion:
        return project.version(number, model="trimmer", metrics={"rmse": number / 10})

    one, two, three, four = (made(number) for number in (1, 2, 3, 4))
    registry = project.registry()
    project.commit({"params.yaml": (project.root / "params.yaml").read_text() + TRIMMER})
    project.raise_to(one.ref, "staging", "production")
    project.raise_to(two.ref, "staging", "production")
    roll_back(registry, RollBack(model="trimmer", reason="two was loud"))
    promote(registry, Promote(ref=two.ref, to="staging", environment="eu"))
    archive(registry, Archive(ref=three.ref, reason="old"))
    restore(registry, Restore(ref=three.ref, reason="not so old"))
    archive(registry, Archive(ref=three.ref))
    for ref in (one.ref, two.ref):
        point_alias(registry, PointAlias(ref=ref, alias="challenger"))
    point_alias(registry, PointAlias(ref=four.ref, alias="trial"))
    remove_alias(registry, RemoveAlias(model="trimmer", alias="trial", reason="tried"))
    project.compare(four, one, 0.01)
    project.reproduced(four, Verdict.EQUIVALENT)
    fail(registry, project.begin_run("trimmer"), "StageFailed: no petrol")
    project.begin_run("trimmer", uncommitted=("train.py",))  # on another machine, still running
    project.finished_run(model="trimmer", content=b"never registered")
    project.register(model="trimmer", content=b"model 4", parameters={"trees": 4})  # confirms four


TRIMMER = """\
    trimmer:
      evaluation: {metric: rmse, higher_is_better: false}
      stages:
        production: [{gate: metric, metric: rmse, at_most: 10}]
      aliases: {champion: production}
"""


def files(project: Project) -> None:
    """``edger``: files that no pipeline made."""
    for content in (b"edger 1", b"edger 2"):
        (project.folder / "edger.bin").write_bytes(content)
        register_file(
            project.registry(),
            RegisterFile(
                model="edger",
                path=str(project.folder / "edger.bin"),
                parameters={"teeth": len(content), "shape": {"round": True, "ratio": 0.1}},
                metrics={"rmse": 1e-300},
                tags={"from": "a drawer"},
                description="found",
            ),
        )


def held_and_deleted(project: Project) -> None:
    """Since the second schema: holds, a tombstone, an answer kept for whoever asks again."""
    registry = project.registry()
    (project.folder / "edger.bin").write_bytes(b"edger 3")
    path = str(project.folder / "edger.bin")
    register_file(registry, RegisterFile(model="edger", path=path, key="once"))
    delete(registry, Delete(ref="edger@3", reason="not ours"))
    for ref in ("mower@1", "mower@2"):
        hold(registry, Hold(ref=ref, reason="asked for"))
    release(registry, Release(ref="mower@1", reason="no more"))


def said_of_them(project: Project) -> None:
    """Since the fourth schema: notes, tags, a schema, what is said of data, where a version is used."""
    registry = project.registry()
    put_schema(registry, PutSchema(model="mower", json_schema={"type": "object"}))
    for subject in ("mower", "mower@2"):
        add_note(registry, AddNote(subject=subject, text="looks good"))
        change_tags(registry, ChangeTags(subject=subject, put={"crew": "north"}))
    describe_model(registry, DescribeModel(model="mower", purpose="to mow", team="north"))
    data = list_datasets(registry)[0].name
    describe_dataset(registry, DescribeDataset(name=data, owner="ada"))
    for ref in ("mower@1", "mower@2"):
        asked = {"ref": ref, "environment": "eu", "place": "API"}
        start_deployment(registry, StartDeployment(**asked))
    end_deployment(registry, EndDeployment(ref="mower@1", environment="eu", place="API"))


def moved_without_a_checkout(project: Project) -> None:
    """Archived by a colleague who has no repository at hand: the tag waits in the outbox."""
    elsewhere = Registry(replace(project.settings, project=None, actor="bob"))
    archive(elsewhere, Archive(ref="trimmer@4", reason="from the road"))
    elsewhere.close()


def register_run(project: Project, run: str, description: str = "", **tags: str) -> ModelVersion:
    asked = RegisterRun(run=run, description=description, tags=tags)
    return register(project.registry(), asked).version


def reproduce(project: Project, version: ModelVersion) -> None:
    with rebuilding(project.registry(), version.ref) as rebuild:
        workspace, environment = rebuild.workspace, dvc_environment(project.state)
        with PipelineProcess(
            workspace.folder, workspace.target, workspace.logs, environment, Rerun.EVERYTHING
        ) as process:
            for stage in process.stages():
                for _ in process.lines(stage):
                    pass
        judge(project.registry(), rebuild)


def dump(project: Project) -> str:
    """Return the store as SQL."""
    if project.store_url.startswith("sqlite"):
        with sqlite3.connect(project.state / "registry.db") as connection:
            text = "\n".join(connection.iterdump()) + "\n"
        connection.close()
        return text
    address = project.store_url.replace("postgresql+psycopg", "postgresql")
    done = subprocess.run(
        ["pg_dump", "--inserts", "--no-owner", "--no-privileges", f"--dbname={address}"],
        capture_output=True,
        text=True,
        check=True,
    )
    # What follows a backslash is for psql; tests send the rest through the driver. Servers before
    # PostgreSQL 17 know no such timeout.
    left_out = ("\\", "--", "SET transaction_timeout")
    lines = (line for line in done.stdout.splitlines() if not line.startswith(left_out))
    return "\n".join(line for line in lines if line) + "\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
