"""Let events go to the Prefect server beside us, unless they go to one already."""

from typing import Final

from registry_tasks.entities.subscription import Receiver, Subscribe
from registry_tasks.registry.carry_out import transact
from registry_tasks.registry.outward.subscriptions import PREFECT, add
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata.store import Transaction
from registry_tasks.stores.metadata.subscriptions import find, list_kept

_NAME: Final = "prefect"


def follow_prefect(registry: Registry) -> bool:
    """Subscribe the Prefect server that a running server knows; returns whether that was new.

    Needs no right: who runs the server chose it. Raises: StoreMissing.
    """
    with registry.metadata.reading() as connection:
        if any(kept.receiver is Receiver.PREFECT for kept in list_kept(connection)):
            return False

    def act(tx: Transaction) -> bool:
        if any(kept.receiver is Receiver.PREFECT for kept in list_kept(tx.connection)):
            return False
        name = _NAME if find(tx.connection, _NAME) is None else f"{_NAME}-server"
        add(tx, Subscribe(name=name, receiver=Receiver.PREFECT), PREFECT)
        return True

    return transact(registry, act)
