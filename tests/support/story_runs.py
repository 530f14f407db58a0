"""What becomes of the runs of a story: pipelines, sweeps, and what programs log themselves."""

import random
from typing import Final
from uuid import UUID

from registry_tasks.entities.dataset import DatasetColumn, DatasetShape, DatasetUse
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.hardware import Hardware
from registry_tasks.entities.logged_data import LoggedData
from registry_tasks.entities.logged_run import (
    FailRun,
    FileRole,
    FinishRun,
    LogFile,
    LogRun,
    LogValues,
)
from registry_tasks.entities.registration import RegisterRun
from registry_tasks.entities.run import Cost, Point
from registry_tasks.entities.sweep import EndSweep
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.experiments.log_file import log_file
from registry_tasks.registry.experiments.log_run import (
    begin_run,
    fail_run,
    finish_run,
    log_values,
)
from registry_tasks.registry.experiments.sweep import end_sweep
from registry_tasks.registry.experiments.train import fail
from registry_tasks.rules.lineage import edges_of
from registry_tasks.stores.metadata import events, lineage, runs
from support.sweeping import begin_trial, sweep_start
from support.world import Recorded, World

PRINTED: Final = "printed by a program"
COST: Final = Cost(duration_s=0.1 + 0.2, cpu_s=1 / 3, peak_memory_bytes=2**40)


class StoryOfRuns:
    """A model's runs; the same seed has the same ones."""

    def __init__(self, world: World, seed: int, model: str = "mower") -> None:
        self.world, self.model = world, model
        self._roll = random.Random(seed)
        self._count = 0
        self._running: list[str] = []

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

    def finish(self, what: Recorded | None = None) -> str:
        uuid = self._running.pop() if self._running else self.begin()
        if uuid in self._running:
            self._running.remove(uuid)
        registry, made = self.world.registry(), what or self._recorded()
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
        read = LoggedData(name=f"read/{run}.csv", md5="6" * 32, size_bytes=9, format="csv", rows=2)
        asked = LogValues(run=run, points=points, importance=importance, datasets=(read,))
        log_values(registry, asked)
        path = self.world.folder / "logged.bin"
        path.write_bytes(run.encode())
        log_file(registry, LogFile(run=run, path=str(path), name="m.bin", role=FileRole.MODEL))
        log_file(registry, LogFile(run=run, path=str(path), name="p.png", role=FileRole.PLOT))
        return run

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


def _shape_of(use: DatasetUse) -> DatasetShape:
    column = DatasetColumn(name="x", type="number")
    return DatasetShape(
        name=use.name, md5=use.md5, format="csv", rows=3, columns=(column,), source="s3://bucket/x"
    )
