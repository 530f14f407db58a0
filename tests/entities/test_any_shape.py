"""Whatever JSON stands in whatever field of a request, it is taken or refused in words."""

import json
from contextlib import suppress
from typing import Any, Final

import pytest

from registry_tasks.entities.errors import RegistryError
from registry_tasks.entities.request import Asked
from registry_tasks.faces.rest.asking import make
from registry_tasks.faces.rest.examples import EXAMPLES
from registry_tasks.faces.rest.operations import operations

PLAIN: Final[tuple[Any, ...]] = (None, True, 0, -1, 1.5, 10**30, 1e308, "", "x", "\ufffe", "a/b@1")
SHAPES: Final[tuple[Any, ...]] = (
    *PLAIN,
    *([value] for value in PLAIN),
    *({"k": value} for value in PLAIN),
    *({"": [value]} for value in PLAIN),
    *([[value, value]] for value in PLAIN),
    *({"k": [[value, value]]} for value in PLAIN),
    *({"k": {"k": value}} for value in PLAIN),
    *([], {}, [[]], [{}], {"k": {}}, {"k": []}, {"k": [[]]}, {"": ""}),
)
ASKED: Final = {o.asked: EXAMPLES.get(o.name, {}) for o in operations()}


@pytest.mark.parametrize("kind", ASKED, ids=lambda kind: kind.__name__)
def test_a_request_of_any_shape_is_refused_in_words(kind: type[Asked]) -> None:
    example = json.loads(json.dumps(ASKED[kind]))
    for name in kind.model_fields:
        for value in SHAPES:
            for told in ({**example, name: value}, {name: value}):
                with suppress(RegistryError):
                    make(kind, told).model_dump_json()
