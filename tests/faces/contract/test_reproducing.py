"""A version is rebuilt by a worker, whoever asks for it: beside the store, over HTTP, from a page.

tests/faces/test_up.py lets a real Prefect and a real worker do it; here a small one is asked.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from support.http_server import asking, elsewhere, serving
from support.small_prefect import SmallPrefect, small_prefect
from support.visiting import Visitor
from support.world import World, copy_tree

from registry_tasks import Client, errors
from registry_tasks.faces.cli.app import run

from .conftest import Roads

REPRODUCE = "/api/v1/reproduce"


@pytest.fixture
def prefect() -> Iterator[SmallPrefect]:
    with small_prefect() as made:
        yield made


@pytest.fixture
def world(template: Path, tmp_path: Path) -> Iterator[World]:
    """Two versions that pipelines made."""
    copy_tree(template, tmp_path / "world")
    made = World(tmp_path / "world")
    for number in (1, 2):
        made.version(number)
    yield made
    made.close()


@pytest.fixture
def url(world: World, prefect: SmallPrefect) -> Iterator[str]:
    with serving(world.settings, prefect.url) as address:
        yield address


@pytest.fixture
def roads(world: World, prefect: SmallPrefect, url: str, tmp_path: Path) -> Iterator[Roads]:
    beside = replace(world.settings, prefect_api=prefect.url)
    with Client(beside) as local, Client(elsewhere(url, tmp_path / "elsewhere")) as http:
        yield Roads(local, http)


def test_one_key_is_one_rebuild_on_both_roads(roads: Roads, prefect: SmallPrefect) -> None:
    started = roads.local.reproduce("mower@latest", key="one")
    assert roads.http.reproduce("mower@2", key="one") == started
    assert (started.ref, started.state, started.is_over) == ("mower@2", "scheduled", False)
    assert roads.http.reproduce("mower@2").uuid != started.uuid
    assert [run["parameters"] for run in prefect.runs.values()] == [{"ref": "mower@2"}] * 2


def test_how_a_rebuild_stands_is_told_on_both_roads(roads: Roads, prefect: SmallPrefect) -> None:
    uuid = roads.http.reproduce("mower@1").uuid
    told = {"type": "FAILED", "name": "TimedOut", "message": "too long"}
    prefect.runs[uuid] |= {"state": told, "start_time": "2026-01-01T00:00:00Z"}
    stands = roads.http.rebuild_run(uuid)
    assert roads.local.rebuild_run(uuid) == stands
    assert (stands.state, stands.state_name, stands.message) == ("failed", "TimedOut", "too long")
    assert stands.is_over
    assert stands.started_at is not None


def test_the_command_line_asks_a_worker_as_well(
    world: World,
    prefect: SmallPrefect,
    url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Beside the store and over HTTP; one key is one rebuild."""
    for name, value in {**world.variables(), "PREFECT_API_URL": prefect.url}.items():
        monkeypatch.setenv(name, value)
    begin = ["reproduce", "mower@2", "--worker", "--key", "one", "--json"]
    assert run(begin) == 0
    begun = json.loads(capsys.readouterr().out)
    assert begun["ref"] == "mower@2"
    monkeypatch.delenv("PREFECT_API_URL")
    assert run(["--store", url, *begin]) == 0
    assert json.loads(capsys.readouterr().out) == begun
    assert run(["--store", url, "reproduce", "mower@2", "--worker", "--key", "one"]) == 0
    assert f"registry rebuild-run {begun['uuid']}" in capsys.readouterr().out
    (made,) = prefect.runs.values()
    made |= {"state": {"type": "FAILED", "name": "TimedOut", "message": "too long"}}
    assert run(["--store", url, "rebuild-run", begun["uuid"]]) == 0
    told = capsys.readouterr().out
    assert "rebuilds mower@2: TimedOut" in told
    assert "too long" in told
    assert run(["--store", url, "rebuild-run", str(uuid4())]) == 3
    assert run(["reproduce", "mower@2", "--key", "one"]) == 2


def test_a_client_looks_at_rebuilds_alone(roads: Roads, prefect: SmallPrefect) -> None:
    other = prefect.start({"idempotency_key": "x", "parameters": {"ref": "m@1"}})
    other["flow_id"] = prefect.flows["remake"]
    for uuid in (other["id"], str(uuid4()), "no-uuid"):
        for client in roads:
            with pytest.raises(errors.FlowRunNotFound):
                client.rebuild_run(uuid)


def test_a_key_of_another_rebuild_is_refused(roads: Roads) -> None:
    roads.local.reproduce("mower@1", key="one")
    for client in roads:
        with pytest.raises(errors.KeyReused):
            client.reproduce("mower@2", key="one")


def test_what_is_not_deployed_is_told_with_the_way_out(roads: Roads, prefect: SmallPrefect) -> None:
    prefect.deployed.clear()
    for client in roads:
        with pytest.raises(errors.FlowNotDeployed, match="`registry deploy`"):
            client.reproduce("mower@1")
    assert not prefect.runs


def test_where_no_prefect_is_named_both_roads_say_so(world: World, tmp_path: Path) -> None:
    with (
        serving(world.settings) as url,
        Client(world.settings) as local,
        Client(elsewhere(url, tmp_path / "elsewhere")) as http,
    ):
        for client in (local, http):
            with pytest.raises(errors.PrefectMissing, match="`registry reproduce mower@1`"):
                client.reproduce("mower@1")
            with pytest.raises(errors.FlowRunNotFound):
                client.rebuild_run(str(uuid4()))


def test_the_route_answers_before_it_is_done_and_says_where_to_look(url: str) -> None:
    with asking(url) as client:
        headers = {"Idempotency-Key": "one"}
        begun = client.post(REPRODUCE, json={"ref": "mower@1"}, headers=headers)
        assert begun.status_code == 202
        looked = client.get(begun.headers["location"])
        assert looked.json() == begun.json()
        with Visitor(url) as visitor:
            assert "Rebuild of mower@1" in visitor.open(looked.json()["page"]).text


def test_a_version_that_changed_since_is_not_rebuilt(
    world: World, url: str, prefect: SmallPrefect
) -> None:
    with asking(url) as client:
        seen = client.get("/api/v1/version", params={"ref": "mower@1"}).headers["etag"]
        world.raise_to("mower@1", "staging")
        told = client.post(REPRODUCE, json={"ref": "mower@1"}, headers={"If-Match": seen})
    assert (told.status_code, told.json()["error"]) == (412, "ChangedSince")
    assert not prefect.runs


def test_a_rebuild_that_waits_is_on_the_versions_page(
    roads: Roads, url: str, prefect: SmallPrefect
) -> None:
    started = roads.http.reproduce("mower@1")
    with Visitor(url) as visitor:
        page = visitor.open("/models/mower/versions/1?view=evidence")
        assert started.page in page.links
        sent = visitor.send(page, "/models/mower/versions/1/do/rebuild")
        assert sent.answer.headers["location"].startswith("/rebuilds/")
    assert len(prefect.runs) == 2
