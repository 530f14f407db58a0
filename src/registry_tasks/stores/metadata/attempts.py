"""Attempts to promote as they were when they were judged: what was known, who was in production."""

from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from registry_tasks.entities.event import EventKind
from registry_tasks.entities.promotion import PromotionAttempt
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.stores.metadata import tables as t
from registry_tasks.stores.metadata.evidence import ATTEMPTS, to_attempt
from registry_tasks.stores.metadata.past import Moment

_E: Final = t.event.c
_NO_END: Final = 2**31 - 1
_OF_MODEL: Final = (
    ATTEMPTS.where(
        t.version.c.model_id == sa.bindparam("model"),
        t.promotion_attempt.c.id < sa.bindparam("before"),
    )
    .order_by(t.promotion_attempt.c.id.desc())
    .limit(sa.bindparam("limit"))
)
_FIRST: Final = sa.select(sa.func.min(_E.sequence)).where(
    _E.at == sa.bindparam("at"), _E.model_id == sa.bindparam("model")
)
_TOLD: Final = (
    sa.select(_E.kind, _E.after)
    .where(
        _E.version_id == sa.bindparam("version"),
        _E.kind.in_(sa.bindparam("kinds", expanding=True)),
        _E.sequence < sa.bindparam("until"),
    )
    .order_by(_E.sequence)
)
_APPROVERS: Final = (
    sa.select(t.approval_decision.c.by)
    .join(
        t.approval_request,
        t.approval_request.c.id == t.approval_decision.c.approval_request_id,
    )
    .where(
        t.approval_request.c.version_id == sa.bindparam("version"),
        t.approval_request.c.stage == sa.bindparam("stage"),
        t.approval_request.c.environment == sa.bindparam("environment"),
        t.approval_request.c.requested_at <= sa.bindparam("at"),
        sa.or_(
            t.approval_request.c.closed_at.is_(None),
            t.approval_request.c.closed_at >= sa.bindparam("at"),
        ),
        t.approval_decision.c.choice == "approved",
        t.approval_decision.c.at <= sa.bindparam("at"),
    )
    .order_by(t.approval_decision.c.at, t.approval_decision.c.by)
)


class Then(NamedTuple):
    """The place of an attempt in the sequence: what has a smaller number was before it."""

    connection: sa.Connection
    model_id: int
    version_id: int
    attempt: PromotionAttempt
    sequence: int

    def production(self) -> int | None:
        """Return the row id of the version that was in production of the environment."""
        moment = Moment(self.connection, self.model_id, self.sequence - 1)
        return moment.holder("production", self.attempt.environment)

    def verdicts(self) -> tuple[Verdict, ...]:
        """Return what rebuilds had come to, the newest first."""
        told = self._told(EventKind.VERSION_REPRODUCED)
        return tuple(Verdict(after["verdict"]) for after in reversed(told))

    def grade(self, born: str, reasons: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        """Return the provenance grade, which was ``born`` at birth."""
        told = self._told(EventKind.VERSION_REGRADED)
        return (told[-1]["grade"], tuple(told[-1]["reasons"])) if told else (born, reasons)

    def description(self) -> str | None:
        """Return what was said of it; None where the store was rebuilt from Git, which has no texts."""
        found: str | None = None
        for after in self._told(EventKind.VERSION_REGISTERED, EventKind.VERSION_DESCRIBED):
            if not after or "number" in after or "description" in after:
                found = after.get("description")
        return found

    def approvers(self) -> tuple[str, ...]:
        """Return who had approved of it, the first one first."""
        asked = {
            "version": self.version_id,
            "stage": self.attempt.target,
            "environment": self.attempt.environment,
            "at": self.attempt.at,
        }
        return tuple(self.connection.scalars(_APPROVERS, asked))

    def _told(self, *kinds: EventKind) -> list[dict[str, Any]]:
        asked = {
            "version": self.version_id,
            "kinds": [str(kind) for kind in kinds],
            "until": self.sequence,
        }
        return [after or {} for _, after in self.connection.execute(_TOLD, asked)]


def list_attempts_of(
    connection: sa.Connection, model_id: int, before: int | None, limit: int
) -> tuple[tuple[int, int, PromotionAttempt], ...]:
    """Return a model's attempts, newest first, after their own row ids and their versions'.

    ``before`` is the row id of one to go on from.
    """
    asked = {"model": model_id, "before": min(before or _NO_END, _NO_END), "limit": limit}
    rows = connection.execute(_OF_MODEL, asked)
    return tuple((row.id, row.version_id, to_attempt(row)) for row in rows)


def find_then(
    connection: sa.Connection, model_id: int, version_id: int, attempt: PromotionAttempt
) -> Then | None:
    """Find an attempt's place in the sequence; None where no event tells of it."""
    asked = {"model": model_id, "at": attempt.at}
    first: int | None = connection.execute(_FIRST, asked).scalar_one()
    if first is None:
        return None
    return Then(connection, model_id, version_id, attempt, first)
