"""A registry that has seen everything: what people do to one, by the real verbs, by chance."""

import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from pydantic import JsonValue

from registry_tasks.entities.annotation import (
    AddNote,
    ChangeTags,
    Describe,
    DescribeModel,
    PointAlias,
    PutSchema,
    RemoveAlias,
    RemoveSchema,
)
from registry_tasks.entities.dataset import DatasetColumn, DatasetShape, DatasetUse
from registry_tasks.entities.dataset_record import DescribeDataset
from registry_tasks.entities.deployment import EndDeployment, StartDeployment
from registry_tasks.entities.errors import Conflict, NotFound, Refused
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.hardware import Hardware
from registry_tasks.entities.logged_run import (
    FailRun,
    FileRole,
    FinishRun,
    LogFile,
    LogRun,
    LogValues,
)
from registry_tasks.entities.promotion import Archive, Promote, Restore, RollBack
from registry_tasks.entities.reference import Reference
from registry_tasks.entities.registration import RegisterFile, RegisterRun
from registry_tasks.entities.removal import Delete, Hold, Release
from registry_tasks.entities.reproduction import Difference, Reproduction, Verdict
from registry_tasks.entities.run import Cost, Point
from registry_tasks.entities.sweep import EndSweep
from registry_tasks.registry.catalogue.datasets import describe_dataset
from registry_tasks.registry.catalogue.describe import describe, describe_model
from registry_tasks.registry.catalogue.document_schema import put_schema, remove_schema
from registry_tasks.registry.catalogue.note import add_note
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.register_file import register_file
from registry_tasks.registry.catalogue.tag import change_tags
from registry_tasks.registry.experiments.log_file import log_file
from registry_tasks.registry.experiments.log_run import (
    begin_run,
    fail_run,
    finish_run,
    log_values,
)
from registry_tasks.registry.experiments.sweep import end_sweep
from registry_tasks.registry.experiments.train import fail
from registry_tasks.registry.grading import settle_grade
from registry_tasks.registry.lifecycle.archive import archive, restore
from registry_tasks.registry.lifecycle.delete import delete
from registry_tasks.registry.lifecycle.deploy import end_deployment, start_deployment
from registry_tasks.registry.lifecycle.hold import hold, release
from registry_tasks.registry.lifecycle.point_alias import point_alias, remove_alias
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.lifecycle.roll_back import roll_back
from registry_tasks.rules.lineage import edges_of
from registry_tasks.stores.metadata import events, evidence, lineage, runs
from registry_tasks.stores.metadata.lookup import get_version
from registry_tasks.stores.metadata.models import find_model
from registry_tasks.stores.metadata.query import through
from support.sweeping import begin_trial, sweep_start
from support.world import Recorded, World

TEXT: Final = "written by a person"
LINK: Final = "https://example.org/written-by-a-person"
PRINTED: Final = "printed by a program"
COST: Final = Cost(duration_s=0.1 + 0.2, cpu_s=1 / 3, peak_memory_bytes=2**40)


def _shape_of(use: DatasetUse) -> DatasetShape:
    column = DatasetColumn(name="x", type="number")
    return DatasetShape(
        name=use.name, md5=use.md5, format="csv", rows=3, columns=(column,), source="s3://bucket/x"
    )


