"""Rebuilding from a page: offered where a worker can do it; tests/faces/test_up.py lets one."""

from uuid import uuid4

import pytest
from support.http_server import serving
from support.visiting import Visitor
from support.world import World

VERSION = "/models/mower/versions/1"
NOBODY = "http://127.0.0.1:9/api"


@pytest.fixture
def made(sqlite_world: World) -> World:
    sqlite_world.version(1)
    return sqlite_world


def test_without_prefect_the_command_is_shown_and_no_button(made: World) -> None:
    with serving(made.settings) as url, Visitor(url) as visitor:
        page = visitor.open(f"{VERSION}?view=evidence")
        assert "registry reproduce mower@1" in page.text
        assert not [form for form in page.forms if form.action.endswith("/do/rebuild")]
        visitor.open(f"/rebuilds/{uuid4()}", status=404)


def test_a_prefect_that_is_away_is_told_on_the_page(made: World) -> None:
    with serving(made.settings, NOBODY) as url, Visitor(url) as visitor:
        page = visitor.open(f"{VERSION}?view=evidence")
        refused = visitor.send(page, f"{VERSION}/do/rebuild", status=503)
        assert f"Prefect at {NOBODY}: " in refused.text
        assert "Prefect at" in visitor.open(f"/rebuilds/{uuid4()}", status=503).text


def test_a_version_that_is_not_there_is_not_rebuilt(made: World) -> None:
    with serving(made.settings, NOBODY) as url, Visitor(url) as visitor:
        form = visitor.open(f"{VERSION}?view=evidence").form(f"{VERSION}/do/rebuild")
        headers = {"Origin": url, "Sec-Fetch-Site": "same-origin"}
        other = "/models/mower/versions/9/do/rebuild"
        answer = visitor.client.post(other, data=form.fields, headers=headers)
        assert answer.status_code == 404
