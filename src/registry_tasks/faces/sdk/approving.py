"""Approve: promotions that wait for people."""

from typing import TYPE_CHECKING

from registry_tasks.faces.sdk.session import Session

if TYPE_CHECKING:
    from registry_tasks.entities.approval import Approval, ApprovalCode, ApprovalRecord


class Approving(Session):
    """Decides about promotions; whoever does hands back the digest of the evidence they saw."""

    def approvals(
        self,
        subject: str | None = None,
        *,
        over: bool = False,
        before: str | None = None,
        limit: int = 100,
    ) -> "tuple[Approval, ...]":
        """Return requests for approval of a model, a version or all, newest first.

        Those that wait; with ``over`` all there ever were. ``before`` is the id of one to go on
        from.
        """
        from registry_tasks.registry.lifecycle.approvals import list_approvals

        return self._ask(list_approvals, subject, over=over, before=before, limit=limit)

    def approval(self, uuid: str) -> "ApprovalRecord":
        """Return a request with its evidence, and whether that still holds."""
        from registry_tasks.registry.lifecycle.approvals import show_approval

        return self._ask(show_approval, uuid)

    def approve(
        self, uuid: str, *, evidence_sha256: str, reason: str, key: str | None = None
    ) -> "Approval":
        """Approve of a promotion, having seen this evidence; the last one needed carries it out."""
        from registry_tasks.entities.approval import Approve
        from registry_tasks.faces.going_on import show_from_here
        from registry_tasks.registry.lifecycle.approve import approve

        request = Approve(approval=uuid, evidence_sha256=evidence_sha256, reason=reason, key=key)
        made = self._ask(approve, request)
        show_from_here(self.settings, made)
        return made

    def reject(
        self, uuid: str, *, evidence_sha256: str, reason: str, key: str | None = None
    ) -> "Approval":
        """Say no to a promotion, having seen this evidence; one no is enough."""
        from registry_tasks.entities.approval import Reject
        from registry_tasks.registry.lifecycle.approve import reject

        request = Reject(approval=uuid, evidence_sha256=evidence_sha256, reason=reason, key=key)
        return self._ask(reject, request)

    def approval_code(self, uuid: str, *, evidence_sha256: str) -> "ApprovalCode":
        """Return a code with which you decide once, elsewhere, about this evidence; it holds 10 minutes."""
        from registry_tasks.entities.approval import IssueCode
        from registry_tasks.registry.lifecycle.approval_codes import issue_code

        return self._ask(issue_code, IssueCode(approval=uuid, evidence_sha256=evidence_sha256))
