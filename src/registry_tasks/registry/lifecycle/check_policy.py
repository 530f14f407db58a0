"""Check policies: all that is wrong with those of a params.yaml, and where it stands."""

from collections.abc import Iterator, Mapping

from pydantic import JsonValue, ValidationError

from registry_tasks.entities.errors import MalformedName, StoreMissing
from registry_tasks.entities.policy import Policy
from registry_tasks.entities.policy_replay import PolicyCheck, PolicyMistake
from registry_tasks.entities.stage import Stage
from registry_tasks.registry.policies import read_policies
from registry_tasks.registry.registry import Registry
from registry_tasks.rules.approvals import people_gate
from registry_tasks.rules.policies import lists, mistakes, why_no_authors
from registry_tasks.stores.dvc.documents import find_line, parse_document
from registry_tasks.stores.metadata.access import has_accounts
from registry_tasks.stores.metadata.query import through

_WHERE = ("registry", "models")
_NO_GATE = "has no gate, so nothing can enter it; list at least one"


def check_policy(
    registry: Registry, model: str | None = None, text: str | None = None
) -> PolicyCheck:
    """Return what is wrong with the policies of a params.yaml, all of them or a model's.

    ``text`` is what stands in the file; without it the committed one is read. Raises NotAProject.
    """
    text = read_policies(registry).decode(errors="replace") if text is None else text
    try:
        document = parse_document(text)
    except ValueError as error:
        return PolicyCheck(models=(), mistakes=(_mistake(None, str(error)),))
    for key in _WHERE:
        if document is not None and not isinstance(document, dict):
            why = f"{key!r} must stand in a mapping"
            return PolicyCheck(models=(), mistakes=(_mistake(None, why),))
        document = None if document is None else document.get(key)
    if document is not None and not isinstance(document, dict):
        found = _mistake(None, "'models' must be a mapping", find_line(text, _WHERE))
        return PolicyCheck(models=(), mistakes=(found,))
    return _check_all(document or {}, model, text, _asks_who(registry))


def _check_all(
    said: Mapping[str, JsonValue], model: str | None, text: str, with_accounts: bool
) -> PolicyCheck:
    if model is not None and model not in said:
        return PolicyCheck(
            models=(), mistakes=(_mistake(model, "params.yaml has no policy of it"),)
        )
    wanted = tuple(name for name in said if model in (None, name))
    found = tuple(
        _mistake(name, reason, find_line(text, (*_WHERE, name, *path)))
        for name in wanted
        for path, reason in _wrong(said[name], with_accounts)
    )
    return PolicyCheck(models=wanted, mistakes=found)


def _wrong(section: JsonValue, with_accounts: bool) -> Iterator[tuple[tuple[str | int, ...], str]]:
    try:
        policy = Policy.model_validate({} if section is None else section)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            where = ".".join(map(str, one["loc"]))
            yield tuple(one["loc"]), f"{where}: {one['msg']}" if where else one["msg"]
        return
    except MalformedName as error:
        yield (), str(error)
        return
    yield from mistakes(policy)
    if Stage.PRODUCTION not in policy.stages:
        yield ("stages",), f"production {_NO_GATE}"
    for at, stage, gates in lists(policy):
        if stage == Stage.PRODUCTION and not gates:
            yield at, f"{'.'.join(at)} {_NO_GATE}"
        people = people_gate(gates)
        if with_accounts and people is not None and people.author_may_approve:
            yield at, why_no_authors(stage, people)


def _mistake(model: str | None, reason: str, line: int | None = None) -> PolicyMistake:
    return PolicyMistake(model=model, reason=reason, line=line)


def _asks_who(registry: Registry) -> bool:
    try:
        with registry.metadata.reading() as connection:
            return has_accounts(through(connection))
    except StoreMissing:
        return False
