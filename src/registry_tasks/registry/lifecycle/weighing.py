"""Weighing: what the gates look at and find of a promotion, and what people are shown of it."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Final

import sqlalchemy as sa

from registry_tasks.entities.approval import Approval, Evidence, Improvement, Shown
from registry_tasks.entities.comparison import Comparison
from registry_tasks.entities.gate import GateResult
from registry_tasks.entities.policy import Approved, Gate, JudgingPolicy, Policy, Soaked
from registry_tasks.entities.promotion import Promote
from registry_tasks.entities.stage import Stage, slot
from registry_tasks.registry.lifecycle.moves import check_current
from registry_tasks.rules.approvals import people_gate
from registry_tasks.rules.gates import Facts, Incumbent, gates_for, is_by, judge
from registry_tasks.rules.policies import check_authors, check_environment
from registry_tasks.rules.stages import check_move, is_single, source_of
from registry_tasks.stores.metadata import evidence, grades, profiles, runs, versions
from registry_tasks.stores.metadata.access import has_accounts
from registry_tasks.stores.metadata.lookup import StoredVersion, slot_holder
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.stays import last_stay

_ADDED_LATER: Final = (
    ("environments",),
    ("stages_in",),
    ("retraining",),
    ("retention", "keep_days"),
    ("retention", "archive_after_days"),
    ("retention", "drop_bytes_after_days"),
)
"""Fields of a policy that older releases do not have."""


@dataclass(frozen=True)
class Case:
    """A promotion as the store and the policy have it now; ``gates`` are those of the stage."""

    request: Promote
    judging: JudgingPolicy
    candidate: StoredVersion
    source: str
    holder: StoredVersion | None  # of the place that it would enter
    production: StoredVersion | None
    gates: tuple[Gate, ...]
    facts: Facts

    @property
    def people(self) -> Approved | None:
        """The gate that asks for people, if there is one."""
        return people_gate(self.gates)

    def judge(self, approval: Approval | None = None) -> tuple[GateResult, ...]:
        """Let every gate judge, the people's by what was decided."""
        approved_by = () if approval is None else approval.approved_by
        return judge(self.gates, replace(self.facts, approved_by=approved_by))


def weigh(
    connection: sa.Connection,
    candidate: StoredVersion,
    request: Promote,
    judging: JudgingPolicy,
    at: datetime,
) -> Case:
    """Gather what decides at a time.

    Raises: EnvironmentNotNamed, IllegalMove, CurrentMoved, InvalidPolicy.
    """
    source, policy = source_of(candidate.version, request.environment), judging.policy
    check_environment(candidate.version.model, request.environment, policy)
    check_move(candidate.version.ref, source, request.to, policy)
    gates = gates_for(candidate.version.model, policy, request.to, request.environment)
    people, query, model_id = people_gate(gates), through(connection), candidate.model_id
    if people is not None and has_accounts(query):
        check_authors(candidate.version.model, request.to, people)
    holder = None
    if is_single(request.to):
        holder = slot_holder(query, model_id, request.environment, request.to)
    number = None if holder is None else holder.version.number
    check_current(slot(request.to, request.environment), request.expect_current, number)
    production = slot_holder(query, model_id, request.environment, Stage.PRODUCTION)
    facts = replace(
        _facts(connection, candidate, production, policy),
        stays={
            gate.stage: last_stay(connection, candidate.id, gate.stage, request.environment)
            for gate in gates
            if isinstance(gate, Soaked)
        },
        at=at,
    )
    return Case(request, judging, candidate, source, holder, production, gates, facts)


def evidence_of(connection: sa.Connection, case: Case) -> Evidence:
    """Put together what a person has to see."""
    made = case.facts.comparison
    return Evidence(
        candidate=_shown(connection, case.candidate),
        stage=case.request.to,
        environment=case.request.environment,
        incumbent=None if case.production is None else _shown(connection, case.production),
        displaces=None if case.holder is None else case.holder.version.ref,
        gates=tuple(
            result
            for gate, result in zip(case.gates, case.judge(), strict=True)
            if not isinstance(gate, Approved)
        ),
        improvement=None if made is None else _improvement(made),
        policy_commit=case.judging.commit,
        policy_sha256=policy_digest(case.judging.policy),
    )


def policy_digest(policy: Policy) -> str:
    """Return the SHA-256 of a policy's canonical JSON.

    What a later release added says nothing where it is not used: then a digest stays what it was.
    """
    said = policy.model_dump(mode="json")
    unsaid = Policy().model_dump(mode="json")
    for *sections, field in _ADDED_LATER:
        told, usual = said, unsaid
        for section in sections:
            told, usual = told[section], usual[section]
        if told[field] == usual[field]:
            del told[field]
    text = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _facts(
    connection: sa.Connection,
    candidate: StoredVersion,
    production: StoredVersion | None,
    policy: Policy,
) -> Facts:
    row = versions.read_row(connection, candidate.id)
    graded = grades.read_grade(connection, candidate.id)
    incumbent, comparison = None, None
    if production is not None:
        _, signature = versions.read_recipe(connection, production.id)
        incumbent = Incumbent(ref=production.version.ref, signature=signature)
        made = evidence.list_comparisons(connection, candidate.id)
        same = (c for c in made if c.incumbent_uuid == production.version.uuid)
        comparison = next((c for c in same if is_by(c, policy.evaluation)), None)
    return Facts(
        ref=candidate.version.ref,
        metrics=runs.read_metrics(connection, row.run_id),
        signature=versions.read_recipe(connection, candidate.id)[1],
        description=profiles.read_version_profile(connection, candidate.id).description,
        grade=graded.grade,
        grade_reasons=graded.reasons,
        verdicts=tuple(r.verdict for r in evidence.list_reproductions(connection, candidate.id)),
        incumbent=incumbent,
        comparison=comparison,
    )


def _shown(connection: sa.Connection, stored: StoredVersion) -> Shown:
    row = versions.read_row(connection, stored.id)
    recipe, _ = versions.read_recipe(connection, stored.id)
    return Shown(
        ref=stored.version.ref,
        sha256=stored.version.sha256,
        commit=stored.version.commit,
        metrics=runs.read_metrics(connection, row.run_id),
        data=dict(recipe.data),
    )


def _improvement(made: Comparison) -> Improvement:
    """Leave out who compared and when: done again with the same result, it is the same."""
    return Improvement(**{name: getattr(made, name) for name in Improvement.model_fields})
