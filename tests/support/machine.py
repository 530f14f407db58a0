"""A state machine of Hypothesis that asks the real registry and the plain model the same."""

import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from itertools import count, zip_longest
from pathlib import Path
from typing import Any, Final, NamedTuple
from unittest.mock import patch

import hypothesis.strategies as st
import pytest
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from registry_tasks import Client
from registry_tasks.entities.approval import Approval
from registry_tasks.entities.entity import Entity
from registry_tasks.entities.errors import KeyReused, RegistryError
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.model_version import ModelVersion
from registry_tasks.entities.promotion import ArchiveByPolicy, Transition
from registry_tasks.entities.registration import Registration
from registry_tasks.entities.semantic_version import SemanticVersion
from registry_tasks.registry.care.examine import examine
from registry_tasks.registry.catalogue.note import SHOWN as NOTES_SHOWN
from registry_tasks.registry.ledger import mirror
from registry_tasks.registry.lifecycle.archive import archive_by_policy
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.git.repository import GitRepository
from support.catalogue_steps import CatalogueSteps
from support.chance import (
    DEEDS,
    aliases,
    contents,
    deed,
    environments,
    expectations,
    keyed,
    reasons,
    references,
    words,
)
from support.databases import Postgres
from support.http_server import Lodging
from support.lifecycle_steps import LifecycleSteps
from support.plain_approvals import Asked
from support.plain_model import MODEL, Content, Model, Move, Says, Version
from support.world import SIGNATURE, World, copy_tree

OF_GRADES: Final = frozenset({EventKind.VERSION_REGRADED})
"""The model has no grades."""


class Done(NamedTuple):
    """A call that was made with a key and answered."""

    key: str
    call: Callable[..., Any]
    answer: str


class Place(NamedTuple):
    """Where an example works."""

    template: Path
    folder: Path
    postgres: Postgres | None = None
    lodging: Lodging | None = None


