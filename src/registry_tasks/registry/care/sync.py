"""Sync: finish what verbs and dead processes left, here and in Git."""

from typing import NamedTuple

from registry_tasks.entities.approval import Approval
from registry_tasks.registry.catalogue.confirm_pushed import confirm_pushed
from registry_tasks.registry.experiments.train import tidy_up
from registry_tasks.registry.ledger import mirror
from registry_tasks.registry.lifecycle.carry_on import carry_on
from registry_tasks.registry.registry import Registry


class Synced(NamedTuple):
    """What there was to finish."""

    tags: int  # Git tags that were written
    swept: tuple[str, ...]  # workspaces of dead processes, by name
    regraded: tuple[str, ...]  # references of versions whose commits have been pushed since
    closed: tuple[Approval, ...]  # requests for approval that ended, promoted or not


def finish(registry: Registry) -> tuple[Approval, ...]:
    """Do the part of ``sync`` that a running server does all the time: it looks into no folder.

    Returns the requests for approval that ended. What people approved of does not wait for Git.
    """
    closed = carry_on(registry)
    mirror.sync(registry)
    return closed


def sync(registry: Registry) -> Synced:
    """Write queued Git tags, clear away what dead runs left, see which commits were pushed.

    And let what people approved of happen. Safe to run at any time and from several processes.
    Raises what one of the four raises, after those before it were done.
    """
    return Synced(
        mirror.sync(registry), tidy_up(registry), confirm_pushed(registry), carry_on(registry)
    )
