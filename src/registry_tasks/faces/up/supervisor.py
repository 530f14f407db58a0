"""Start several children, keep them up, end them together."""

import time
from collections.abc import Callable, Sequence
from threading import Event
from typing import Final

from registry_tasks.entities.errors import ProgramFailed
from registry_tasks.faces.up.child import Child, Plan

_LOOK_S: Final = 0.2
_DEADLINE_S: Final = 180  # Prefect's first database takes its time

Tell = Callable[[str], None]


def keep_up(plans: Sequence[Plan], stop: Event, tell: Tell) -> None:
    """Run all, one after the other, until ``stop``; whatever happens, none is left.

    Raises: ProgramFailed for one that does not come up the first time.
    """
    children: list[Child] = []
    try:
        for plan in plans:
            children.append(Child(plan))
            _come_up(children[-1], stop, tell)
        while not stop.wait(_LOOK_S):
            for child in children:
                if told := child.look_after():
                    tell(told)
    finally:
        for child in children:
            child.let_go()
        for child in children:
            child.end()


def _come_up(child: Child, stop: Event, tell: Tell) -> None:
    """Start a child and wait until it is ready, as the next one may need it."""
    deadline = time.monotonic() + _DEADLINE_S
    child.start()
    while not stop.wait(_LOOK_S):
        if child.is_ready():
            tell(f"{child.plan.name}: {child.plan.address or 'is there'}")
            return
        if not child.is_alive or time.monotonic() > deadline:
            raise ProgramFailed("registry", "up", _why(child))


def _why(child: Child) -> str:
    words = child.last_words()
    said = f"; its last words:\n{words}" if words else ""
    return f"{child.plan.name} did not come up; its log is {child.plan.log}{said}"
