"""Whatever is asked: no answer that is not described, none of a failure that nobody foresaw."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import checks
from schemathesis.specs.openapi import checks as described
from support.http_server import serving
from support.site import KITE, MODEL
from support.trials import Trial
from support.world import World, copy_tree

from registry_tasks.faces.http.protocol import HEAD_BYTES
from registry_tasks.faces.rest.openapi import document
from registry_tasks.faces.rest.operations import operations

CHECKS: Final = [
    checks.not_a_server_error,
    described.status_code_conformance,
    described.content_type_conformance,
    described.response_schema_conformance,
    described.unsupported_method,
]
NAMES: Final = {
    "ref": [f"{KITE}@1", f"{KITE}@production", f"{MODEL}@latest"],
    "refs": [f"{KITE}@1", f"{KITE}@2"],
    "model": [KITE, MODEL],
    "subject": [KITE, f"{KITE}@1", f"{MODEL}@2"],
    "before": [f"{KITE}@1"],
    "metric": ["auc"],
}
SHORT, FULL = 4, 160
"""How many examples of each kind an operation is asked."""


def described_with_names() -> dict[str, Any]:
    """The description, with names that exist as examples, else hardly anything is ever found.

    Headers are left out: what is no HTTP is answered by who reads HTTP, before there is a request.
    """
    told = document()
    for item in told["paths"].values():
        for operation in item.values():
            kept = [of for of in operation["parameters"] if of["in"] != "header"]
            operation["parameters"] = [_named(of) for of in kept]
    for kind in (o.asked.__name__ for o in operations() if o.route.method == "POST"):
        schema = told["components"]["schemas"].get(kind, {})
        for name, of in schema.get("properties", {}).items():
            if name in NAMES and of.get("type") == "string":
                of["enum"] = [*NAMES[name], "none@1"]
    return told


def _named(parameter: dict[str, Any]) -> dict[str, Any]:
    of = parameter.get("schema", {})
    if parameter["name"] in NAMES and of.get("type") == "string":
        return parameter | {"schema": of | {"enum": [*NAMES[parameter["name"]], "none@1"]}}
    if parameter["name"] in NAMES and of.get("type") == "array":
        items = {"type": "string", "enum": NAMES[parameter["name"]]}
        return parameter | {"schema": of | {"items": items}}
    return parameter


@pytest.fixture(scope="module")
def url(filled: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("fuzzed") / "world"
    copy_tree(filled, folder)
    world = World(folder)
    with serving(world.settings) as address:
        yield address
    world.close()


SCHEMA: Final = schemathesis.openapi.from_dict(described_with_names())
OPERATIONS: Final = [found.ok() for found in SCHEMA.get_all_operations()]


@pytest.mark.slow
def test_nothing_is_answered_that_is_not_described(url: str, trial: Trial) -> None:
    asked: Counter[int] = Counter()
    for operation in OPERATIONS:
        for mode in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE):
            asked += _ask(operation, mode, url, trial.size(SHORT, FULL))
    assert asked[200] > asked.total() / 20, asked
    counted = ", ".join(f"{count:,} {status}" for status, count in sorted(asked.items()))
    trial.report("P17", f"{asked.total():,} requests", f"0 5xx, 0 undocumented: {counted}")


def _ask(operation: Any, mode: schemathesis.GenerationMode, url: str, many: int) -> Counter[int]:
    asked: Counter[int] = Counter()

    @settings(
        max_examples=many,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=[Phase.generate],
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        try:
            answer = case.call(base_url=url, timeout=60)
        except requests.ConnectionError:  # its head is so long that nobody reads it to its end
            told = case.as_transport_kwargs(base_url=url)
            request = requests.Request("GET", told["url"], params=told.get("params"))
            assert len(str(request.prepare().url)) > HEAD_BYTES
            return
        asked[answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)

    ask()
    return asked
