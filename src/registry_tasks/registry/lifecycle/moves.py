"""Move versions between stages inside a verb's transaction: assignment, event, aliases, tags."""

from registry_tasks.entities.errors import CurrentMoved
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.policy import Policy
from registry_tasks.entities.promotion import NOBODY, Move
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT
from registry_tasks.registry.ledger import mirror
from registry_tasks.rules.stages import is_single, stage_of
from registry_tasks.stores.metadata import aliases, events, stages, versions
from registry_tasks.stores.metadata.lookup import StoredVersion, check_has_bytes
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.stages import Place
from registry_tasks.stores.metadata.store import Transaction


def move(
    tx: Transaction,
    stored: StoredVersion,
    target: str,
    kind: EventKind,
    *,
    environment: str = DEFAULT_ENVIRONMENT,
    reason: str = "",
) -> Move:
    """Put a version into a stage and append the event.

    Raises BytesDropped for one that would come back without its bytes.
    """
    source = stage_of(stored.version, environment)
    check_has_bytes(through(tx.connection), stored.version)
    stages.assign(
        tx, stored.id, stored.model_id, Place(target, environment, single=is_single(target))
    )
    sequence = events.append(
        tx,
        kind,
        model=stored.model_id,
        version=stored.id,
        reason=reason,
        before={"stage": source, "environment": environment},
        after={"stage": target, "environment": environment},
    )
    moved = Move(ref=stored.version.ref, environment=environment, source=source, target=target)
    repository = versions.read_row(tx.connection, stored.id).repository
    mirror.queue_move(tx, repository, stored.version, moved, sequence)
    return moved


def check_current(what: str, expected: int | None, found: int | None) -> None:
    """Compare before swapping: ``found`` is the number that is there. Raises CurrentMoved."""
    number = NOBODY if found is None else found
    if expected is not None and expected != number:
        told = [f"version {n}" if n else "nobody" for n in (expected, number)]
        raise CurrentMoved(what, *told)


def follow(
    tx: Transaction, stored: StoredVersion, stage: str, environment: str, policy: Policy
) -> dict[str, str]:
    """Point the aliases that policy lets follow a stage to the version that entered it.

    Returns alias -> reference.
    """
    if environment != DEFAULT_ENVIRONMENT:
        return {}
    names = [name for name, followed in policy.aliases.items() if followed == stage]
    for name in names:
        point(tx, stored, name, reason=f"follows {stage}")
    return dict.fromkeys(names, stored.version.ref)


def point(
    tx: Transaction, stored: StoredVersion, name: str, reason: str, expected: int | None = None
) -> None:
    """Point an alias to a version and append the event, unless it points there already.

    Raises CurrentMoved if it does not point to ``expected``, a number or ``NOBODY``, where given.
    """
    before = aliases.find_target(tx.connection, stored.model_id, name)
    number = None if before is None else before.number
    check_current(f"alias {name}", expected, number)
    if before is not None and before.version_id == stored.id:
        return
    check_has_bytes(through(tx.connection), stored.version)
    aliases.point(tx, stored.model_id, name, stored.id)
    events.append(
        tx,
        EventKind.ALIAS_MOVED,
        model=stored.model_id,
        version=stored.id,
        reason=reason,
        before={"alias": name, "version": number},
        after={"alias": name, "version": stored.version.number},
    )
