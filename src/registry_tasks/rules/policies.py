"""Which policies make sense: no gate that asks nothing, no name that could never be used."""

from registry_tasks.entities.errors import InvalidPolicy
from registry_tasks.entities.policy import Approved, BetterThanProduction, MetricBound, Policy
from registry_tasks.entities.stage import POOLS, Stage
from registry_tasks.rules.aliases import why_reserved
from registry_tasks.rules.stages import is_single


def check_authors(model: str, stage: str, people: Approved) -> None:
    """Refuse to let authors approve of their own, for where it is known who is who.

    Raises InvalidPolicy.
    """
    if people.author_may_approve:
        where = f"stages.{stage}: gate {people.gate}"
        reason = "author_may_approve is for registries without accounts, and this one has them"
        raise InvalidPolicy(model, f"{where}: {reason}; remove it")


def check_policy(model: str, policy: Policy) -> None:
    """Raise InvalidPolicy for the first thing that cannot be meant so."""
    for stage, gates in policy.stages.items():
        if stage in POOLS:
            raise InvalidPolicy(model, f"stages.{stage}: nobody is promoted there, so no gate is")
        if stage == "latest":
            raise InvalidPolicy(model, "stages.latest: references give the word another meaning")
        for gate in gates:
            if isinstance(gate, MetricBound) and gate.at_least is None and gate.at_most is None:
                where = f"stages.{stage}: gate metric {gate.metric}"
                raise InvalidPolicy(model, f"{where} has no bound; give at_least or at_most")
            if isinstance(gate, BetterThanProduction) and policy.evaluation is None:
                where = f"stages.{stage}: gate {gate.gate}"
                raise InvalidPolicy(model, f"{where} needs evaluation to name the metric")
        if sum(isinstance(gate, Approved) for gate in gates) > 1:
            raise InvalidPolicy(
                model, f"stages.{stage}: gate approved stands there twice; keep one"
            )
    known = {Stage.STAGING, Stage.PRODUCTION, *policy.stages}
    for alias, stage in policy.aliases.items():
        if reason := why_reserved(alias, known):
            raise InvalidPolicy(model, f"aliases.{alias}: {reason}")
        if stage not in known or not is_single(stage):
            shown = ", ".join(sorted(known))
            raise InvalidPolicy(model, f"aliases.{alias} follows {stage}, which is none of {shown}")
