"""Which permissions a role gives, and whether somebody has one of a model."""

from types import MappingProxyType
from typing import Final

from registry_tasks.entities.access import ANY, Identity, Right, Role
from registry_tasks.entities.permission import Permission as P
from registry_tasks.entities.stage import POOLS, slot

_EVERYBODY: Final = frozenset({P.READ, P.OWN_TOKENS})
PERMISSIONS: Final = MappingProxyType[Role, frozenset[P]](
    {
        Role.VIEWER: _EVERYBODY,
        Role.DEVELOPER: _EVERYBODY | {P.ANNOTATE, P.RECORD},
        Role.APPROVER: _EVERYBODY | {P.ANNOTATE, P.APPROVE},
        Role.ADMIN: frozenset(P),
    }
)
"""Moving is no role's but the admin's: a stage or an alias is granted by name, or all by ``*``."""
_MOVED_BY: Final = {P.MOVE_STAGE: "--stage", P.MOVE_ALIAS: "--alias"}
OF_ALL_MODELS: Final = frozenset({P.ACCESS, P.SUBSCRIBE, P.CARE})
"""What concerns more than one model, so that a right of a single one does not give it."""


def may(who: Identity, permission: P, model: str | None = None, moved: str | None = None) -> bool:
    """Whether somebody may do something with a model, ``moved`` being the stage or alias.

    Without a model it is enough to have the permission of any, but for what concerns all of them.
    Who has any right of a registry may read all of it.
    """
    if who.rights is None:
        return True
    return any(
        _gives(right, permission, moved) and _covers(right, permission, model)
        for right in who.rights
    )


def may_somehow(who: Identity, permission: P) -> bool:
    """Whether there is a model, stage or alias of which somebody may do something."""
    return who.rights is None or any(
        may(who, permission, right.model, right.stage or right.alias) for right in who.rights
    )


def stage_at_stake(source: str, target: str, environment: str) -> str:
    """Return the stage that a move takes a right to: the one entered, or left for a pool.

    So whoever may put versions into experiment cannot empty production by that.
    """
    leaves = target in POOLS and source not in POOLS
    return slot(source if leaves else target, environment)


def movable_aliases(who: Identity, model: str) -> tuple[str, ...] | None:
    """Return the aliases of a model that somebody may move; None means any."""
    if may(who, P.MOVE_ALIAS, model, ANY):
        return None
    named = {right.alias for right in who.rights or () if right.alias is not None}
    return tuple(sorted(a for a in named if may(who, P.MOVE_ALIAS, model, a)))


def needed_right(permission: P, model: str | None = None, moved: str | None = None) -> str:
    """Return the least right that gives a permission, as ``registry access grant`` takes it."""
    flag = _MOVED_BY.get(permission)
    role = next(role for role in Role if permission in PERMISSIONS[role])
    right = f"{flag} {moved or 'NAME'}" if flag else str(role)
    return right if model is None or permission in OF_ALL_MODELS else f"{right} --model {model}"


def _gives(right: Right, permission: P, moved: str | None) -> bool:
    if right.role is not None:
        return permission in PERMISSIONS[right.role]
    if permission in _EVERYBODY:
        return True
    wanted = {P.MOVE_STAGE: right.stage, P.MOVE_ALIAS: right.alias}.get(permission)
    return wanted is not None and wanted in (ANY, moved)


def _covers(right: Right, permission: P, model: str | None) -> bool:
    if right.model is None or permission in _EVERYBODY:
        return True
    return permission not in OF_ALL_MODELS and model in (None, right.model)