class Machine(CatalogueSteps, LifecycleSteps, RuleBasedStateMachine):
    """Asks the real registry and the model the same, and holds their answers together."""

    place: Place
    steps: Counter[str]
    seen: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.model, self.uuids, self.digests = Model(), dict[int, str](), dict[int, str]()
        self.done: list[Done] = []
        self.numbers = count(1)
        self.resources = ExitStack()
        url = None
        if self.place.postgres is not None:
            url = self.place.postgres.lend()
            self.resources.callback(self.place.postgres.take_back, url)
        copy_tree(self.place.template, self.place.folder)
        self.world = World(self.place.folder, url)
        settings = self.world.settings
        if self.place.lodging is not None:
            settings = self.place.lodging.take_in(settings)
            self.resources.callback(self.place.lodging.close)
        self.client = Client(settings)
        self.resources.callback(self.client.close)

    @initialize(
        tells_git_at_once=st.sampled_from([True, *[False] * 9]),
        has_pipeline=st.booleans(),
        begins_empty=st.sampled_from([*[False] * 9, True]),
        made=st.lists(contents, min_size=2, max_size=6, unique=True),
        raised=st.lists(st.integers(0, 4), max_size=3),
    )
    def begin(
        self,
        tells_git_at_once: bool,
        has_pipeline: bool,
        begins_empty: bool,
        made: list[Content],
        raised: list[int],
    ) -> None:
        """Most examples tell Git only at their end, as after a death: it is slow.

        Versions come from runs of a pipeline or are files that somebody has.
        """
        self.model.has_pipeline = has_pipeline
        self.keep_time()
        if not tells_git_at_once:
            head = GitRepository.open(self.world.root).head()
            self.resources.enter_context(patch.object(mirror, "deliver", lambda registry: None))
            self.resources.enter_context(patch.object(GitRepository, "head", lambda _: head))
        if begins_empty:
            return
        for number, content in enumerate(made):
            self.register(content, 0.7, number % 2 == 0)
        for place in raised:
            self.raise_to_production("default", place)

    @rule(data=st.data())
    def step(self, data: st.DataObject) -> None:
        names = [name for name, (weight, _) in DEEDS.items() for _ in range(weight)]
        name = data.draw(st.sampled_from(names))
        _, strategies = DEEDS[name]
        getattr(self, name)(**{word: data.draw(each) for word, each in strategies.items()})

    def teardown(self) -> None:
        """The end of an example: all is as the model has it, and the doctor finds nothing."""
        try:
            self.everything()
            with Registry(self.world.settings) as registry:
                mirror.sync(registry)
                assert examine(registry) == ()
            self.look_back()
        finally:
            self.resources.close()
            self.world.close()
            shutil.rmtree(self.place.folder)

    # ---------------------------------------------------------------- writing

    @deed(6, made=contents, auc=st.sampled_from([0.7, 0.7, 0.3]), key=keyed)
    def register(self, made: Content, auc: float, key: bool) -> None:
        content = f"content {made.content}"
        told: dict[str, Any] = {
            "parameters": {"trees": made.trees, "data.month": made.month},
            "metrics": {"auc": auc},
            "signature": SIGNATURE if made.columns else None,
        }
        if self.model.has_pipeline:
            run = self.world.finished_run(content=content.encode(), **told)
            call = partial(self.client.register_run, run)
        else:
            folder = self.world.folder / f"content-{made.content}"
            folder.mkdir(exist_ok=True)
            (folder / "model.bin").write_text(content)
            call = partial(self.client.register, folder / "model.bin", model=MODEL, **told)

        def check(answer: Registration, expected: tuple[Version, bool]) -> None:
            version, is_new = expected
            assert answer.created == is_new
            assert answer.attempted == (() if is_new else tuple(sorted(version.attempted)))
            self.uuids[version.number] = answer.version.uuid
            self.digests[made.content] = answer.version.sha256
            self.check_version(answer.version, version)

        self.ask(call, key, check, lambda: self.model.register(made, auc))

    @deed(6, ref=references, to=st.sampled_from(["staging", "staging", "production", "production",
          "guarded", "guarded", "experiment", "archived"]), environment=environments, expect=expectations, key=keyed)  # fmt: skip
    def promote(self, ref: Any, to: str, environment: str, expect: str | None, key: bool) -> None:
        expected = self.expected(self.model.holder(to, environment), expect)
        call = partial(
            self.client.promote, self.text(ref), to, environment=environment,
            expect_current=expected,
        )  # fmt: skip
        self.ask(
            call, key, self.check_moves,
            lambda: self.model.promote(self.use(ref), to, environment, expected),
        )  # fmt: skip

    @deed(5, refs=st.sampled_from(["default", "default", "eu"]), place=st.integers(0, 20))
    def raise_to_production(self, refs: str, place: int) -> None:
        """Both steps at once, which chance alone seldom takes."""
        self.promote(("nth", place), "staging", refs, None, False)
        self.promote(("label", "staging" if refs == "default" else "staging-eu"), "production",
                     refs, None, False)  # fmt: skip

    @deed(5, refs=st.sampled_from(["default", "eu"]), place=st.integers(0, 20))
    def ask_people(self, refs: str, place: int) -> None:
        """The way to where people must say yes, which chance alone seldom takes."""
        self.promote(("nth", place), "staging", refs, None, False)
        self.promote(("nth", place), "guarded", refs, None, False)

    @deed(5, which=st.integers(0, 20), key=keyed)
    def approve(self, which: int, key: bool) -> None:
        self._decide("approve", which, key)

    @deed(1, which=st.integers(0, 20), key=keyed)
    def reject(self, which: int, key: bool) -> None:
        self._decide("reject", which, key)

    def _decide(self, how: str, which: int, key: bool) -> None:
        """Of those that were asked lately, which are open more often."""
        if not self.model.requests:
            return
        place = len(self.model.requests) - 1 - which % len(self.model.requests)
        real = self.client.approvals(MODEL, over=True, limit=1000)[::-1][place]
        seen = {"evidence_sha256": real.evidence_sha256, "reason": "by chance"}
        call = partial(getattr(self.client, how), real.uuid, **seen)
        self.ask(
            call, key, self.check_request,
            lambda: getattr(self.model, how)(self.model.requests[place]),
        )  # fmt: skip

    def check_request(self, answer: Approval, expected: Asked) -> None:
        found = (answer.version, answer.place, answer.outcome)
        assert found == (f"{MODEL}@{expected.number}", expected.place, expected.outcome)

    @deed(4, environment=environments, expect=expectations, key=keyed)
    def roll_back(self, environment: str, expect: str | None, key: bool) -> None:
        expected = self.expected(self.model.holder("production", environment), expect)
        call = partial(
            self.client.rollback, MODEL, environment=environment, expect_current=expected
        )
        self.ask(call, key, self.check_moves, lambda: self.model.roll_back(environment, expected))

    @deed(4, ref=references, key=keyed)
    def archive(self, ref: Any, key: bool) -> None:
        call = partial(self.client.archive, self.text(ref))
        self.ask(call, key, self.check_moves, lambda: (self.model.archive(self.use(ref)), {}))

    @deed(2, ref=references, key=keyed)
    def restore(self, ref: Any, key: bool) -> None:
        call = partial(self.client.restore, self.text(ref))
        self.ask(call, key, self.check_moves, lambda: (self.model.restore(self.use(ref)), {}))

    @deed(2, key=keyed)
    def archive_by_policy(self, key: bool) -> None:
        def call(key: str | None = None) -> Transition:
            return self.client._ask(archive_by_policy, ArchiveByPolicy(model=MODEL, key=key))

        self.ask(call, key, self.check_moves, lambda: (self.model.archive_by_policy(), {}))

    @deed(3, ref=references, alias=aliases, expect=expectations, key=keyed)
    def point_alias(self, ref: Any, alias: str, expect: str | None, key: bool) -> None:
        number = self.model.aliases.get(alias)
        expected = self.expected(self.model.versions[number - 1] if number else None, expect)
        call = partial(self.client.point_alias, self.text(ref), alias, expect_current=expected)

        def work() -> Version:
            version = self.use(ref)
            self.model.point_alias(version, alias, expected)
            return version

        self.ask(call, key, self.check_version, work)

    @deed(1, alias=aliases, key=keyed)
    def remove_alias(self, alias: str, key: bool) -> None:
        call = partial(self.client.remove_alias, MODEL, alias)
        self.ask(call, key, lambda *_: None, lambda: self.model.remove_alias(alias))

    @deed(2, ref=references, text=words, key=keyed)
    def describe(self, ref: Any, text: str, key: bool) -> None:
        call = partial(self.client.describe, self.text(ref), text)

        def work() -> Version:
            version = self.use(ref)
            self.model.describe(version, text)
            return version

        self.ask(call, key, self.check_version, work)

    @deed(7, ref=references, reason=reasons, key=keyed)
    def delete(self, ref: Any, reason: str, key: bool) -> None:
        call = partial(self.client.delete, self.text(ref), reason=reason)

        def check(answer: Any, expected: tuple[Version, str]) -> None:
            self.check_version(answer.version, expected[0])
            assert answer.tombstone.reason == expected[1]

        def work() -> tuple[Version, str]:
            version = self.look_up(ref)
            return version, self.model.delete(version, reason)

        self.ask(call, key, check, work)

    @deed(3, ref=references, reason=reasons, key=keyed)
    def hold(self, ref: Any, reason: str, key: bool) -> None:
        call = partial(self.client.hold, self.text(ref), reason=reason)

        def check(answer: Any, version: Version) -> None:
            self.check_version(answer.version, version)
            assert answer.hold.reason == reason

        def work() -> Version:
            version = self.look_up(ref)
            self.model.hold(version, reason)
            return version

        self.ask(call, key, check, work)

    @deed(4, ref=references, reason=reasons, key=keyed)
    def release(self, ref: Any, reason: str, key: bool) -> None:
        call = partial(self.client.release, self.text(ref), reason=reason)

        def check(answer: Any, version: Version) -> None:
            self.check_version(answer.version, version)
            assert answer.hold is None

        def work() -> Version:
            version = self.look_up(ref)
            self.model.release(version)
            return version

        self.ask(call, key, check, work)

    @deed(2, one=st.integers(0, 20), other=st.integers(0, 20))
    def compare(self, one: int, other: int) -> None:
        """As an evaluation does."""
        if not self.model.versions:
            return
        versions = [self.look_up(("nth", n)) for n in (one, other)]
        if any(version.deleted for version in versions):
            return
        new, old = (version.number for version in versions)
        found = [self.client.show(f"{MODEL}@{n}").version for n in (new, old)]
        self.world.compare(*found, low=0.1)
        self.model.compare(new, old)
        self.count("compare")

    # ---------------------------------------------------------------- keys

    @deed(3, which=st.integers(0, 50))
    def repeat(self, which: int) -> None:
        """Nothing happens, and the answer is the one of then."""
        if self.done:
            done = self.done[which % len(self.done)]
            assert told(done.call, key=done.key) == done.answer
            self.count("repeat")

    @deed(1, which=st.integers(0, 50), ref=references)
    def misuse(self, which: int, ref: Any) -> None:
        if self.done:
            key = self.done[which % len(self.done)].key
            with pytest.raises(KeyReused):
                self.client.describe(self.text(ref), "with a key of another", key=key)
            self.count("misuse")

    # ---------------------------------------------------------------- looking

    @deed(3, ref=references)
    def resolve(self, ref: Any) -> None:
        self.ask(
            lambda: self.client.resolve(self.text(ref)), None, self.check_version,
            lambda: self.use(ref),
        )  # fmt: skip

    @deed(2, ref=references)
    def show(self, ref: Any) -> None:
        def check(record: Any, version: Version) -> None:
            self.check_version(record.version, version)
            assert record.description == version.description
            assert (record.hold and record.hold.reason) == version.held
            assert (record.tombstone and record.tombstone.reason) == version.deleted
            assert (record.dropped and record.dropped.reason) == version.dropped
            assert [r.verdict for r in record.reproductions[:1]] == [
                verdict for verdict in (version.verdict,) if verdict
            ]
            assert record.based_on == name(version.based_on)
            assert record.same_recipe_as == name(version.same_recipe_as)
            assert len(record.confirmations) == version.confirmations
            assert record.tags == version.tags
            assert [note.text for note in record.notes] == version.notes[::-1][: len(record.notes)]
            assert len(record.notes) == min(len(version.notes), NOTES_SHOWN)

        self.ask(lambda: self.client.show(self.text(ref)), None, check, lambda: self.look_up(ref))

    @deed(1, ref=references)
    def history_of(self, ref: Any) -> None:
        def check(events: Any, version: Version) -> None:
            kinds = [kind for kind, number, _, _ in self.model.history if number == version.number]
            assert [e.kind for e in reversed(events) if e.kind not in OF_GRADES] == kinds

        call = partial(self.client.history, self.text(ref), limit=1000)
        self.ask(call, None, check, lambda: self.look_up(ref))

    @deed(1, before=st.none() | st.integers(1, 9), limit=st.integers(1, 9), deleted=st.booleans())
    def versions(self, before: int | None, limit: int, deleted: bool) -> None:
        if self.model.versions:
            shown = [v for v in reversed(self.model.versions) if deleted or not v.deleted]
            shown = [v for v in shown if before is None or v.number < before][:limit]
            found = self.client.versions(MODEL, before, limit, deleted=deleted)
            assert [v.number for v in found] == [v.number for v in shown]
            self.count("versions")

    def everything(self) -> None:
        """The whole state and the whole history."""
        found = self.client.models()
        if not self.model.versions:
            assert found == ()
            return
        (model,) = found
        there = [v for v in self.model.versions if not v.deleted]
        assert (model.versions, model.latest) == (len(there), there[-1].number if there else None)
        assert model.aliases == self.model.aliases
        slots = {
            stage if environment == "default" else f"{stage}-{environment}": holder.number
            for stage in ("staging", "guarded", "production")
            for environment in ("default", "eu")
            if (holder := self.model.holder(stage, environment))
        }
        assert model.slots == slots
        versions = self.client.versions(MODEL, limit=1000, deleted=True)
        for real, expected in zip(reversed(versions), self.model.versions, strict=True):
            self.check_version(real, expected)
        self.check_deployments()
        asked = reversed(self.client.approvals(MODEL, over=True, limit=1000))
        for real_request, request in zip(asked, self.model.requests, strict=True):
            self.check_request(real_request, request)
        ever = reversed(self.client.history(MODEL, limit=10_000))
        events = [event for event in ever if event.kind not in OF_GRADES]
        found, expected = [(e.kind, e.version) for e in events], [e[:2] for e in self.model.history]
        assert found == expected, _first_difference(found, expected)
        for event, (_, _, before, after) in zip(events, self.model.history, strict=True):
            if before is not None or after is not None:
                assert (event.before, event.after) == (before, after)

    # ---------------------------------------------------------------- asking both

    def ask(
        self,
        call: Callable[..., Any],
        key: bool | None,
        check: Callable[[Any, Any], None],
        work: Callable[[], Any],
    ) -> None:
        """Ask both; ``key`` is None where there can be none."""
        text = f"key {next(self.numbers)}" if key else None
        options = {} if key is None else {"key": text}
        try:
            expected, says = work(), None
        except Says as refusal:
            expected, says = None, str(refusal)
        try:
            answer, said = call(**options), None
        except RegistryError as error:
            answer, said = None, type(error).__name__
        assert said == says, f"{said} instead of {says}"
        if said is None:
            check(answer, expected)
        if text and said in (None, "GateFailed", "AwaitingApproval"):
            self.done.append(Done(text, call, told(call, key=text)))
        self.count(f"{said}")

    def check_version(self, real: ModelVersion, expected: Version) -> None:
        assert real.number == expected.number
        assert real.uuid == self.uuids[expected.number]
        assert real.semantic_version == str(SemanticVersion(*expected.semantic))
        assert real.stages == expected.stages
        assert real.aliases == self.model.aliases_of(expected)
        assert real.deleted == (expected.deleted is not None)

    def check_moves(self, answer: Transition, expected: tuple[list[Move], dict[str, str]]) -> None:
        found = [(m.ref, m.environment, m.source, m.target) for m in answer.moves]
        assert (found, answer.aliases) == expected

    def expected(self, holder: Version | None, how: str | None) -> int | None:
        """A number to expect."""
        number = 0 if holder is None else holder.number
        return {None: None, "right": number, "wrong": number + 1}[how]

    def look_up(self, ref: Any) -> Version:
        return self.model.find(*self._plain(ref))

    def use(self, ref: Any) -> Version:
        return self.model.use(*self._plain(ref))

    def _plain(self, ref: Any) -> tuple[str, Any]:
        kind, value = ref
        if kind.startswith("nth"):
            return "number", value % max(len(self.model.versions), 1) + 1
        return kind, value

    def text(self, ref: Any) -> str:
        """The reference as a user writes it."""
        kind, value = self._plain(ref)
        if kind == "number" and value in self.uuids and ref[0] != "number":
            if ref[0] == "nth uuid":
                return self.uuids[value]
            if ref[0] == "nth semantic":
                semantic = self.model.versions[value - 1].semantic
                return f"models:/{MODEL}@{SemanticVersion(*semantic)}"
        match kind:
            case "semantic":
                return f"{MODEL}@{SemanticVersion(*value)}"
            case "latest":
                return f"{MODEL}@latest"
            case "digest":
                return f"sha256:{self.digests.get(value, 64 * '0')}"
        return f"{MODEL}@{value}"

    def count(self, what: str) -> None:
        self.steps[what] += 1


def told(call: Callable[..., Any], **options: Any) -> str:
    try:
        answer = call(**options)
    except RegistryError as error:
        return repr(error)
    return answer.model_dump_json() if isinstance(answer, Entity) else repr(answer)


def name(number: int | None) -> str | None:
    return None if number is None else f"{MODEL}@{number}"


def _first_difference(found: list[Any], expected: list[Any]) -> str:
    at = next(n for n, (a, b) in enumerate(zip_longest(found, expected)) if a != b)
    return f"event {at}: {found[at : at + 3]} instead of {expected[at : at + 3]}"
