"""What another policy would have changed, in the dashboard."""

import httpx
import pytest
from support.town import Town

pytestmark = pytest.mark.slow
STRICT = "registry: {models: {kite: {stages: {production: [{gate: metric, metric: auc, at_least: 0.99}]}}}}"


def test_a_model_leads_to_the_replay_of_its_promotions(quiet_town: Town) -> None:
    person = quiet_town.person("vic")
    assert "/policy?model=kite" in person.open("/models/kite").links
    page = person.open("/policy?model=kite")
    assert "What another policy would have changed" in page.text
    form = page.form("/policy")
    assert form.fields["model"] == "kite"


def test_a_policy_that_is_written_there_is_tried(quiet_town: Town) -> None:
    person = quiet_town.person("vic")
    asked = httpx.QueryParams({"model": "kite", "text": STRICT})
    page = person.open(f"/policy?{asked}")
    assert "would have been stopped" in page.text
    assert "auc is" in page.text
    rows = person.rows(f"/policy?{asked}&format=csv")
    entering = [row for row in rows if row[1] == "production"]
    assert entering
    assert {row[6] for row in entering} == {"stopped"}


def test_a_policy_that_cannot_be_is_told_where_it_was_written(quiet_town: Town) -> None:
    person = quiet_town.person("vic")
    asked = httpx.QueryParams({"model": "kite", "text": "registry: ["})
    assert "it is not YAML" in person.open(f"/policy?{asked}", 400).text
    assert "moon" in person.open("/policy?model=moon", 404).text
