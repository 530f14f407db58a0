"""Bring back bytes that versions let go of."""

from prefect import get_run_logger, task

from registry_tasks.entities.dropped_bytes import DropBytesByPolicy, Droppings, Remaking
from registry_tasks.registry.experiments.remake import bring_back, put_back, widen
from registry_tasks.registry.experiments.reproduce import Rebuild
from registry_tasks.registry.lifecycle.drop_bytes import drop_bytes_by_policy, plan_drop_bytes
from registry_tasks.registry.registry import Registry
from registry_tasks.tasks.retrying import READS, WRITES, own_key


@task(name="take the bytes back", **WRITES)
def take_bytes_back(ref: str) -> Remaking | None:
    """Write: where nobody has collected them yet, they are the version's again."""
    with Registry.open() as registry:
        return bring_back(registry, ref)


@task(name="get the data", **READS)
def rebuild_all_of_it(rebuild: Rebuild) -> Rebuild:
    """Read: if others' outputs are gone too, their data is needed as well."""
    with Registry.open() as registry:
        return widen(registry, rebuild)


@task(name="put the bytes back", **WRITES)
def put_bytes_back(rebuild: Rebuild) -> Remaking:
    """Write: every file that is the very same, or none of them."""
    with Registry.open() as registry:
        remade = put_back(registry, rebuild)
    get_run_logger().info("%s has its %d objects again", remade.version.ref, remade.objects)
    return remade


@task(name="let bytes go by policy", **WRITES)
def drop_archived(model: str) -> Droppings:
    """Write: let go of the bytes that the model's retention policy does not keep, if there are any.

    Who may archive need not have the right to it.
    """
    with Registry.open() as registry:
        if not plan_drop_bytes(registry, model):
            return Droppings(dropped=())
        dropped = drop_bytes_by_policy(registry, DropBytesByPolicy(model=model, key=own_key()))
    for each in dropped.dropped:
        get_run_logger().info("%s let go of %d bytes", each.version.ref, each.size_bytes)
    return dropped
