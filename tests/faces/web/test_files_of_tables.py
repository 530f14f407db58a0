"""Whatever a table of a page shows, its CSV file has as well."""

import csv
import re
from html import unescape
from typing import Final

import pytest
from support.pages import PAGES
from support.visiting import Visitor
from support.world import World

pytestmark = pytest.mark.slow
SAME: Final = {
    "approved": "approved_by",
    "asked": "requested_at",
    "asked_by": "requested_by",
    "best": "best_value",
    "by": "created_by started_by",
    "change": "after",
    "dvc_stage": "stage",
    "dvc_stages": "stages",
    "ended": "closed_at",
    "expires": "expires_at",
    "file": "path",
    "first_read": "first_used",
    "kept_in": "home",
    "last_read": "last_used",
    "last_run": "last_started_at",
    "newest_state": "newest_md5",
    "of": "model",
    "sha-256": "sha256",
    "packages": "environment",
    "size": "size_bytes",
    "stage": "stages",
    "stands_in": "held",
    "started": "started_at",
    "to": "stage",
    "took": "duration_s",
    "value": "version",
    "versions_made_of_it": "versions",
    "what": "kind",
    "when": "at",
    "who": "actor",
    "why": "reason failure",
}
"""What a column is called in a file."""
ADDRESSES: Final = {
    "a model by a metric": '/models/mower?order=metrics."auc"+desc',
    "a model by a filter": "/models/kite?q=metrics.loss+<+1+and+params.trees+>+0",
    "a model with its trend": "/models/kite?metric=loss",
    "runs by a filter": "/runs?q=metrics.auc+>+0.1",
    "models by a filter": "/models?q=stage+=+'production'",
}


@pytest.mark.parametrize("name", [*PAGES, *ADDRESSES])
def test_a_file_has_the_columns_of_its_table(looking: tuple[World, Visitor], name: str) -> None:
    world, visitor = looking
    address = ADDRESSES.get(name) or PAGES[name](world.registry())
    page = visitor.open(address).answer.text
    had, bare = set[tuple[str, ...]](), set[tuple[str, ...]]()
    for section in re.split(r"<section|<div class=\"stack", page)[1:]:
        link = re.search(r'href="([^"]*format=csv[^"]*)"', section)
        shown = _headings(section)
        if link is None:
            bare |= {shown} if shown else set()
            continue
        had.add(shown)
        answer = visitor.open(unescape(link[1])).answer
        columns = next(csv.reader(answer.text.splitlines()))
        lacking = {text for text in shown if not _called(text) & {*columns}}
        assert not lacking, (link[1], columns)
    assert not bare - had, "a table that cannot be had as CSV"


def _called(heading: str) -> set[str]:
    if "@" in heading:  # what one decides about, and what it would follow
        return {heading, "candidate", "in_production"}
    return {heading, f"metrics.{heading}", *SAME.get(heading, "").split()}


def _headings(section: str) -> tuple[str, ...]:
    found = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', section.partition("</thead>")[0])
    texts = [unescape(re.sub(r"<span.*?</span>|<[^>]*>", "", text)).strip() for text in found]
    return tuple(text.lower().replace(" ", "_") for text in texts if text)
