"""docs/dashboard.md says what people may do on the dashboard, and nothing else can be done there."""

import re
from pathlib import Path
from typing import Final

from registry_tasks.faces.web.router import ROUTES

PAGE: Final = Path(__file__).parents[3] / "docs" / "dashboard.md"
_MODEL: Final = "/models/{name:path}/do/"
_VERSION: Final = "/models/{name:path}/versions/{number:number}/do/"
FORMS: Final = {
    "/login": "one logs in",
    "/logout": "and out again",
    **{f"{of}note": "write a note" for of in (_MODEL, _VERSION)},
    **{f"{of}tag": "set tags" for of in (_MODEL, _VERSION)},
    **{f"{of}describe": "describe it" for of in (_MODEL, _VERSION)},
    **{f"{of}alias": "point an alias" for of in (_MODEL, _VERSION)},
    f"{_MODEL}alias/remove": "take it away",
    f"{_MODEL}roll-back": "roll back production",
    f"{_VERSION}promote": "request promotion, take it back",
    f"{_VERSION}archive": "archive",
    f"{_VERSION}restore": "restore",
    f"{_VERSION}drop-bytes": "let go of its bytes",
    f"{_VERSION}rebuild": "rebuild and compare",
    "/dataset/describe": "| a dataset | describe it |",
    "/approvals/{uuid}/decide": "approve, reject",
    "/approvals/{uuid}/code": "one-time code for Prefect",
    "/subscriptions/add": "add, test, replay",
    "/subscriptions/test": "add, test, replay",
    "/subscriptions/replay": "add, test, replay",
    "/subscriptions/rotate": "make a new secret",
    "/subscriptions/remove": "make a new secret, remove",
    "/access/tokens/issue": "make and revoke tokens",
    "/access/tokens/revoke": "make and revoke tokens",
    "/access/accounts/add": "add and close accounts",
    "/access/accounts/close": "add and close accounts",
    "/access/rights/grant": "grant rights",
    "/access/rights/revoke": "grant rights and take them away",
}


def test_the_page_names_every_form_and_there_is_no_other() -> None:
    text = re.sub(r"\s+", " ", PAGE.read_text("utf-8"))

    assert {page.path for page in ROUTES if page.method == "POST"} == FORMS.keys()
    assert not [said for said in FORMS.values() if said not in text]
