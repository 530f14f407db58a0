"""Replay: which past promotions a changed policy would have stopped or let through."""

import re
from typing import Final

import sqlalchemy as sa

from registry_tasks.entities.errors import InvalidCursor, InvalidSetting
from registry_tasks.entities.policy import JudgingPolicy, Policy, Soaked
from registry_tasks.entities.policy_replay import PolicyReplay, PolicyShown, ReplayedAttempt
from registry_tasks.entities.promotion import PromotionAttempt
from registry_tasks.entities.reference import Reference
from registry_tasks.entities.stage import slot
from registry_tasks.entities.subject import names_version
from registry_tasks.registry.policies import parse_policy, policy_at, policy_over
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.gates import Facts, Incumbent, gates_of, is_by
from registry_tasks.rules.policy_replay import Past, replay
from registry_tasks.stores.metadata import evidence, runs, versions
from registry_tasks.stores.metadata.attempts import Then, find_then, list_attempts_of
from registry_tasks.stores.metadata.lookup import get_by_id, get_recorded
from registry_tasks.stores.metadata.models import get_model
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.stays import last_stay

_CURSOR: Final = re.compile("[0-9]{1,10}")


def show_policy(registry: Registry, subject: str) -> PolicyShown:
    """Return the policy that decides about a model now, or the one that judged a version last.

    Raises: ModelNotFound, VersionNotFound, MalformedReference, InvalidPolicy, PolicyElsewhere.
    """
    with registry.metadata.reading() as connection:
        if names_version(subject):
            stored = get_recorded(through(connection), Reference.parse(subject))
            made = evidence.list_attempts(connection, stored.id)
            if not made:
                return PolicyShown(subject=stored.version.ref, judging=None)
            place = slot(made[0].target, made[0].environment)
            return PolicyShown(
                subject=stored.version.ref, judging=made[0].judged_by, at=made[0].at, target=place
            )
        get_model(connection, subject)
    return PolicyShown(subject=subject, judging=policy_over(registry, subject))


def replay_policy(
    registry: Registry,
    model: str,
    text: str | None = None,
    commit: str | None = None,
    cursor: str | None = None,
    limit: int = 100,
) -> PolicyReplay:
    """Judge a model's past attempts by another policy, from what was known at their time.

    ``text`` is what would stand in params.yaml, ``commit`` one that has it; without both it is the
    policy that decides now. Metrics, signatures and comparisons never change; verdicts, grades,
    descriptions and who was in production are taken as they were. ``cursor`` is the ``next`` of the
    answer to go on from. Raises: ModelNotFound, InvalidPolicy, PolicyElsewhere, CommitNotFound,
    NotAProject, InvalidCursor, InvalidSetting for both.
    """
    before = _before(cursor)
    judging = _policy(registry, model, text, commit)
    with registry.metadata.reading_all() as connection:
        model_id = get_model(connection, model)
        found = list_attempts_of(connection, model_id, before, limit + 1)
        replayed = tuple(
            _replay(connection, model, judging.policy, model_id, version_id, attempt)
            for _, version_id, attempt in found[:limit]
        )
    return PolicyReplay(
        model=model,
        policy=judging.policy,
        commit=judging.commit,
        attempts=replayed,
        more=len(found) > limit,
        next=str(found[limit - 1][0]) if len(found) > limit else None,
    )


def _before(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    if not _CURSOR.fullmatch(cursor):
        raise InvalidCursor("is not the `next` of a replay")
    return int(cursor)


def _policy(registry: Registry, model: str, text: str | None, commit: str | None) -> JudgingPolicy:
    if text is not None and commit is not None:
        raise InvalidSetting("commit", commit, "give a text or a commit, not both")
    if text is not None:
        return JudgingPolicy(policy=parse_policy(model, text.encode()), commit=None)
    return policy_over(registry, model) if commit is None else policy_at(registry, model, commit)


def _replay(
    connection: sa.Connection,
    model: str,
    policy: Policy,
    model_id: int,
    version_id: int,
    attempt: PromotionAttempt,
) -> ReplayedAttempt:
    then = find_then(connection, model_id, version_id, attempt)
    past = _blank(attempt) if then is None else _past(connection, policy, then)
    return replay(model, policy, past)


def _blank(attempt: PromotionAttempt) -> Past:
    """Know nothing of an attempt that no event tells of, as in a store that came from elsewhere."""
    facts = Facts(
        ref=attempt.version,
        metrics={},
        signature=None,
        description="",
        grade="F",
        grade_reasons=(),
        verdicts=(),
        incumbent=None,
        comparison=None,
    )
    return Past(attempt, facts, None, nothing="no event tells what was known then")


def _past(connection: sa.Connection, policy: Policy, then: Then) -> Past:
    attempt, version_id = then.attempt, then.version_id
    row = versions.read_row(connection, version_id)
    grade, reasons = then.grade(row.grade, tuple(row.grade_reasons))
    said = then.description()
    incumbent, comparison = None, None
    if (held := then.production()) is not None:
        ref = get_by_id(through(connection), held).version
        _, signature = versions.read_recipe(connection, held)
        incumbent = Incumbent(ref=ref.ref, signature=signature)
        comparison = next(
            (
                made
                for made in evidence.list_comparisons(connection, version_id)
                if made.incumbent_uuid == ref.uuid
                and made.at <= attempt.at
                and is_by(made, policy.evaluation)
            ),
            None,
        )
    facts = Facts(
        ref=attempt.version,
        metrics=runs.read_metrics(connection, row.run_id),
        signature=versions.read_recipe(connection, version_id)[1],
        description=said or "",
        grade=grade,
        grade_reasons=reasons,
        verdicts=then.verdicts(),
        incumbent=incumbent,
        comparison=comparison,
        approved_by=then.approvers(),
        stays={
            gate.stage: last_stay(
                connection, version_id, gate.stage, attempt.environment, then.sequence
            )
            for gate in gates_of(policy, attempt.target, attempt.environment)
            if isinstance(gate, Soaked)
        },
        at=attempt.at,
    )
    lost = "what was said of it then is lost: the store was rebuilt from Git, which keeps no texts"
    return Past(
        attempt,
        facts,
        attempt.judged_by.policy.evaluation,
        description_lost=lost if said is None else None,
    )
