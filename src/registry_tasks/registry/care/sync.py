"""Sync: finish what verbs and dead processes left, here and in Git."""

from typing import Final, NamedTuple

from registry_tasks.entities.approval import Approval
from registry_tasks.entities.delivery import Delivered
from registry_tasks.registry.catalogue.confirm_pushed import confirm_pushed
from registry_tasks.registry.experiments.train import tidy_up
from registry_tasks.registry.ledger import mirror
from registry_tasks.registry.lifecycle.carry_on import carry_on
from registry_tasks.registry.outward.deliver import deliver
from registry_tasks.registry.registry import Registry
from registry_tasks.registry.stakes import announce

_DELIVERING_S: Final = 5.0
"""How long a person waits for receivers."""


class Synced(NamedTuple):
    """What there was to finish."""

    tags: int  # Git tags that were written
    swept: tuple[str, ...]  # workspaces of dead processes, by name
    regraded: tuple[str, ...]  # references of versions whose commits have been pushed since
    closed: tuple[Approval, ...]  # requests for approval that ended, promoted or not
    delivered: Delivered  # events, to those who subscribed


def finish(registry: Registry) -> tuple[Approval, ...]:
    """Do the part of ``sync`` that a running server does all the time: it looks into no folder.

    Returns the requests for approval that ended. What people approved of does not wait for Git.
    """
    closed = carry_on(registry)
    mirror.sync(registry)
    return closed


def sync(registry: Registry) -> Synced:
    """Write queued Git tags, clear away what dead runs left, see which commits were pushed.

    And let what people approved of happen, and events leave. Safe to run at any time and from
    several processes. What this store is to others in a remote that it shares is said there too,
    should the process have died that wrote first. Slow receivers are waited for only so long. Raises what one of these raises, after those
    before it were done.
    """
    if registry.objects.is_there():
        announce(registry)
    return Synced(
        tags=mirror.sync(registry),
        swept=tidy_up(registry),
        regraded=confirm_pushed(registry),
        closed=carry_on(registry),
        delivered=deliver(registry, within_s=_DELIVERING_S),
    )
