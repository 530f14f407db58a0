"""Steps of the state machine that say things of versions and record where they are used."""

from collections.abc import Callable
from functools import partial
from typing import Any

import hypothesis.strategies as st

from registry_tasks import Client
from support.chance import deed, environments, keyed, references
from support.plain_model import MODEL, Model, Version

keys = st.sampled_from(["team", "season"])
values = st.sampled_from(["", "a", "ümläut\n\u2603"])
texts = st.sampled_from(["a", "b", "ümläut\n\u2603", "x" * 300])
places = st.sampled_from(["API", "API", "pod 7"])


class CatalogueSteps:
    """Mixed into the machine, which asks both."""

    client: Client
    model: Model
    ask: Callable[..., None]
    text: Callable[[Any], str]
    use: Callable[[Any], Version]
    look_up: Callable[[Any], Version]

    @deed(2, ref=references, text=texts, key=keyed)
    def note(self, ref: Any, text: str, key: bool) -> None:
        def check(answer: Any, expected: str) -> None:
            assert answer.text == expected

        call = partial(self.client.note, self.text(ref), text)
        self.ask(call, key, check, lambda: self.model.note(self.use(ref), text))

    @deed(2, ref=references, put=st.dictionaries(keys, values, max_size=2), gone=keys, key=keyed)
    def tag(self, ref: Any, put: dict[str, str], gone: str, key: bool) -> None:
        def check(answer: Any, expected: dict[str, str]) -> None:
            assert answer.tags == expected

        remove = [] if gone in put else [gone]
        call = partial(self.client.tag, self.text(ref), put, remove=remove)
        if put or remove:
            self.ask(call, key, check, lambda: dict(self.model.tag(self.use(ref), put, remove)))

    @deed(3, ref=references, environment=environments, place=places, replace=st.booleans(),
          key=keyed)  # fmt: skip
    def start_deployment(
        self, ref: Any, environment: str, place: str, replace: bool, key: bool
    ) -> None:
        def check(answer: Any, ended: list[int]) -> None:
            assert {each.version for each in answer.ended} == {f"{MODEL}@{n}" for n in ended}
            assert answer.deployment.until is None

        def work() -> list[int]:
            others = [*self.model.versions]
            version = self.use(ref)
            self.model.check_has_bytes(version)
            return self.model.start_deployment(version, (environment, place), others, replace)

        call = partial(
            self.client.start_deployment, self.text(ref), environment=environment, place=place,
            replace=replace,
        )  # fmt: skip
        self.ask(call, key, check, work)

    @deed(2, which=st.integers(0, 20), key=keyed)
    def end_one_that_lasts(self, which: int, key: bool) -> None:
        """Which chance alone seldom names."""
        lasting = [
            (version.number, *at)
            for version in self.model.versions
            for at, lasts in version.used.items()
            if lasts
        ]
        if lasting:
            number, environment, place = lasting[which % len(lasting)]
            self.end_deployment(("nth", number - 1), environment, place, key)

    @deed(1, ref=references, environment=environments, place=places, key=keyed)
    def end_deployment(self, ref: Any, environment: str, place: str, key: bool) -> None:
        def check(answer: Any, _: None) -> None:
            assert answer.until is not None

        call = partial(
            self.client.end_deployment, self.text(ref), environment=environment, place=place
        )
        self.ask(
            call, key, check,
            lambda: self.model.end_deployment(self.look_up(ref), (environment, place)),
        )  # fmt: skip

    def check_deployments(self) -> None:
        """Those that last, and how many places each version ever had."""
        found = self.client.deployments(MODEL, over=True, limit=10_000)
        lasting = {(d.version, d.environment, d.place) for d in found if d.until is None}
        versions = self.model.versions
        assert lasting == {(v.ref, *at) for v in versions for at, lasts in v.used.items() if lasts}
        assert {(d.version, d.environment, d.place) for d in found} == {
            (v.ref, *at) for v in versions for at in v.used
        }
