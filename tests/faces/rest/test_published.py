"""What was published stays: addresses.txt has every address with its arguments, ``*`` the needed ones."""

from pathlib import Path
from typing import Final

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


def test_every_list_that_goes_on_says_where() -> None:
    """A list that did not would end at its first page, for the client over HTTP as well."""
    lists = {
        operation.name
        for operation in OPERATIONS
        if "limit" in operation.asked.model_fields
        and {"before", "after"} & set(operation.asked.model_fields)
    }
    assert lists == set(NEXT)
    for operation in OPERATIONS:
        if operation.name in lists:
            item, _ = operation.answer_type.__args__
            assert NEXT[operation.name] in item.model_fields, operation.name
