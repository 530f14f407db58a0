"""A case: what is there before a verb, the call, and what must be there after."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from support.world import World

from registry_tasks.entities.request import Request
from registry_tasks.registry.registry import Registry

from .looking import check_nothing_half_done

Act = Callable[[World], object]
Verb = Callable[..., object]
KEY = "asked once"


class Case(NamedTuple):
    """Verbs, and how to see that they had their one effect."""

    prepare: Callable[[Any], Act]
    check: Callable[[Any], None]
    verbs: tuple[Verb, ...]  # all that the act calls: it is seen at work at points of its own
    requests: tuple[type[Request], ...] = ()
    kind: type[World] = World
    look: Callable[[Any], None] = check_nothing_half_done  # before anybody goes on


class EmptyWorld(World):
    """A world whose store comes and goes: each registry is opened anew."""


def ask(verb: Callable[..., object], request: Any) -> Act:
    """Make a call that can be made again."""
    return partial(_call, verb, request)


def _call(verb: Callable[[Registry, Any], object], request: Any, world: World) -> object:
    return verb(world.registry(), request)
