"""P17: whatever is asked, no answer that is not described, none of a failure that nobody foresaw."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import checks
from schemathesis.specs.openapi import checks as described
from support.site import ADMIN, AUTHOR, KITE, MODEL, let_people_in
from support.trials import Trial
from support.worker_processes import served
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
HEADERS: Final = {
    "If-Match": ["*", "*", "*", '"all-1.0"', 'W/"x", "version-1-9"'],
    "Idempotency-Key": ["once", "twice", "a key"],
    "If-None-Match": ["*", '"x"'],
    "If-Range": ['"x"', "Mon, 23 Nov 2026 00:00:00 GMT"],
    "Range": ["bytes=0-3", "bytes=2-", "bytes=-2", "bytes=999999-", "bytes=0-1, 3-4", "lines=1-2"],
    "Repr-Digest": ["sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:", "sha-256=:x:"],
}
"""What each header may well say, beside anything else."""
ROLES: Final = {"without accounts": None, "as a developer": AUTHOR, "as an admin": ADMIN}
MODES: Final = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
SHORT, FULL = 2, 5
"""How many examples of each kind an operation is asked."""


def described_with_names() -> dict[str, Any]:
    """The description, with names that exist as examples, else hardly anything is ever found."""
    told = document()
    for item in told["paths"].values():
        for operation in item.values():
            operation["parameters"] = [_named(of) for of in operation["parameters"]]
    for kind in (o.asked.__name__ for o in operations() if o.route.method == "POST"):
        schema = told["components"]["schemas"].get(kind, {})
        for name, of in schema.get("properties", {}).items():
            if name in NAMES and of.get("type") == "string":
                of["enum"] = [*NAMES[name], "none@1"]
    return told


def _named(parameter: dict[str, Any]) -> dict[str, Any]:
    of = parameter.get("schema", {})
    if parameter["in"] == "header":
        known = "|".join(re.sub(r"([*+.?])", r"\\\1", text) for text in HEADERS[parameter["name"]])
        return parameter | {"schema": of | {"pattern": f"^({known}|[ -~]{{0,30}})$"}}
    if parameter["name"] in NAMES and of.get("type") == "string":
        return parameter | {"schema": of | {"enum": [*NAMES[parameter["name"]], "none@1"]}}
    if parameter["name"] in NAMES and of.get("type") == "array":
        items = {"type": "string", "enum": NAMES[parameter["name"]]}
        return parameter | {"schema": of | {"items": items}}
    return parameter


@pytest.fixture(params=ROLES)
def served_to(
    request: pytest.FixtureRequest, filled: Path, tmp_path: Path
) -> Iterator[tuple[str, str | None]]:
    """The address of a server in a process of its own, and a token where it asks for one."""
    copy_tree(filled, tmp_path / "fuzzed")
    world, token = World(tmp_path / "fuzzed"), None
    if (who := ROLES[request.param]) is not None:
        token = let_people_in(world)[who]
    with served(world, workers=1) as (url, _, _):
        yield url, token


SCHEMA: Final = schemathesis.openapi.from_dict(described_with_names())
OPERATIONS: Final = [found.ok() for found in SCHEMA.get_all_operations()]


@pytest.mark.slow
def test_nothing_is_answered_that_is_not_described(
    served_to: tuple[str, str | None], trial: Trial, request: pytest.FixtureRequest
) -> None:
    asked: Counter[int] = Counter()
    who = request.node.callspec.params["served_to"]
    with requests.Session() as session:
        session.trust_env = False
        if served_to[1] is not None:
            session.headers["Authorization"] = f"Bearer {served_to[1]}"
        for operation in OPERATIONS if trial.full else OPERATIONS[list(ROLES).index(who) :: 3]:
            found = [_ask(operation, mode, served_to[0], session, trial) for mode in MODES]
            assert any(found), operation.label
            asked += sum(found, Counter())
    assert asked[200] > asked.total() / 20, asked
    assert (asked[403] > 0) is (ROLES[who] == AUTHOR), asked
    assert asked.keys() >= {304, 412} or not trial.full
    counted = ", ".join(f"{count:,} {status}" for status, count in sorted(asked.items()))
    trial.report("P17", f"{asked.total():,} requests {who}", f"0 5xx, 0 undocumented: {counted}")


def _ask(
    operation: Any,
    mode: schemathesis.GenerationMode,
    url: str,
    session: requests.Session,
    trial: Trial,
) -> Counter[int]:
    asked: Counter[int] = Counter()

    @seed(trial.seed)
    @settings(
        max_examples=trial.size(SHORT, FULL),
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=[Phase.generate],
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        try:
            answer = case.call(base_url=url, session=session, timeout=60)
        except requests.ConnectionError:  # its head is so long that nobody reads it to its end
            told = case.as_transport_kwargs(base_url=url)
            request = requests.Request("GET", told["url"], params=told.get("params"))
            assert len(str(request.prepare().url)) > HEAD_BYTES
            return
        if answer.status_code == 503 and "no Prefect server is named" in answer.text:
            return  # which is so here
        asked[answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)

    with suppress(Unsatisfiable):  # what takes nothing cannot be asked wrongly
        ask()
    return asked
