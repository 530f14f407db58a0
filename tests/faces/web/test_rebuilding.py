"""Rebuilding from a page: offered where a worker can do it; tests/faces/test_up.py lets one."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from support.http_server import serving
from support.visiting import Visitor
from support.world import World, copy_tree

from registry_tasks.entities.registration import RegisterFile
from registry_tasks.registry.catalogue.register_file import register_file

VERSION = "/models/mower/versions/1"
NOBODY = "http://127.0.0.1:9/api"


@pytest.fixture(scope="module")
def away(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """A visitor of a registry that was told of a Prefect which does not answer."""
    folder = tmp_path_factory.mktemp("away") / "world"
    copy_tree(template, folder)
    world = World(folder)
    world.version(1)
    model = tmp_path_factory.mktemp("bare") / "model.txt"
    model.write_text("made elsewhere")
    register_file(world.registry(), RegisterFile(model="plough", path=str(model)))
    with serving(world.settings, NOBODY) as url, Visitor(url) as visitor:
        yield visitor
    world.close()


def test_without_prefect_the_command_is_shown_and_no_button(still: Visitor) -> None:
    page = still.open(f"{VERSION}?view=evidence")
    assert "registry reproduce mower@1" in page.text
    assert not [form for form in page.forms if form.action.endswith("/do/rebuild")]
    still.open(f"/rebuilds/{uuid4()}", status=404)


def test_a_prefect_that_is_away_is_told_on_the_page(away: Visitor) -> None:
    page = away.open(f"{VERSION}?view=evidence")
    refused = away.send(page, f"{VERSION}/do/rebuild", status=503)
    assert f"Prefect at {NOBODY}: " in refused.text
    assert "Prefect at" in away.open(f"/rebuilds/{uuid4()}", status=503).text


def test_a_version_that_is_not_there_is_not_rebuilt(away: Visitor) -> None:
    form = away.open(f"{VERSION}?view=evidence").form(f"{VERSION}/do/rebuild")
    headers = {"Origin": away.site, "Sec-Fetch-Site": "same-origin"}
    other = "/models/mower/versions/9/do/rebuild"
    answer = away.client.post(other, data=form.fields, headers=headers)
    assert answer.status_code == 404


def test_a_version_without_a_commit_is_not_rebuilt(away: Visitor) -> None:
    bare = "/models/plough/versions/1"
    assert not [form for form in away.open(bare).forms if form.action.endswith("/do/rebuild")]
    form = away.open(f"{VERSION}?view=evidence").form(f"{VERSION}/do/rebuild")
    headers = {"Origin": away.site, "Sec-Fetch-Site": "same-origin"}
    answer = away.client.post(f"{bare}/do/rebuild", data=form.fields, headers=headers)
    assert answer.status_code == 422
    assert "registered without a Git commit to rebuild from" in answer.text
