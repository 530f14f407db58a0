"""A registry that has seen everything: what people do to one, by the real verbs, by chance."""

import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from registry_tasks.entities.annotation import Describe, PointAlias, RemoveAlias
from registry_tasks.entities.dataset import DatasetUse
from registry_tasks.entities.errors import Conflict, NotFound, Refused
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.promotion import Archive, Promote, Restore, RollBack
from registry_tasks.entities.reference import Reference
from registry_tasks.entities.registration import RegisterFile, RegisterRun
from registry_tasks.entities.removal import Delete, Hold, Release
from registry_tasks.entities.reproduction import Difference, Reproduction, Verdict
from registry_tasks.entities.run import Point
from registry_tasks.registry.catalogue.describe import describe
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.register_file import register_file
from registry_tasks.registry.experiments.train import fail
from registry_tasks.registry.lifecycle.archive import archive, restore
from registry_tasks.registry.lifecycle.delete import delete
from registry_tasks.registry.lifecycle.hold import hold, release
from registry_tasks.registry.lifecycle.point_alias import point_alias, remove_alias
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.lifecycle.roll_back import roll_back
from registry_tasks.rules.lineage import edges_of
from registry_tasks.stores.metadata import events, evidence, lineage, runs
from registry_tasks.stores.metadata.lookup import get_version
from registry_tasks.stores.metadata.models import find_model
from registry_tasks.stores.metadata.query import through
from support.world import Recorded, World

TEXT: Final = "written by a person"
PRINTED: Final = "printed by a program"


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
        ]
        for _ in range(steps):
            deed = self._roll.choice(deeds)
            try:
                deed()
            except (Refused, NotFound, Conflict):
                continue

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
        delete(registry, Delete(ref=three, reason=TEXT))
        describe(registry, Describe(ref=two, text=TEXT))
        point_alias(registry, PointAlias(ref=two, alias="hero", reason=TEXT))
        self.reproduce()

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
        more = {
            "points": (
                Point(key="loss", step=0, value=0.1 + 0.2),
                Point(key="loss", step=1, value=1e-9),
            ),
            "datasets": (
                data,
                DatasetUse(
                    name="raw.csv", md5=f"{self._count:032d}", size_bytes=3, files=1, stage="train"
                ),
            ),
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
            tx.commit()
