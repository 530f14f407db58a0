"""Roll back: give production back to the version that held it before, in one transaction."""

from registry_tasks.entities.errors import InvalidPolicy, NothingToRollBack
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.policy import Policy
from registry_tasks.entities.promotion import RollBack, Transition
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT, Stage, slot
from registry_tasks.registry.carry_out import carry_out, recall
from registry_tasks.registry.lifecycle.moves import check_current, follow, move
from registry_tasks.registry.policies import policy_over
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import stages
from registry_tasks.stores.metadata.attempts import list_attempts_of
from registry_tasks.stores.metadata.lookup import get_by_id, slot_holder
from registry_tasks.stores.metadata.models import get_model
from registry_tasks.stores.metadata.query import through
from registry_tasks.stores.metadata.store import Transaction


def roll_back(registry: Registry, request: RollBack) -> Transition:
    """Swap production with its last former holder that is not deleted, archived or not.

    Its gates are not asked again: they held when it was promoted, and it has not changed. Policy
    only says which aliases follow; where it cannot be read, the last one that judged a promotion
    does. Raises: ModelNotFound, NothingToRollBack, CurrentMoved, PolicyElsewhere.
    """
    if told := recall(registry, request, Transition):
        return told
    found = _policy(registry, request.model)
    place, environment = Stage.PRODUCTION, request.environment

    def act(tx: Transaction) -> Transition:
        query = through(tx.connection)
        model_id = get_model(tx.connection, request.model)
        holder = slot_holder(query, model_id, environment, place)
        number = None if holder is None else holder.version.number
        check_current(slot(place, environment), request.expect_current, number)
        former = stages.former_holders(tx.connection, model_id, environment, place)
        earlier = next((i for i in former if holder is None or i != holder.id), None)
        if earlier is None:
            raise NothingToRollBack(request.model, slot(place, environment))
        back = get_by_id(query, earlier)
        moves = []
        if holder is not None:
            kind = EventKind.VERSION_DISPLACED
            why = f"rolled back to {back.version.ref}"
            moves.append(
                move(tx, holder, Stage.EXPERIMENT, kind, environment=environment, reason=why)
            )
        if environment != DEFAULT_ENVIRONMENT and back.version.stage == Stage.ARCHIVED:
            why = f"rolled back to in {environment}"  # what serves anywhere is not out of sight
            moves.append(move(tx, back, Stage.EXPERIMENT, EventKind.VERSION_RESTORED, reason=why))
        kind = EventKind.VERSION_ROLLED_BACK
        moves.append(move(tx, back, place, kind, environment=environment, reason=request.reason))
        policy = _judged(tx, model_id) if found is None else found
        moved_aliases = follow(tx, back, place, environment, policy)
        return Transition(moves=tuple(moves), aliases=moved_aliases)

    return carry_out(registry, request, act, Transition)


def _policy(registry: Registry, model: str) -> Policy | None:
    """Return the policy that decides now, None where there is none to be read."""
    try:
        judging = policy_over(registry, model)
    except InvalidPolicy:
        return None  # the way back is open whatever params.yaml looks like
    return None if judging.commit is None else judging.policy


def _judged(tx: Transaction, model_id: int) -> Policy:
    """Return the policy that judged the model's last attempt to promote."""
    made = list_attempts_of(tx.connection, model_id, None, 1)
    return made[0][2].judged_by.policy if made else Policy()
