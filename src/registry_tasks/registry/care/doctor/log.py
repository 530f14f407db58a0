"""The log in Git against the events of the store."""

from collections.abc import Iterator
from typing import Final

import sqlalchemy as sa

from registry_tasks.entities.finding import FindingKind
from registry_tasks.entities.log_entry import LOG_REF
from registry_tasks.registry.care.doctor.ailment import BY_SYNC, Ailment, Remedy, ail
from registry_tasks.registry.care.doctor.refs import deliver
from registry_tasks.registry.ledger.log import log_state
from registry_tasks.registry.registry import Registry

_LOOKS: Final = 2
_FORWARD: Final = Remedy(
    "registry rebuild --from-git --forward",
    "it brings an older store that was put back forward to what Git knows; if the two contradict "
    "each other, docs/rebuild.md tells how to find out which is right",
)


def entries(registry: Registry) -> Iterator[Ailment]:
    """Look whether Git's log lacks events, or tells of others than the store.

    Somebody may be writing both, so what is wrong counts only when it is so again. A log that is
    behind harms nothing: the next verb brings it up to date.
    """
    try:
        for _ in range(_LOOKS):
            state = log_state(registry)
            if state.difference is None and not state.missing:
                return
    except (sa.exc.NoResultFound, LookupError):  # what the log is worked out from is incomplete
        what = "the store lacks rows that its events name, so the log cannot be compared with it"
        yield ail(FindingKind.LOG_DIFFERS, LOG_REF, what, _FORWARD)
        return
    if state.difference is not None:
        what = f"the log tells of something else than the store: {state.difference}"
        yield ail(FindingKind.LOG_DIFFERS, LOG_REF, what, _FORWARD)
    else:
        what = f"the log lacks {state.missing} events; its last one is {state.tip}"
        yield ail(FindingKind.LOG_BEHIND, LOG_REF, what, BY_SYNC, deliver, note=True)
