"""What stands in the way of approving a promotion, by what the caller can do next."""

from registry_tasks.entities.errors.families import Conflict, Forbidden, NotFound, Refused


class AwaitingApproval(Refused):
    """Every gate but the people's holds; the promotion waits for them, and asking again changes nothing."""

    def __init__(self, ref: str, stage: str, approval: str, people: int) -> None:
        super().__init__(ref, stage, approval, people)
        self.ref, self.stage, self.approval, self.people = ref, stage, approval, people

    def __str__(self) -> str:
        who = "one person" if self.people == 1 else f"{self.people} people"
        return (
            f"{self.ref} waits for {who} to approve of {self.stage}; it was not moved. Somebody who "
            f"neither trained nor registered it nor asked for this decides: "
            f"`registry approve {self.approval} --reason '...'`"
        )


class ApprovalNotFound(NotFound):
    """No request for approval has this id."""

    def __init__(self, approval: str) -> None:
        super().__init__(approval)
        self.approval = approval

    def __str__(self) -> str:
        return (
            f"no request for approval {self.approval!r}; `registry approvals` lists those there are"
        )


class ApprovalClosed(Conflict):
    """The request for approval is over; a decision would come too late."""

    def __init__(self, approval: str, ref: str, stage: str, outcome: str, because: str) -> None:
        super().__init__(approval, ref, stage, outcome, because)
        self.approval, self.ref, self.stage = approval, ref, stage
        self.outcome, self.because = outcome, because

    def __str__(self) -> str:
        why = f": {self.because}" if self.because else ""
        ended = f"request {self.approval} for {self.ref} to {self.stage} was {self.outcome}{why}"
        if self.outcome == "promoted":
            return f"{ended}; nothing is left to decide. To take it back: `registry rollback`"
        return (
            f"{ended}; ask anew with `registry promote {self.ref} --to ...` if it is still wanted"
        )


class EvidenceDiffers(Conflict):
    """Somebody decided about other evidence than the request holds."""

    def __init__(self, approval: str, given: str, found: str) -> None:
        super().__init__(approval, given, found)
        self.approval, self.given, self.found = approval, given, found

    def __str__(self) -> str:
        return (
            f"request {self.approval} has evidence {self.found[:12]}, not {self.given[:12]}; nothing "
            f"was decided. Look at it with `registry approval {self.approval}`, then decide"
        )


class AlreadyDecided(Conflict):
    """A person decides once."""

    def __init__(self, approval: str, actor: str, choice: str) -> None:
        super().__init__(approval, actor, choice)
        self.approval, self.actor, self.choice = approval, actor, choice

    def __str__(self) -> str:
        way = "somebody else can still decide, or it expires"
        return (
            f"{self.actor} {self.choice} request {self.approval} already, and decides once; {way}"
        )


class ApprovalBarred(Forbidden):
    """This person is not one who may approve of this promotion."""

    def __init__(self, approval: str, why: str) -> None:
        super().__init__(approval, why)
        self.approval, self.why = approval, why

    def __str__(self) -> str:
        return f"{self.why}; nothing was decided. Ask somebody else to look at {self.approval}"


class CodeRefused(Forbidden):
    """A one-time code lets nobody decide about this request, or not any more."""

    def __init__(self, approval: str, why: str) -> None:
        super().__init__(approval, why)
        self.approval, self.why = approval, why

    def __str__(self) -> str:
        return (
            f"{self.why}; nothing was decided. Open request {self.approval} in the dashboard, look "
            f'at it and make a new one there ("Code for Prefect"), or run `registry approval-code '
            f"{self.approval}`"
        )


class PolicyBehind(Refused):
    """This checkout does not know the policy that the request was made under."""

    def __init__(self, approval: str, root: str, commit: str) -> None:
        super().__init__(approval, root, commit)
        self.approval, self.root, self.commit = approval, root, commit

    def __str__(self) -> str:
        return (
            f"request {self.approval} was made under the policy of commit {self.commit[:12]}, which "
            f"is not in what {self.root} has checked out; nothing was changed. Pull it, then retry"
        )
