"""A registry that has seen everything: what people do to one, by the real verbs, by chance."""

from collections.abc import Callable
from typing import Final

import pytest
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
from registry_tasks.entities.approval import Approval, Approve, Reject
from registry_tasks.entities.dataset_record import DescribeDataset
from registry_tasks.entities.deployment import EndDeployment, StartDeployment
from registry_tasks.entities.drill import Findings, Looked
from registry_tasks.entities.dropped_bytes import DropBytes
from registry_tasks.entities.errors import AwaitingApproval, Conflict, GateFailed, NotFound, Refused
from registry_tasks.entities.promotion import Archive, Promote, Restore, RollBack
from registry_tasks.entities.registration import RegisterFile, RegisterRun
from registry_tasks.entities.removal import Delete, Hold, Release
from registry_tasks.entities.reproduction import Difference, Verdict
from registry_tasks.registry.care.drill import keep_drill
from registry_tasks.registry.catalogue.datasets import describe_dataset
from registry_tasks.registry.catalogue.describe import describe, describe_model
from registry_tasks.registry.catalogue.document_schema import put_schema, remove_schema
from registry_tasks.registry.catalogue.note import add_note
from registry_tasks.registry.catalogue.register import register
from registry_tasks.registry.catalogue.register_file import register_file
from registry_tasks.registry.catalogue.tag import change_tags
from registry_tasks.registry.experiments.remake import bring_back
from registry_tasks.registry.lifecycle.approvals import list_approvals, show_approval
from registry_tasks.registry.lifecycle.approve import approve, reject
from registry_tasks.registry.lifecycle.archive import archive, restore
from registry_tasks.registry.lifecycle.carry_on import carry_on
from registry_tasks.registry.lifecycle.delete import delete
from registry_tasks.registry.lifecycle.deploy import end_deployment, start_deployment
from registry_tasks.registry.lifecycle.drop_bytes import drop_bytes
from registry_tasks.registry.lifecycle.hold import hold, release
from registry_tasks.registry.lifecycle.point_alias import point_alias, remove_alias
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.lifecycle.roll_back import roll_back
from registry_tasks.stores.metadata.models import find_model
from registry_tasks.stores.metadata.versions import last_number
from support.story_runs import PRINTED, StoryOfRuns
from support.world import Recorded

TEXT: Final = "written by a person"
GUARDED: Final = "guarded"
LINK: Final = "https://example.org/written-by-a-person"


FOUND = Findings(
    bytes=Looked.PASSED,
    environment=Looked.UNKNOWN,
    rebuild=Looked.FAILED,
    files=1,
    size_bytes=7,
    packages=3,
    failure=PRINTED,
    duration_s=0.1 + 0.2,
    cpu_s=0.1 + 0.7,
)


