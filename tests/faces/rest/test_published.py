"""What was published stays: addresses.txt has every address with its arguments, ``*`` the needed ones."""

from collections import Counter
from pathlib import Path
from typing import Final, get_origin

from registry_tasks.faces.rest.answering import NEXT
from registry_tasks.faces.rest.operations import Operation, operations

PUBLISHED: Final = Path(__file__).with_name("addresses.txt").read_text().splitlines()
OPERATIONS: Final = operations()


def written(operation: Operation) -> str:
    fields = operation.asked.model_fields.items()
    names = (f"{name}*" if field.is_required() else name for name, field in fields)
    return " ".join((operation.route.method, operation.route.path, *names))


def test_what_was_published_can_still_be_asked_for() -> None:
    now = {tuple(line.split()[:2]): line.split()[2:] for line in map(written, OPERATIONS)}
    for line in PUBLISHED:
        method, path, *arguments = line.split()
        found = now[method, path]
        assert {a.strip("*") for a in arguments} <= {a.strip("*") for a in found}, line
        assert {a for a in found if a.endswith("*")} <= set(arguments), line


def test_what_there_is_is_published() -> None:
    assert list(map(written, OPERATIONS)) == PUBLISHED


WHOLE: Final = {
    "search-facets": "the twelve most common of each field",
    "openlineage": "what happened to one version",
    "archiving-plan": "a plan is carried out as a whole",
    "dropping-plan": "a plan is carried out as a whole",
}
"""Lists that have one page, and why."""


def test_every_list_goes_on_and_says_where_or_why_not() -> None:
    """A list that did not would end at its first page, for the client over HTTP as well."""
    ways = Counter[str]()
    for operation in OPERATIONS:
        if not _is_list(operation):
            continue
        asked, name = set(operation.asked.model_fields), operation.name
        if name in WHOLE:
            ways["whole"] += 1
            assert not {"limit", "before", "after", "cursor"} & asked, name
        elif name in NEXT:
            ways["item"] += 1
            assert "limit" in asked and len({"before", "after"} & asked) == 1, name
            item, _ = operation.answer_type.__args__
            assert NEXT[name] in item.model_fields, name
        else:
            ways["cursor"] += 1
            assert {"limit", "cursor"} <= asked, name
            assert "next" in operation.answer_type.model_fields, name
    assert ways == {"whole": len(WHOLE), "item": len(NEXT), "cursor": 4}


def _is_list(operation: Operation) -> bool:
    is_many = get_origin(operation.answer_type) in (tuple, list, dict)
    return operation.route.method == "GET" and (is_many or "limit" in operation.asked.model_fields)
