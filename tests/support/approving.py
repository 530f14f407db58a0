"""A world whose policy asks for people, and the people."""

from dataclasses import replace

from registry_tasks.entities.approval import Approval, Approve, Reject
from registry_tasks.entities.errors import AwaitingApproval
from registry_tasks.entities.promotion import Promote
from registry_tasks.registry.lifecycle.approvals import list_approvals, show_approval
from registry_tasks.registry.lifecycle.approve import approve, reject
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.registry import Registry
from support.world import World


def ask_people(world: World, gate: str = "gate: approved", more: str = "") -> None:
    """Let the policy ask for people before production, and for what ``more`` says."""
    world.set_policy(
        "evaluation: {metric: auc, higher_is_better: true}\n"
        f"stages: {{production: [{{{gate}}}, {{gate: metric, metric: auc, at_least: 0.5}}{more}]}}\n"
        "aliases: {champion: production}"
    )


def acting(world: World, actor: str) -> Registry:
    """The world's registry as another person opens it, who is closed with it."""
    registry = Registry(replace(world.settings, actor=actor))
    world._opened.append(registry)
    return registry


def wait(world: World, number: int = 1, actor: str = "ada", **options: object) -> Approval:
    """Ask for a version to enter production, which people have to approve of."""
    request = Promote(ref=f"mower@{number}", to="production", **options)
    try:
        promote(acting(world, actor), request)
    except AwaitingApproval as error:
        return show_approval(world.registry(), error.approval).approval
    raise AssertionError("it did not wait")


def waiting(world: World, number: int = 1, **options: object) -> Approval:
    """Register a version, bring it to staging and ask for production."""
    world.version(number)
    world.raise_to(f"mower@{number}", "staging")
    return wait(world, number, **options)


def say_yes(
    world: World,
    asked: Approval,
    actor: str = "grace",
    reason: str = "yes",
    key: str | None = None,
) -> Approval:
    seen = asked.evidence_sha256
    request = Approve(approval=asked.uuid, evidence_sha256=seen, reason=reason, key=key)
    return approve(acting(world, actor), request)


def say_no(world: World, asked: Approval, actor: str = "grace", reason: str = "no") -> Approval:
    request = Reject(approval=asked.uuid, evidence_sha256=asked.evidence_sha256, reason=reason)
    return reject(acting(world, actor), request)


def now(world: World, asked: Approval) -> Approval:
    return show_approval(world.registry(), asked.uuid).approval


def all_of(world: World) -> tuple[Approval, ...]:
    return list_approvals(world.registry(), over=True)
