"""Steps of the state machine in which time passes: rebuilds, bytes that go and come, requests that expire."""

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta, tzinfo
from functools import partial
from typing import Any
from unittest.mock import patch

import hypothesis.strategies as st

from registry_tasks import Client
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.registry.experiments.remake import bring_back
from registry_tasks.registry.lifecycle import carry_on
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import store
from support.chance import deed, keyed, reasons, references
from support.plain_model import MODEL, Model, Version
from support.world import World

verdicts = st.sampled_from([Verdict.IDENTICAL] * 3 + [Verdict.EQUIVALENT])
FORTNIGHT = timedelta(days=15)
"""Longer than a request for approval waits."""


class Calendar:
    """What the registry takes for the time: the real one, and what the machine let pass."""

    ahead = timedelta()

    def now(self, zone: tzinfo | None = None) -> datetime:
        return datetime.now(zone) + self.ahead


class LifecycleSteps:
    """Mixed into the machine, which asks both."""

    client: Client
    model: Model
    world: World
    resources: ExitStack
    seen: Counter[str]
    ask: Callable[..., None]
    count: Callable[[str], None]
    text: Callable[[Any], str]
    use: Callable[[Any], Version]
    look_up: Callable[[Any], Version]
    archive: Callable[..., None]

    def keep_time(self) -> None:
        """From now on the registry has the machine's time."""
        self.calendar = Calendar()
        for module in (store, carry_on):
            self.resources.enter_context(patch.object(module, "datetime", self.calendar))

    @deed(2, ref=references, verdict=verdicts)
    def rebuild(self, ref: Any, verdict: Verdict) -> None:
        """As reproducing does; only what a pipeline made can be."""
        if not self.model.versions or not self.model.has_pipeline:
            return
        version = self.look_up(("nth", ref[1] if isinstance(ref[1], int) else 0))
        if version.deleted:
            return
        self.world.reproduced(self.client.show(version.ref).version, verdict)
        self.model.rebuild(version, verdict.value)
        self.count("rebuild")

    @deed(3, ref=references, reason=reasons, key=keyed)
    def drop_bytes(self, ref: Any, reason: str, key: bool) -> None:
        def check(answer: Any, expected: str) -> None:
            assert answer.dropped.reason == expected

        call = partial(self.client.drop_bytes, self.text(ref), reason)
        self.ask(call, key, check, lambda: self.model.drop(self.use(ref), reason))

    @deed(4, which=st.integers(0, 20), reason=reasons)
    def archive_and_drop_bytes(self, which: int, reason: str) -> None:
        """All that it takes at once, which chance alone seldom does."""
        ref = ("nth", which)
        self.rebuild(ref, Verdict.IDENTICAL)
        self.archive(ref, False)
        self.drop_bytes(ref, reason, False)

    @deed(2, ref=references)
    def remake(self, ref: Any) -> None:
        """Nobody has collected the bytes, so they come back as they are."""

        def call() -> None:
            with Registry(self.world.settings) as registry:
                assert bring_back(registry, self.text(ref)) is not None

        self.ask(call, None, lambda *_: None, lambda: self.model.remake(self.use(ref)))

    @deed(2, which=st.integers(0, 20))
    def remake_one_that_let_go(self, which: int) -> None:
        """Which chance alone seldom names."""
        gone = [version.number for version in self.model.versions if version.dropped]
        if gone:
            self.remake(("nth", gone[which % len(gone)] - 1))

    @deed(1)
    def let_a_fortnight_pass(self) -> None:
        """Whatever waits for people has waited for too long."""
        self.calendar.ahead += FORTNIGHT
        self.model.let_requests_expire()
        self.count("let a fortnight pass")

    @deed(1)
    def carry_on(self) -> None:
        """As a running server does: what does not hold any more is closed."""
        with Registry(self.world.settings) as registry:
            closed = carry_on.carry_on(registry)
        assert [(a.version, a.place, a.outcome) for a in closed] == [
            (f"{MODEL}@{asked.number}", asked.place, asked.outcome)
            for asked in self.model.carry_on()
        ]
        self.count("carry on")

    def look_back(self) -> None:
        """Note what an example went through."""
        self.seen.update({kind for kind, *_ in self.model.history})
        self.seen.update({f"request {asked.outcome}" for asked in self.model.requests})
        for version in self.model.versions:
            marks = ("dropped", "held", "deleted", "aliased", "used")
            has = (
                *(version.dropped, version.held, version.deleted),
                *(self.model.aliases_of(version), version.is_used),
            )
            told = ", ".join(mark for mark, there in zip(marks, has, strict=True) if there)
            places = ", ".join(f"{e} {stage}" for e, stage in sorted(version.stages.items()))
            self.seen[f"state: {places}; {told}"] += 1
