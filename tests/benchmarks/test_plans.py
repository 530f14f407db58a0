"""The page of plans is made of what each database says of the statements that are really run."""

from dataclasses import replace
from pathlib import Path

import pytest
from places import settings_in
from plans import QUESTIONS, fill, plans, shortened
from support.databases import Postgres

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_each_question_is_explained_and_answered_by_an_index(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    settings = settings_in(tmp_path)
    if database == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        settings = replace(settings, store_url=server.migrated())
    fill(settings, 4000)
    found = plans(settings)
    assert list(found) == list(QUESTIONS)
    for question, of_it in found.items():
        steps = [step for _, its in of_it for step in its]
        assert any("Index" in step or "INDEX" in step for step in steps), question


def test_a_statement_is_told_without_its_columns() -> None:
    told = shortened("SELECT a, b\n FROM (SELECT c FROM version v) WHERE a = 1")
    assert told == "SELECT ... FROM (SELECT ... FROM version v) WHERE a = 1"
