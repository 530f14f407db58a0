"""Where a client says that its code is goes to Git later, so it is a commit's hash or nothing."""

from typing import Any

import pytest

from registry_tasks.entities.errors import MalformedText
from registry_tasks.entities.logged_run import LogRun
from registry_tasks.entities.registration import RegisterFile

HASH = "4" * 40
ORIGIN = {"project": "mowing", "repository": HASH, "base_commit": HASH}
REQUESTS = [(LogRun, {"model": "mower"}), (RegisterFile, {"model": "mower", "path": "a.txt"})]


@pytest.mark.parametrize(("kind", "asked"), REQUESTS)
@pytest.mark.parametrize(
    "said", [{}, {"repository": "", "base_commit": None}, {"base_commit": "4" * 64}]
)
def test_a_commit_is_taken(kind: Any, asked: dict[str, Any], said: dict[str, Any]) -> None:
    origin = {**ORIGIN, **said}
    assert kind(**asked, origin=origin).origin.model_dump(exclude={"uncommitted"}) == origin


@pytest.mark.parametrize(("kind", "asked"), REQUESTS)
@pytest.mark.parametrize("field", ["repository", "base_commit"])
@pytest.mark.parametrize("text", ["HEAD", "--all", f"{HASH}\nHEAD", f"{HASH}\n", "/etc", "4" * 39])
def test_nothing_else_is(kind: Any, asked: dict[str, Any], field: str, text: str) -> None:
    with pytest.raises(MalformedText, match="the full hash of a commit"):
        kind(**asked, origin={**ORIGIN, field: text})


def test_a_project_s_name_is_no_novel() -> None:
    with pytest.raises(MalformedText, match="200 characters"):
        LogRun(model="mower", origin={**ORIGIN, "project": "a" * 201})
