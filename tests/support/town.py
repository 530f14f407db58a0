"""A served registry with people in it, and whoever comes in."""

from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final

from registry_tasks.entities.access import Identity, Right, Role
from registry_tasks.registry.registry import Registry
from support.site import ADMIN
from support.visiting import Visitor
from support.world import World

_ADMIN: Final = Right(role=Role.ADMIN)


@dataclass
class Town:
    """``tokens`` are of those whom support/site.py lets in, by name."""

    world: World
    site: str
    tokens: dict[str, str]
    stack: ExitStack

    def registry(self) -> Registry:
        """The registry as its admin opens it."""
        made = Registry(self.world.settings, Identity(actor=ADMIN, rights=(_ADMIN,)))
        self.stack.callback(made.close)
        return made

    def stranger(self) -> Visitor:
        """Somebody whom nobody knows."""
        return self.stack.enter_context(Visitor(self.site))

    def person(self, name: str) -> Visitor:
        """Somebody who has logged in."""
        return self.stranger().log_in(self.tokens[name])
