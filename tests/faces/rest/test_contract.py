"""Every route gives what its verb gives: nothing lost on the way, nothing added."""

from typing import Any, Final
from uuid import UUID

import httpx
import pytest
from support.http_server import asking
from support.site import KITE, MODEL
from support.stories import FOUND
from support.world import World

from registry_tasks import connect
from registry_tasks.entities.errors import RegistryError
from registry_tasks.entities.reproduction import Verdict
from registry_tasks.entities.subscription import Receiver, Subscribe
from registry_tasks.faces.http.caller import OpenReader
from registry_tasks.faces.rest.examples import EXAMPLES
from registry_tasks.faces.rest.openapi import document
from registry_tasks.faces.rest.operations import Operation, operations
from registry_tasks.faces.rest.parameters import MEANINGS
from registry_tasks.faces.routes import FILE
from registry_tasks.registry.care.drill import keep_drill
from registry_tasks.registry.catalogue.datasets import list_dataset_states, list_datasets
from registry_tasks.registry.catalogue.show import list_runs, show
from registry_tasks.registry.experiments.sweep import list_sweeps
from registry_tasks.registry.lifecycle.approvals import list_approvals
from registry_tasks.registry.outward.subscriptions import subscribe
from registry_tasks.registry.registry import Registry

pytestmark = pytest.mark.slow

READING: Final = [o for o in operations() if o.route.method == "GET"]
WRITING: Final = [o for o in operations() if o.route.method == "POST"]
REF: Final = f"{KITE}@2"
MAY_BE_REFUSED: Final = frozenset(
    {"environment-file", "code", "openlineage", "approval", "sweep", "rebuild-run"}
)
"""What not every world has; then the refusal must be the verb's own."""


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"X-Long": "x" * 33_000}, 431), ({"Content-Encoding": "gzip"}, 415)],
    ids=["long", "compressed"],
)
def test_what_headers_are_refused_for_is_described(
    still: tuple[World, str], headers: dict[str, str], status: int
) -> None:
    with asking(still[1]) as client:
        for path, item in document()["paths"].items():
            for method, told in item.items():
                assert client.request(method, path, headers=headers).status_code == status
                assert str(status) in told["responses"], path


def arguments(world: World) -> dict[str, dict[str, Any]]:
    """Ask something of each verb that the world can answer."""
    registry = world.registry()
    data = list_datasets(registry)[0].name
    state = f"{data}@{list_dataset_states(registry, data)[0].md5}"
    sweeps, waiting = list_sweeps(registry), list_approvals(registry)
    model, subject, metric = {"model": KITE}, {"subject": REF}, {"model": KITE, "metric": "auc"}
    searched = {"filter": "number > 0", "order_by": "metrics.auc desc", "limit": 2}
    return {
        "models": {"limit": 1},
        "model": model,
        "versions": model | {"limit": 2, "deleted": True},
        "version": {"ref": REF},
        "resolve": {"ref": f"{KITE}@production"},
        "runs": model | {"limit": 2},
        "run": {"run": f"run:{list_runs(registry, KITE)[0].uuid}"},
        "experiments": {},
        "sweeps": {},
        "sweep": {"uuid": sweeps[0].uuid if sweeps else "none"},
        "approvals": {},
        "approval": {"uuid": waiting[0].uuid if waiting else "none"},
        "notes": subject,
        "schema": {"model": MODEL},
        "history": {"kinds": ["version.promoted", "version.registered"], "limit": 3},
        "tenures": {"ref": f"{KITE}@production"},
        "search-versions": searched,
        "search-models": {"filter": f"model = '{KITE}'"},
        "search-runs": {"model": KITE, "limit": 1},
        "search-facets": {},
        "compare": {"refs": [f"{KITE}@1", REF]},
        "curves": {"refs": [f"{KITE}@1", REF], "series": []},
        "diff": {"before": f"{KITE}@1", "after": REF},
        "trend": metric,
        "datasets": {},
        "dataset": {"dataset": data},
        "dataset-states": {"name": data},
        "dataset-users": {"state": state},
        "dataset-lineage": {"dataset": state, "direction": "forward", "depth": 3},
        "environment": {"ref": REF},
        "environment-file": {"ref": REF, "form": "requirements"},
        "lineage": {"subject": REF},
        "openlineage": {"ref": REF},
        "code": {"ref": REF},
        "deployments": {"over": True},
        "policy": {"subject": REF},
        "policy-check": {"text": "registry: {models: {kite: {stages: {production: []}}}}"},
        "policy-replay": model,
        "archiving-plan": model,
        "dropping-plan": model,
        "rebuild-run": {"uuid": str(UUID(int=1))},
        "drills": {"failing": True, "limit": 2},
        "risks": {"limit": 2},
        "accounts": {},
        "tokens": {},
        "subscriptions": {},
        "deliveries": {"dead": True},
    }


