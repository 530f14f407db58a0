"""What can be asked of two versions, one thing at a time: of the plain model alone, and of both."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from registry_tasks.entities.reproduction import Verdict
from support.machine import Machine
from support.plain_approvals import GUARDED
from support.plain_model import Model, Version
from support.states import Step, open_requests

PLACE: Final = ("default", "API")


def _promote(number: int, to: str, environment: str = "default") -> Step:
    return Step(
        f"promote {number} to {to} in {environment}",
        lambda m: m.promote(m.use("number", number), to, environment, None),
        lambda b: b.promote(("nth", number - 1), to, environment, None, False),
    )


def _roll_back(environment: str = "default") -> Step:
    return Step(
        f"roll back in {environment}",
        lambda m: m.roll_back(environment, None),
        lambda b: b.roll_back(environment, None, False),
    )


def _of_first(name: str, plain: Callable[[Model, Version], object], **told: Any) -> Step:
    """A verb about the first version; the machine has it by the same name."""

    def both(machine: Machine) -> None:
        getattr(machine, name)(ref=("nth", 0), **told)

    return Step(name, lambda m: plain(m, m.find("number", 1)), both)


def _of_open_request(how: str) -> Step:
    """A decision, if any request is open."""

    def plain(model: Model) -> None:
        for asked in open_requests(model):
            getattr(model, how)(asked)

    def both(machine: Machine) -> None:
        for asked in open_requests(machine.model):
            which = machine.model.requests[::-1].index(asked)
            getattr(machine, how)(which, key=False)

    return Step(how, plain, both)


def _usable(plain: Callable[[Model, Version], object]) -> Callable[[Model, Version], object]:
    """For verbs that a deleted version refuses."""

    def refusing(model: Model, version: Version) -> object:
        return plain(model, model.use("number", version.number))

    return refusing


def _rebuild(model: Model, version: Version) -> None:
    if not version.deleted:  # nobody asks
        model.rebuild(version, Verdict.IDENTICAL)


def _use_in_place(model: Model, version: Version) -> None:
    model.check_has_bytes(version)
    model.start_deployment(version, PLACE, [*model.versions], replace=False)


def _marks_of_first() -> Iterator[Step]:
    """All that can happen to one version in one place of life."""
    why = "case 7"
    yield _of_first("hold", lambda m, v: m.hold(v, why), reason=why, key=False)
    yield _of_first("release", lambda m, v: m.release(v), reason=why, key=False)
    yield _of_first("archive", _usable(lambda m, v: m.archive(v)), key=False)
    yield _of_first("restore", _usable(lambda m, v: m.restore(v)), key=False)
    yield _of_first("rebuild", _rebuild, verdict=Verdict.IDENTICAL)
    yield _of_first("drop_bytes", _usable(lambda m, v: m.drop(v, why)), reason=why, key=False)
    yield _of_first("remake", _usable(lambda m, v: m.remake(v)))
    yield _of_first("delete", lambda m, v: m.delete(v, why), reason=why, key=False)
    told = {"alias": "hero", "expect": None, "key": False}
    yield _of_first("point_alias", _usable(lambda m, v: m.point_alias(v, "hero", None)), **told)
    yield Step(
        "remove alias", lambda m: m.remove_alias("hero"), lambda b: b.remove_alias("hero", False)
    )
    environment, place = PLACE
    told = {"environment": environment, "place": place, "key": False}
    yield _of_first("start_deployment", _usable(_use_in_place), replace=False, **told)
    yield _of_first("end_deployment", lambda m, v: m.end_deployment(v, PLACE), **told)
    yield _of_open_request("approve")
    yield _of_open_request("reject")
    yield Step(
        "a fortnight passes",
        lambda m: m.let_requests_expire(),
        lambda b: b.let_a_fortnight_pass(),
    )
    yield Step("carry on", lambda m: m.carry_on(), lambda b: b.carry_on())


def _moves(numbers: Iterable[int], stages: Iterable[str], environment: str) -> Iterator[Step]:
    for number in numbers:
        for stage in stages:
            yield _promote(number, stage, environment)


ONE_PLACE: Final = (
    *_moves([1], ["staging", GUARDED, "production", "experiment"], "default"),
    *_moves([2], ["staging", "production"], "default"),
    _roll_back(),
    *_marks_of_first(),
)
TWO_PLACES: Final = (
    *(
        step
        for environment in ("default", "eu")
        for step in (
            *_moves([1, 2], ["staging", "production", "experiment"], environment),
            _roll_back(environment),
        )
    ),
    _of_first("archive", _usable(lambda m, v: m.archive(v)), key=False),
    _of_first("restore", _usable(lambda m, v: m.restore(v)), key=False),
)
