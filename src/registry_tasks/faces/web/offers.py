"""What a page offers somebody: who may move one alias only is offered that one."""

from registry_tasks.entities.access import ANY, Identity
from registry_tasks.entities.permission import Permission
from registry_tasks.rules.access import may


def movable_aliases(who: Identity, model: str) -> tuple[str, ...] | None:
    """Return the aliases of a model that somebody may move; None means any."""
    if may(who, Permission.MOVE_ALIAS, model, ANY):
        return None
    named = {right.alias for right in who.rights or () if right.alias is not None}
    return tuple(sorted(a for a in named if may(who, Permission.MOVE_ALIAS, model, a)))