def said_by(verb: Operation, registry: Registry, asked: dict[str, Any]) -> Any:
    """What the verb says when it is asked directly, or what it raises."""
    told = verb.asked.model_validate(asked)
    try:
        if verb.reads:
            return verb.verb(OpenReader(registry.settings), told)
        return verb.verb(registry, **{n: getattr(told, n) for n in type(told).model_fields})
    except RegistryError as error:
        return error


def test_every_verb_has_an_example_here(reading: tuple[World, httpx.Client]) -> None:
    assert set(arguments(reading[0])) == {o.name for o in READING}
    assert set(EXAMPLES) == {o.name for o in WRITING}


@pytest.mark.parametrize("verb", READING, ids=lambda o: o.name)
def test_a_reading_route_answers_what_its_verb_does(
    reading: tuple[World, httpx.Client], verb: Operation
) -> None:
    world, client = reading
    asked = arguments(world)[verb.name]
    expected = said_by(verb, world.registry(), asked)
    answer = client.get(verb.route.path, params=asked)
    if isinstance(expected, RegistryError):
        assert verb.name in MAY_BE_REFUSED
        assert answer.json()["error"] == type(expected).__name__
        assert answer.json()["detail"] == str(expected)
        return
    assert answer.status_code == 200, answer.text
    if isinstance(expected, bytes):
        assert answer.content == expected
        return
    if isinstance(expected, tuple):
        assert isinstance(answer.json(), list)
    assert verb.answer.validate_json(answer.content) == expected
    again = client.get(
        verb.route.path, params=asked, headers={"If-None-Match": answer.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_an_example_is_what_its_verb_takes(name: str) -> None:
    (verb,) = [o for o in WRITING if o.name == name]
    named = {"path": "roc.png"} if verb.name == "run-file" else {}
    made = verb.asked.model_validate(EXAMPLES[name] | named)
    assert made.moves() is None or made.needs.startswith("move the")


def test_pages_lead_to_all_there_is_and_no_further(reading: tuple[World, httpx.Client]) -> None:
    _world, client = reading
    for path, asked in (
        ("versions", {"model": MODEL}),
        ("history", {}),
        ("search/versions", {"filter": ""}),
        ("models", {}),
    ):
        whole = client.get(f"/api/v1/{path}", params={**asked, "limit": 1000}).json()
        found: list[Any] = []
        answer = client.get(f"/api/v1/{path}", params={**asked, "limit": 2})
        found += items(answer.json())
        while "next" in answer.links:
            answer = client.get(answer.links["next"]["url"])
            found += items(answer.json())
        assert found == items(whole), path
        assert len(found) > 1, path


@pytest.mark.slow
def test_risks_drills_replays_and_subscriptions_go_on_as_well(
    changing: tuple[World, httpx.Client],
) -> None:
    world, client = changing
    world.raise_to(f"{MODEL}@1", "staging", "production")
    world.reproduced(show(world.registry(), f"{MODEL}@1").version, Verdict.DIFFERENT)
    world.reproduced(show(world.registry(), f"{MODEL}@2").version, Verdict.DIFFERENT)
    for number in (1, 2, 1):
        keep_drill(world.registry(), f"{MODEL}@{number}", FOUND)
    for name in ("a", "b", "c"):
        subscribe(world.registry(), Subscribe(name=name, receiver=Receiver.PREFECT))
    for path, asked, count in (
        ("risks", {}, 4),
        ("drills", {}, 3),
        ("drills", {"failing": True}, 2),
        ("policy/replay", {"model": MODEL}, 2),
        ("subscriptions", {}, 3),
    ):
        whole = items(client.get(f"/api/v1/{path}", params=asked).json())
        assert len(whole) == count, path
        answer = client.get(f"/api/v1/{path}", params={**asked, "limit": 1})
        found = items(answer.json())
        while "next" in answer.links:
            answer = client.get(answer.links["next"]["url"])
            found += items(answer.json())
        assert found == whole, path
    for path, name in (("risks", "before"), ("policy/replay", "cursor")):
        wrong = client.get(f"/api/v1/{path}", params={"model": MODEL, name: "mower@1"})
        assert (wrong.status_code, wrong.json()["error"]) == (400, "InvalidCursor")
    with connect(str(client.base_url)) as sdk:
        assert [one.name for one in sdk.subscriptions(after="a")] == ["b", "c"]
        (first, *_) = sdk.risks(limit=1)
        assert len(sdk.risks(before=first.id)) == 3
        assert len(sdk.drills(before=sdk.drills()[0].id)) == 2
        replayed = sdk.replay_policy(MODEL, limit=1)
        assert len(sdk.replay_policy(MODEL, cursor=replayed.next).attempts) == 1


@pytest.mark.slow
def test_a_number_that_no_column_holds_is_refused(changing: tuple[World, httpx.Client]) -> None:
    _, client = changing
    of = {"history": {}, "drills": {}, "notes": {"subject": MODEL}, "versions": {"model": MODEL}}
    for path, asked in of.items():
        for number, status in ((2**31 - 1, 200), (2**31, 400), (2**53, 400)):
            answer = client.get(f"/api/v1/{path}", params={**asked, "before": number})
            assert answer.status_code == status, (path, number, answer.text)


def items(page: Any) -> list[Any]:
    if isinstance(page, list):
        return page
    (listed,) = (page[name] for name in ("items", "attempts") if name in page)
    return list(listed)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"ref": "kite@1", "reff": "x"}, "extra inputs are not permitted"),
        ({"ref": ["kite@1", "kite@2"]}, "it is given twice"),
        ({}, "field required"),
        ({"ref": "../../etc/passwd"}, "MalformedReference"),
        ({"ref": "kite@1", "at": "2026-01-01"}, "without its zone"),
    ],
)
def test_a_query_is_read_strictly(
    reading: tuple[World, httpx.Client], asked: dict[str, Any], said: str
) -> None:
    answer = reading[1].get("/api/v1/resolve", params=asked)
    assert answer.status_code == 400
    assert said in answer.text


def test_a_page_has_a_limit(reading: tuple[World, httpx.Client]) -> None:
    for path in ("versions", "runs"):
        for limit in ("0", "-1", "1001", "9" * 5000):
            asked = {"model": KITE, "limit": limit}
            assert reading[1].get(f"/api/v1/{path}", params=asked).status_code == 400


def test_the_description_tells_of_every_route_in_full(reading: tuple[World, httpx.Client]) -> None:
    _world, client = reading
    told = client.get("/api/v1/openapi.json").json()
    assert told == document()
    assert set(told["paths"]) == {o.route.path for o in operations()} | {FILE}
    for path, methods in told["paths"].items():
        for operation in methods.values():
            assert operation["summary"], path
            answers = operation["responses"].keys()
            assert len(answers & {"200", "202"}) == 1, path
            assert answers >= {"400", "401", "403", "404", "500"}, path
            for parameter in operation["parameters"]:
                assert parameter["description"] not in ("", parameter["name"]), (path, parameter)


def test_every_argument_is_explained() -> None:
    named = {n for o in READING for n in o.asked.model_fields}
    assert named <= set(MEANINGS)