class Story:
    """One registry's life; the same seed lives the same life."""

    def __init__(self, world: World, seed: int, model: str = "mower") -> None:
        self.world, self.model = world, model
        self._roll = random.Random(seed)
        self._count = 0
        self._running: list[str] = []

    def go_on(self, steps: int) -> None:
        """Do something, so many times; what a rule refuses is a part of life."""
        deeds: list[Callable[[], object]] = [
            *[self.register] * 6,
            *[self.promote] * 8,
            *(self.file, self.again, self.roll_back, self.archive, self.restore, self.describe),
            *(self.point, self.unpoint, self.delete, self.hold, self.release, self.compare),
            *(self.reproduce, self.fail, self.begin, self.finish),
            *(self.log, self.log_and_fail, self.sweep),
            *(self.own, self.own_model, self.note, self.tag, self.shape, self.reshape),
            self.describe_data,
            *(self.deploy, self.undeploy),
        ]
        for _ in range(steps):
            deed = self._roll.choice(deeds)
            try:
                deed()
            except (Refused, NotFound, Conflict):
                continue
            finally:
                self.world.close()  # a server has only so many connections

    def begin_with_all(self) -> None:
        """Do everything once, so that no table of the store is empty."""
        registry = self.world.registry()
        for _ in range(3):
            self.register()
        for deed in (self.again, self.again, self.file, self.fail, self.begin):
            deed()
        one, two, three = (f"{self.model}@{number}" for number in (1, 2, 3))
        for to in ("staging", "production"):
            promote(registry, Promote(ref=one, to=to, reason=TEXT))
        self.world.compare(self.world.resolve(two), self.world.resolve(one), 0.1)
        hold(registry, Hold(ref=two, reason=TEXT))
        describe(registry, Describe(ref=two, text=TEXT, owner="ada"))
        for deed in (self.own, self.own_model, self.note, self.tag, self.shape, self.describe_data):
            deed()
        delete(registry, Delete(ref=three, reason=TEXT))
        point_alias(registry, PointAlias(ref=two, alias="hero", reason=TEXT))
        self.reproduce()
        self.log()
        self.log_and_fail()
        self.sweep()
        for place in ("API", "batch"):
            used = StartDeployment(ref=two, environment="eu", place=place, reason=TEXT)
            start_deployment(registry, used)
        end_deployment(registry, EndDeployment(ref=two, environment="eu", place="API"))

    # ---------------------------------------------------------------- runs

    def begin(self) -> str:
        uuid = self.world.begin_run(self.model, uncommitted=("train.py",))
        registry = self.world.registry()
        with registry.metadata.writing("ada") as tx:
            row = runs.get_row(tx.connection, uuid)
            told = {"origin": {"project": row.project}, "parameters": {"trees": 3}}
            kind = EventKind.RUN_STARTED
            events.append(tx, kind, model=row.model_id, run=row.id, after=told)
            tx.commit()
        self._running.append(uuid)
        return uuid

    def finish(self) -> str:
        uuid = self._running.pop() if self._running else self.begin()
        if uuid in self._running:
            self._running.remove(uuid)
        registry, made = self.world.registry(), self._recorded()
        commit = self.world.git("commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", uuid)
        registry.repository.create_ref(f"refs/registry/runs/{uuid}", commit)
        data = DatasetUse(name="data", md5="5" * 32 + ".dir", size_bytes=7, files=2, stage="train")
        md5 = f"{self._count:032d}"
        raw = DatasetUse(name="raw.csv", md5=md5, size_bytes=3, files=1, stage="train")
        more = {
            "points": (
                Point(key="loss", step=0, value=0.1 + 0.2),
                Point(key="loss", step=1, value=1e-9),
            ),
            "datasets": (data, raw),
            "shapes": tuple(_shape_of(use) for use in (data, raw)),
            "hardware": Hardware(cpu="a processor", cores=2, memory_bytes=None),
        }
        record = self.world.record_of(made, commit).model_copy(update=more)
        with registry.metadata.writing("ada") as tx:
            row = runs.get_row(tx.connection, uuid)
            runs.finish(tx, row.id, record)
            lineage.add_edges(tx, edges_of(uuid, record.datasets, record.manifest.artifacts))
            told = {"commit": commit, "recipe": record.recipe.digest()}
            kind = EventKind.RUN_FINISHED
            events.append(tx, kind, model=row.model_id, run=row.id, after=told)
            tx.commit()
        return uuid

    def fail(self) -> None:
        fail(self.world.registry(), self.begin(), PRINTED)
        self._running.pop()

    def sweep(self) -> None:
        """Three trials: one failed, one was lost and run again, one was cut off; it may go on."""
        registry = self.world.registry()
        start = sweep_start(str(UUID(int=self._roll.getrandbits(128))), self.model)
        for number in (0, 1, 1):
            fail(registry, begin_trial(self.world, start, number), PRINTED)
        begin_trial(self.world, start, 2)
        for _ in range(self._roll.randint(0, 2)):
            end_sweep(registry, EndSweep(sweep=start.uuid))

    def log(self) -> None:
        """A run outside DVC, finished and registered."""
        registry, run = self.world.registry(), self._logged()
        finish_run(registry, FinishRun(run=run, cost=COST))
        register(registry, RegisterRun(run=run))

    def log_and_fail(self) -> None:
        """A run outside DVC that came to nothing."""
        failed = FailRun(run=self._logged(), why=PRINTED, cost=COST, log_tail=PRINTED)
        fail_run(self.world.registry(), failed)

    def _logged(self) -> str:
        registry, run = self.world.registry(), str(UUID(int=self._roll.getrandbits(128)))
        begin_run(registry, LogRun(run=run, model=self.model, parameters={"trees": {"depth": 3}}))
        points = {"loss": [(step, 1 / (step + 1)) for step in range(9)], "auc": [(0, 0.5)]}
        importance = {"größe": 0.75, "wind": 1 / 3}
        log_values(registry, LogValues(run=run, points=points, importance=importance))
        path = self.world.folder / "logged.bin"
        path.write_bytes(run.encode())
        log_file(registry, LogFile(run=run, path=str(path), name="m.bin", role=FileRole.MODEL))
        log_file(registry, LogFile(run=run, path=str(path), name="p.png", role=FileRole.PLOT))
        return run

    # ---------------------------------------------------------------- versions

    def register(self) -> None:
        run = self.finish()
        asked = RegisterRun(run=run, description=TEXT, tags={"why": TEXT})
        register(self.world.registry(), asked)

    def again(self) -> None:
        """The same content from another run: a confirmation."""
        run = self.world.finished_run(model=self.model, content=b"0", parameters={"trees": 0})
        register(self.world.registry(), RegisterRun(run=run))

    def file(self) -> None:
        self._count += 1
        path = self.world.folder / "file.bin"
        path.write_bytes(f"file {self._count}".encode())
        asked = RegisterFile(
            model=self.model, path=str(path), metrics={"auc": 0.6}, tags={"a": TEXT}
        )
        register_file(self.world.registry(), asked)

    def _recorded(self) -> Recorded:
        self._count += 1
        auc = 0.7 if self._count < 4 else self._roll.choice((0.4, 0.7, 0.9))
        return Recorded(
            model=self.model,
            content=f"{self.model} {self._count}".encode(),
            parameters={"trees": self._count, "rate": 0.1},
            packages={"numpy": self._roll.choice(("2.0", "2.1"))},
            metrics={"auc": auc, "loss": 1 / 3},
        )

    def _ref(self) -> str:
        return f"{self.model}@{self._roll.randint(1, max(1, self._top()))}"

    def _top(self) -> int:
        with self.world.registry().metadata.reading() as connection:
            found = find_model(connection, self.model)
            assert found is not None
            from registry_tasks.stores.metadata.versions import last_number

            return last_number(connection, found)

    # ---------------------------------------------------------------- moves

    def promote(self) -> None:
        to = self._roll.choice(("staging", "staging", "production", "production", "experiment"))
        where = self._roll.choice(("default", "default", "eu"))
        promote(
            self.world.registry(), Promote(ref=self._ref(), to=to, environment=where, reason=TEXT)
        )

    def roll_back(self) -> None:
        roll_back(self.world.registry(), RollBack(model=self.model, reason=TEXT))

    def archive(self) -> None:
        archive(self.world.registry(), Archive(ref=self._ref(), reason=TEXT))

    def restore(self) -> None:
        restore(self.world.registry(), Restore(ref=self._ref()))

    def describe(self) -> None:
        describe(self.world.registry(), Describe(ref=self._ref(), text=TEXT))

    def own(self) -> None:
        said = {"owner": self._roll.choice(("ada", "")), "document": {"said": TEXT}}
        describe(self.world.registry(), Describe(ref=self._ref(), **said))

    def own_model(self) -> None:
        team = self._roll.choice(("ops", "lab"))
        asked = DescribeModel(
            model=self.model, team=team, related=("edger",), purpose=TEXT, links=(LINK,)
        )
        describe_model(self.world.registry(), asked)

    def note(self) -> None:
        subject = self._roll.choice((self.model, self._ref()))
        add_note(self.world.registry(), AddNote(subject=subject, text=TEXT))

    def tag(self) -> None:
        subject = self._roll.choice((self.model, self._ref()))
        key = self._roll.choice(("season", "site"))
        change_tags(self.world.registry(), ChangeTags(subject=subject, put={key: TEXT}))

    def shape(self) -> None:
        needed = self._roll.choice(("said", "by"))
        shape: dict[str, JsonValue] = {"properties": {needed: {"type": "string"}}}
        put_schema(self.world.registry(), PutSchema(model=self.model, json_schema=shape))

    def describe_data(self) -> None:
        asked = DescribeDataset(
            name=self._roll.choice(("data", "raw.csv")),
            owner=self._roll.choice(("ada", "")),
            sensitivity=self._roll.choice(("public", "restricted")),
            retain_until=self._roll.choice(("2030-01-31", "", None)),
            source=LINK,
            description=TEXT,
        )
        describe_dataset(self.world.registry(), asked)

    def reshape(self) -> None:
        """There is always one at the end, so that its table is not empty."""
        remove_schema(self.world.registry(), RemoveSchema(model=self.model))
        self.shape()

    def point(self) -> None:
        alias = self._roll.choice(("hero", "rival"))
        point_alias(self.world.registry(), PointAlias(ref=self._ref(), alias=alias, reason=TEXT))

    def unpoint(self) -> None:
        remove_alias(self.world.registry(), RemoveAlias(model=self.model, alias="rival"))

    def delete(self) -> None:
        delete(self.world.registry(), Delete(ref=self._ref(), reason=TEXT))

    def hold(self) -> None:
        hold(self.world.registry(), Hold(ref=self._ref(), reason=TEXT))

    def release(self) -> None:
        release(self.world.registry(), Release(ref=self._ref(), reason=TEXT))

    def deploy(self) -> None:
        asked = StartDeployment(
            ref=self._ref(),
            environment=self._roll.choice(("eu", "us")),
            place=self._roll.choice(("API", "batch")),
            reason=TEXT,
            replace=self._roll.random() < 0.5,
        )
        start_deployment(self.world.registry(), asked)

    def undeploy(self) -> None:
        asked = EndDeployment(
            ref=self._ref(),
            environment=self._roll.choice(("eu", "us")),
            place=self._roll.choice(("API", "batch")),
            reason=TEXT,
        )
        end_deployment(self.world.registry(), asked)

    # ---------------------------------------------------------------- evidence

    def compare(self) -> None:
        candidate = self.world.resolve(self._ref())
        incumbent = self.world.resolve(f"{self.model}@production")
        self.world.compare(candidate, incumbent, 0.1)

    def reproduce(self) -> None:
        registry = self.world.registry()
        with registry.metadata.writing("ada") as tx:
            stored = get_version(through(tx.connection), Reference.parse(self._ref()))
            made = Reproduction(
                version=stored.version.ref,
                verdict=Verdict.DIFFERENT,
                first_different_stage="train",
                differences=(
                    Difference(
                        stage="train", what="DVC stage train", recorded="ran", found=PRINTED
                    ),
                    Difference(stage=None, what="metric auc", recorded="0.5", found="0.25"),
                ),
                outputs=3,
                duration_s=0.1 + 0.2,
                at=datetime.now(UTC),
                by="ada",
            )
            evidence.add_reproduction(tx, stored.id, made)
            told = made.model_dump(mode="json", exclude={"at", "by", "version"})
            kind = EventKind.VERSION_REPRODUCED
            events.append(tx, kind, model=stored.model_id, version=stored.id, after=told)
            settle_grade(tx, stored.id, pushed_to="origin/main")
            tx.commit()