class Story(StoryOfRuns):
    """One registry's life; the same seed lives the same life."""

    def go_on(self, steps: int) -> None:
        """Do something, so many times; what a rule refuses is a part of life."""
        deeds: list[Callable[[], object]] = [
            *[self.register] * 6,
            *[self.promote] * 8,
            *(self.file, self.again, self.roll_back, self.archive, self.restore, self.describe),
            *(self.point, self.unpoint, self.delete, self.hold, self.release, self.compare),
            *(self.reproduce, self.drill, self.drop, self.take_back),
            *(self.fail, self.begin, self.finish),
            *(self.log, self.log_and_fail, self.sweep),
            *(self.own, self.own_model, self.note, self.tag, self.shape, self.reshape),
            self.describe_data,
            *(self.deploy, self.undeploy),
            *(self.ask_people, self.decide),
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
        """Do everything once: no table of the store is empty, and no kind of event is missing."""
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
        for deed in (self.own, self.own_model, self.shape, self.reshape, self.describe_data):
            deed()
        describe(registry, Describe(ref=two, text=TEXT, owner="ada"))
        for subject in (self.model, two):
            add_note(registry, AddNote(subject=subject, text=TEXT))
            change_tags(registry, ChangeTags(subject=subject, put={"season": TEXT}))
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
        self._come_and_go(two)
        self._wait_and_decide()
        self._let_go(self._remakable())

    def _come_and_go(self, ref: str) -> None:
        """Whatever is undone at once: it is in the history alone."""
        registry, poor = self.world.registry(), self._poor()
        with pytest.raises(GateFailed):
            promote(registry, Promote(ref=poor, to="production", reason=TEXT))
        promote(registry, Promote(ref=poor, to="experiment"))
        archive(registry, Archive(ref=poor, reason=TEXT))
        restore(registry, Restore(ref=poor))
        for to in ("staging", "production"):
            promote(registry, Promote(ref=ref, to=to))
        roll_back(registry, RollBack(model=self.model, reason=TEXT))
        point_alias(registry, PointAlias(ref=ref, alias="rival"))
        self.unpoint()
        hold(registry, Hold(ref=poor, reason=TEXT))
        release(registry, Release(ref=poor, reason=TEXT))

    def _wait_and_decide(self) -> None:
        """One request for approval that waits, and one of every way to end."""
        for decide in (self._approve, self._reject, self._change):
            asked = self._ask_for(self._staged())
            decide(asked)
        self._ask_for(self._staged())

    def _staged(self) -> str:
        self.register()
        ref = f"{self.model}@{self._top()}"
        promote(self.world.registry(), Promote(ref=ref, to="staging"))
        return ref

    def _remakable(self) -> str:
        """An archived version that a rebuild gave again."""
        self.register()
        ref = f"{self.model}@{self._top()}"
        self.world.reproduced(self.world.resolve(ref), Verdict.IDENTICAL)
        archive(self.world.registry(), Archive(ref=ref, reason=TEXT))
        return ref

    def _let_go(self, ref: str) -> None:
        """Without its bytes, with them, and without them for good; and drilled."""
        drop_bytes(self.world.registry(), DropBytes(ref=ref, reason=TEXT))
        assert bring_back(self.world.registry(), ref) is not None
        drop_bytes(self.world.registry(), DropBytes(ref=ref, reason=TEXT))
        passed = FOUND.model_copy(update={"rebuild": Looked.PASSED, "failure": ""})
        for found in (passed, FOUND):
            keep_drill(self.world.registry(), ref, found)

    def _poor(self) -> str:
        """A version in staging that no gate lets into production."""
        made = self.world.register(model=self.model, content=b"poor", metrics={"auc": 0.1})
        promote(self.world.registry(), Promote(ref=made.version.ref, to="staging"))
        return made.version.ref

    # ---------------------------------------------------------------- versions

    def register(self) -> None:
        run = self.finish()
        asked = RegisterRun(run=run, description=TEXT, tags={"why": TEXT})
        register(self.world.registry(), asked)

    def again(self) -> None:
        """The same content from another run: a confirmation."""
        run = self.finish(Recorded(model=self.model, content=b"0", parameters={"trees": 0}))
        register(self.world.registry(), RegisterRun(run=run))

    def file(self) -> None:
        self._count += 1
        path = self.world.folder / "file.bin"
        path.write_bytes(f"file {self._count}".encode())
        asked = RegisterFile(
            model=self.model, path=str(path), metrics={"auc": 0.6}, tags={"a": TEXT}
        )
        register_file(self.world.registry(), asked)

    def _ref(self) -> str:
        return f"{self.model}@{self._roll.randint(1, max(1, self._top()))}"

    def _top(self) -> int:
        with self.world.registry().metadata.reading() as connection:
            found = find_model(connection, self.model)
            assert found is not None
            return last_number(connection, found)

    # ---------------------------------------------------------------- moves

    def promote(self) -> None:
        to = self._roll.choice(("staging", "staging", "production", "production", "experiment"))
        where = self._roll.choice(("default", "default", "eu"))
        promote(
            self.world.registry(), Promote(ref=self._ref(), to=to, environment=where, reason=TEXT)
        )

    def ask_people(self) -> None:
        self._ask_for(self._ref())

    def _ask_for(self, ref: str) -> Approval:
        """Ask for the stage that people guard."""
        try:
            promote(self.world.registry(), Promote(ref=ref, to=GUARDED, reason=TEXT))
        except AwaitingApproval as error:
            return show_approval(self.world.registry(), error.approval).approval
        raise AssertionError("it did not wait")

    def decide(self) -> None:
        for asked in list_approvals(self.world.registry(), limit=1):
            self._roll.choice((self._approve, self._reject))(asked)

    def _approve(self, asked: Approval) -> None:
        seen = asked.evidence_sha256
        approve(
            self.world.registry(), Approve(approval=asked.uuid, evidence_sha256=seen, reason=TEXT)
        )

    def _reject(self, asked: Approval) -> None:
        seen = asked.evidence_sha256
        reject(
            self.world.registry(), Reject(approval=asked.uuid, evidence_sha256=seen, reason=TEXT)
        )

    def _change(self, asked: Approval) -> None:
        """Let it leave staging, which voids what was asked for."""
        promote(self.world.registry(), Promote(ref=asked.version, to="experiment"))
        assert carry_on(self.world.registry())

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

    def drop(self) -> None:
        drop_bytes(self.world.registry(), DropBytes(ref=self._remakable(), reason=TEXT))

    def take_back(self) -> None:
        bring_back(self.world.registry(), self._ref())

    def drill(self) -> None:
        keep_drill(self.world.registry(), self._ref(), FOUND)

    def reproduce(self) -> None:
        failed = Difference(stage="train", what="DVC stage train", recorded="ran", found=PRINTED)
        other = Difference(stage=None, what="metric auc", recorded="0.5", found="0.25")
        version = self.world.resolve(self._ref())
        self.world.reproduced(version, Verdict.DIFFERENT, (failed, other), "origin/main")
