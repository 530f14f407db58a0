"""Foresee: refuse at once a training that could not end well, before anything is started."""

from registry_tasks.entities.errors import DirtyCheckout
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.run import Train
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT
from registry_tasks.registry.experiments.workspaces import scratch
from registry_tasks.registry.permit import check_permitted
from registry_tasks.registry.policies import policy_of
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.gates import gates_for
from registry_tasks.stores.dvc.parameters import FILE, override_parameters
from registry_tasks.stores.dvc.project import read_declaration


def foresee(registry: Registry, request: Train, promote_to: tuple[str, ...] = ()) -> None:
    """Check what is known beforehand: rights, model, commit, parameters, checkout, policy.

    Raises: NotPermitted, ModelNotFound, CommitNotFound, UnknownParameter, DirtyCheckout, InvalidPolicy.
    """
    repository = registry.repository
    check_permitted(registry, Permission.RECORD, request.model)
    read_declaration(repository.root, request.model)
    policy = policy_of(registry, request.model).policy
    for stage in promote_to:
        gates_for(request.model, policy, stage, DEFAULT_ENVIRONMENT)
    if request.commit is None:
        uncommitted = repository.uncommitted()
        if uncommitted and policy.require_clean:
            raise DirtyCheckout(uncommitted)
        parameters = (repository.root / FILE).read_bytes()
    else:
        parameters = repository.read(repository.commit(request.commit), FILE) or b""
    with scratch(registry) as folder:
        (folder / FILE).write_bytes(parameters)
        override_parameters(folder, request.parameters)
