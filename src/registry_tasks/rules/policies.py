"""Which policies make sense: no gate that asks nothing, no name that could never be used."""

from collections.abc import Iterator
from typing import NamedTuple

from registry_tasks.entities.errors import EnvironmentNotNamed, InvalidPolicy
from registry_tasks.entities.policy import (
    Approved,
    BetterThanProduction,
    Gate,
    MetricBound,
    Policy,
    Soaked,
)
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT, POOLS, Stage
from registry_tasks.rules.aliases import why_reserved
from registry_tasks.rules.stages import is_single


class Mistake(NamedTuple):
    """What cannot be meant so, and where it stands below the model's name."""

    path: tuple[str | int, ...]
    reason: str


def check_authors(model: str, stage: str, people: Approved) -> None:
    """Refuse to let authors approve of their own, for where it is known who is who.

    Raises InvalidPolicy.
    """
    if people.author_may_approve:
        raise InvalidPolicy(model, why_no_authors(stage, people))


def why_no_authors(stage: str, people: Approved) -> str:
    """Say why authors cannot approve of their own where it is known who is who."""
    where = f"stages.{stage}: gate {people.gate}"
    reason = "author_may_approve is for registries without accounts, and this one has them"
    return f"{where}: {reason}; remove it"


def check_environment(model: str, environment: str, policy: Policy) -> None:
    """Raise EnvironmentNotNamed for one that policy does not name; the default one always is."""
    if environment not in (DEFAULT_ENVIRONMENT, *policy.environments):
        raise EnvironmentNotNamed(model, environment, policy.environments)


def check_policy(model: str, policy: Policy) -> None:
    """Raise InvalidPolicy for the first thing that cannot be meant so."""
    for mistake in mistakes(policy):
        raise InvalidPolicy(model, mistake.reason)


def mistakes(policy: Policy) -> Iterator[Mistake]:
    """Give all that cannot be meant so."""
    for at, stage, gates in lists(policy):
        named = ".".join(at)
        if stage in POOLS:
            yield Mistake(at, f"{named}: nobody is promoted there, so no gate is")
        if stage == "latest":
            yield Mistake(at, f"{named}: references give the word another meaning")
        for place, gate in enumerate(gates):
            if reason := _why_not(gate, stage, policy):
                yield Mistake((*at, place), f"{named}: gate {reason}")
        if sum(isinstance(gate, Approved) for gate in gates) > 1:
            yield Mistake(at, f"{named}: gate approved stands there twice; keep one")
    yield from _mistakes_elsewhere(policy)
    window = policy.retraining.window
    if window is not None and "{next}" not in window:
        where = ("retraining", "window")
        yield Mistake(where, "retraining.window: the command must write {next}; name it there")
    known = {Stage.STAGING, Stage.PRODUCTION, *policy.stages}
    for alias, stage in policy.aliases.items():
        if reason := why_reserved(alias, known):
            yield Mistake(("aliases", alias), f"aliases.{alias}: {reason}")
        if stage not in known or not is_single(stage):
            shown = ", ".join(sorted(known))
            told = f"aliases.{alias} follows {stage}, which is none of {shown}"
            yield Mistake(("aliases", alias), told)
    for place, name in enumerate(policy.environments):
        if name == DEFAULT_ENVIRONMENT:
            yield Mistake(("environments", place), f"environments: {name} is always there")
        if name in policy.environments[:place]:
            yield Mistake(("environments", place), f"environments: {name} stands there twice")


def lists(policy: Policy) -> Iterator[tuple[tuple[str, ...], str, tuple[Gate, ...]]]:
    """Give every list of gates: where it stands, of which stage it is, what it holds."""
    for stage, gates in policy.stages.items():
        yield ("stages", stage), stage, gates
    for environment, stages in policy.stages_in.items():
        for stage, gates in stages.items():
            yield ("stages_in", environment, stage), stage, gates


def _mistakes_elsewhere(policy: Policy) -> Iterator[Mistake]:
    known = {Stage.STAGING, Stage.PRODUCTION, *policy.stages, *POOLS}
    for environment, stages in policy.stages_in.items():
        at = ("stages_in", environment)
        if environment not in policy.environments:
            yield Mistake(at, f"stages_in.{environment}: environments does not name it")
        for stage in stages:
            if stage not in known:
                told = f"stages_in.{environment}.{stage}: stages does not name it"
                yield Mistake((*at, stage), told)


def _why_not(gate: Gate, stage: str, policy: Policy) -> str | None:
    match gate:
        case MetricBound(at_least=None, at_most=None):
            return f"metric {gate.metric} has no bound; give at_least or at_most"
        case BetterThanProduction() if policy.evaluation is None:
            return f"{gate.gate} needs evaluation to name the metric"
        case Soaked() if gate.stage == stage or gate.stage in POOLS:
            return f"{gate.gate}: it cannot have been in {gate.stage} before it enters {stage}"
        case Soaked() if gate.stage not in (Stage.STAGING, Stage.PRODUCTION, *policy.stages):
            return f"{gate.gate}: there is no stage {gate.stage}"
    return None
