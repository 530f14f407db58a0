"""Read a model's policy: what the project's committed params.yaml says today."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from pydantic import JsonValue, ValidationError

from registry_tasks.entities.errors import InvalidPolicy, MalformedName, PolicyElsewhere
from registry_tasks.entities.policy import JudgingPolicy, Policy
from registry_tasks.entities.run import RUN_REFS
from registry_tasks.registry.ledger.identity import names_here
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.policies import check_policy
from registry_tasks.stores.dvc.documents import parse_document
from registry_tasks.stores.git.repository import GitRepository
from registry_tasks.stores.metadata.lookup import StoredVersion
from registry_tasks.stores.metadata.models import find_model
from registry_tasks.stores.metadata.repositories import newest_home, read_home

POLICY_FILE = "params.yaml"


def policy_of(registry: Registry, model: str) -> JudgingPolicy:
    """Return the policy at the checkout's HEAD; uncommitted edits of it do not count.

    While a run's own commit is checked out, as a colleague does to reproduce it, the policy would
    be an old one; so that is refused. Without a checkout, or where params.yaml says nothing of the
    model, the policy is empty: then nothing can reach production, because it must have a gate.
    Raises: InvalidPolicy.
    """
    repository = registry.find_repository()
    if repository is None:
        return JudgingPolicy(policy=Policy(), commit=None)
    commit = repository.head()
    return JudgingPolicy(policy=_policy_at(repository.root, commit, model), commit=commit)


def policy_over(
    registry: Registry, model: str, version: StoredVersion | None = None
) -> JudgingPolicy:
    """Return the policy that decides about a version, or about all of a model.

    Only the repository that the version comes from may say what it must pass; of a model it is
    the one of its newest run. What comes from no repository is left to the checkout at hand.
    Raises: InvalidPolicy, PolicyElsewhere.
    """
    if registry.find_repository() is not None:
        with registry.metadata.reading() as connection:
            home = None if version is None else read_home(connection, version.id)
            if home is None and (model_id := find_model(connection, model)) is not None:
                home = newest_home(connection, model_id)
            names = names_here(registry, connection)
        if home is not None and home.name not in names:
            ref = model if version is None else version.version.ref
            here = str(registry.repository.root)
            raise PolicyElsewhere(ref, home.project, home.identity, here)
    return policy_of(registry, model)


def parse_policy(model: str, text: bytes) -> Policy:
    """Read ``registry: models: <model>:`` of a params.yaml. Raises InvalidPolicy."""
    with _blaming_policy(model):
        return _policy_in(parse_document(text.decode()), model)


def policy_at(registry: Registry, model: str, revision: str) -> JudgingPolicy:
    """Return the policy of a commit of this repository, by any name that Git knows it by.

    Raises: NotAProject, CommitNotFound, InvalidPolicy.
    """
    repository = registry.repository
    commit = repository.commit(revision)
    text = repository.read(commit, POLICY_FILE) or b""
    return JudgingPolicy(policy=parse_policy(model, text), commit=commit)


def read_policies(registry: Registry) -> bytes:
    """Return the committed params.yaml that decides here. Raises NotAProject."""
    repository = registry.repository
    return repository.read(repository.head(), POLICY_FILE) or b""


@lru_cache(maxsize=64)
def _policy_at(root: Path, commit: str, model: str) -> Policy:
    with _blaming_policy(model):
        return _policy_in(_document_at(root, commit), model)


@lru_cache(maxsize=4)
def _document_at(root: Path, commit: str) -> JsonValue:
    """Read a commit's params.yaml once for all models: a commit never changes. Raises ValueError."""
    repository = GitRepository(root)
    if commit in repository.refs(f"{RUN_REFS}/").values():
        raise ValueError(
            "a run's own commit is checked out; check out a branch, its policy decides"
        )
    return parse_document((repository.read(commit, POLICY_FILE) or b"").decode())


@contextmanager
def _blaming_policy(model: str) -> Iterator[None]:
    """Raise InvalidPolicy for whatever is wrong with what is read meanwhile."""
    try:
        yield
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InvalidPolicy(model, f"{where}: {first['msg']}") from None
    except (MalformedName, ValueError) as error:
        raise InvalidPolicy(model, str(error)) from None


def _policy_in(document: JsonValue, model: str) -> Policy:
    policy = Policy.model_validate(_section(document, model))
    check_policy(model, policy)
    return policy


def _section(document: JsonValue, model: str) -> JsonValue:
    for key in ("registry", "models", model):
        if document is None:
            return {}
        if not isinstance(document, dict):
            raise InvalidPolicy(model, f"{key!r} must stand in a mapping")
        document = document.get(key)
    return {} if document is None else document
