"""A promotion that waits for people: what they are shown, what they decided, how it ended."""

import json
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field, StringConstraints

from registry_tasks.entities.comparison import Bootstrap
from registry_tasks.entities.entity import Entity
from registry_tasks.entities.errors import AwaitingApproval
from registry_tasks.entities.gate import GateResult
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.request import Request
from registry_tasks.entities.stage import slot
from registry_tasks.entities.texts import check_prose

Why = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(check_prose)
]
EvidenceDigest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Choice(StrEnum):
    """What a person decided."""

    APPROVED = "approved"
    REJECTED = "rejected"


class Closing(StrEnum):
    """How a request for approval ended."""

    PROMOTED = "promoted"
    REJECTED = "rejected"
    VOIDED = "voided"  # what people were shown does not hold any more
    EXPIRED = "expired"


class Approve(Request):
    """Approve of a promotion, having seen the evidence with this digest."""

    needs: ClassVar = Permission.APPROVE

    approval: str = Field(description="UUID of the request for approval")
    evidence_sha256: EvidenceDigest
    reason: Why


class Reject(Request):
    """Say no to a promotion; one no is enough."""

    needs: ClassVar = Permission.APPROVE

    approval: str = Field(description="UUID of the request for approval")
    evidence_sha256: EvidenceDigest
    reason: Why


class IssueCode(Request):
    """Make a one-time code with which whoever asks decides about this evidence elsewhere."""

    needs: ClassVar = Permission.APPROVE
    tells_secret: ClassVar = True

    approval: str = Field(description="UUID of the request for approval")
    evidence_sha256: EvidenceDigest


class DecideByCode(Request):
    """Decide with a one-time code, as whoever it was made for; the code is the right to."""

    needs: ClassVar = Permission.READ
    takes_key: ClassVar = False

    approval: str = Field(description="UUID of the request for approval")
    code: str = Field(repr=False, max_length=200)
    choice: Choice
    reason: Why


class ApprovalCode(Entity):
    """A one-time code: for one account, one request and the evidence it shows."""

    approval: str
    account: str
    expires_at: datetime
    code: str = Field(repr=False)


class Shown(Entity):
    """A version as evidence has it: what it is, what it measured, what it was made from."""

    ref: str
    sha256: str
    commit: str | None
    metrics: dict[str, float]
    data: dict[str, str]  # path -> MD5


class Improvement(Entity):
    """What comparing the candidate with production on one holdout came to."""

    metric: str
    higher_is_better: bool
    holdout: str
    holdout_sha256: str
    bootstrap: Bootstrap


class Evidence(Entity):
    """All that a person is shown before deciding; its digest is what they decide about.

    ``incumbent`` is in production of the environment, ``displaces`` is who would have to make room
    in the stage. ``gates`` are all but the people's.
    """

    candidate: Shown
    stage: str
    environment: str
    incumbent: Shown | None
    displaces: str | None  # reference
    gates: tuple[GateResult, ...]
    improvement: Improvement | None
    policy_commit: str | None
    policy_sha256: str

    def digest(self) -> str:
        """Return the SHA-256 of its canonical JSON: sorted keys, no spaces, ASCII."""
        fields = self.model_dump(mode="json")
        text = json.dumps(fields, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return sha256(text.encode()).hexdigest()


class Decision(Entity):
    """What one person decided.

    ``own_work`` says that they started its run, registered it or asked for its promotion, which policy
    let pass. ``role`` is what let them decide; None in a registry without accounts.
    """

    by: str
    choice: Choice
    role: str | None
    own_work: bool
    reason: str
    at: datetime


class Approval(Entity):
    """A request for approval: of what, since when, what was decided, how it ended."""

    uuid: str
    model: str
    version: str  # reference
    stage: str
    environment: str
    evidence_sha256: str
    people: int  # how many have to approve
    reason: str
    requested_at: datetime
    requested_by: str
    expires_at: datetime
    decisions: tuple[Decision, ...] = ()  # oldest first
    outcome: Closing | None = None  # while it waits
    closed_at: datetime | None = None
    closed_by: str | None = None
    because: str | None = None

    @property
    def place(self) -> str:
        """Return the stage with its environment: ``production-eu``."""
        return slot(self.stage, self.environment)

    @property
    def approved_by(self) -> tuple[str, ...]:
        """Return who approved, the first one first."""
        return tuple(d.by for d in self.decisions if d.choice is Choice.APPROVED)

    @property
    def is_decided(self) -> bool:
        """Whether enough people approved, so that the promotion is due unless it is closed."""
        return len(self.approved_by) >= self.people


class ApprovalRecord(Entity):
    """A request for approval with its evidence, and what can be done about it now.

    ``holds`` says whether the evidence is still so, None if it is closed or nobody can tell here;
    ``why`` says what changed, or why nobody can. ``barred`` is why whoever asks cannot approve,
    None if they can.
    """

    approval: Approval
    evidence: Evidence
    holds: bool | None
    why: tuple[str, ...] = ()
    barred: str | None = None


class Awaiting(Entity):
    """A promotion that waits for people, as an answer: a flow ends with it and holds no worker."""

    ref: str
    stage: str  # with its environment
    approval: str  # UUID
    people: int

    def error(self) -> AwaitingApproval:
        """Return it as the error that callers of ``promote`` get."""
        return AwaitingApproval(self.ref, self.stage, self.approval, self.people)
