"""Accounts, rights and tokens in the dashboard."""

import pytest
from support.town import Town
from support.visiting import Visitor
from support.world import World

from registry_tasks.entities.errors import TokenRefused
from registry_tasks.entities.secrets import PREFIX
from registry_tasks.registry.access.accounts import list_accounts
from registry_tasks.registry.access.tokens import authenticate, list_tokens

pytestmark = pytest.mark.slow


def rights_of(town: Town, account: str) -> list[str]:
    (found,) = [a for a in list_accounts(town.registry()) if a.name == account]
    return [str(right) for right in found.rights]


def test_without_accounts_everybody_is_one_user_and_the_page_says_so(
    served: tuple[World, Visitor],
) -> None:
    world, visitor = served
    world.version(1)
    page = visitor.open("/access")
    assert "Without accounts: everybody is ada." in page.text
    assert "registry access start NAME" in page.text
    assert not [form for form in page.forms if form.action.startswith("/access")]
    assert "nothing to log in to" in visitor.open("/login").text


def test_a_new_token_is_shown_once_and_works(town: Town) -> None:
    person = town.person("vic")
    page = person.open("/access")
    made = person.send(page, "/access/tokens/issue", label="laptop", days="3", status=200)
    assert made.answer.headers["cache-control"] == "no-store"
    secret = next(word for word in made.text.split() if word.startswith(PREFIX))
    assert town.stranger().log_in(town.tokens["vic"])
    identity, token = authenticate(town.registry(), secret)
    assert (identity.actor, token.label) == ("vic", "laptop")
    assert secret not in person.open("/access").answer.text
    assert "laptop" in person.open("/access").text


def test_a_form_that_comes_again_makes_no_second_token(town: Town) -> None:
    """As when somebody reloads the page that shows the first one."""
    person = town.person("vic")
    page = person.open("/access")
    told = {"label": "laptop", "days": "3"}
    made = person.send(page, "/access/tokens/issue", **told, status=200)
    secret = next(word for word in made.text.split() if word.startswith(PREFIX))
    again = person.send(page, "/access/tokens/issue", **told, status=409)
    assert "told once and is kept nowhere" in again.text
    assert secret not in again.text
    labels = [token.label for token in list_tokens(town.registry(), "vic")]
    assert labels.count("laptop") == 1
    other = person.send(person.open("/access"), "/access/tokens/issue", **told, status=200)
    assert secret not in other.text


def test_a_revoked_token_is_worthless_at_once(town: Town) -> None:
    admin, person = town.person("olga"), town.person("vic")
    (token, *_) = list_tokens(town.registry(), "vic")
    page = admin.open("/access?whose=vic")
    admin.send(page, "/access/tokens/revoke", of={"token": token.uuid})
    assert person.open("/models", 303).answer.headers["location"].startswith("/login")
    with pytest.raises(TokenRefused):
        authenticate(town.registry(), town.tokens["vic"])


def test_an_admin_adds_an_account_and_gives_and_takes_rights(town: Town) -> None:
    admin = town.person("olga")
    page = admin.open("/access")
    admin.send(page, "/access/accounts/add", account="mia", role="developer", model="kite")
    assert rights_of(town, "mia") == ["developer of kite"]
    page = admin.open("/access")
    of = {"account": "mia"}
    admin.send(page, "/access/rights/grant", of=of, stage="production", model="kite")
    admin.send(page, "/access/rights/grant", of=of, alias="champion")
    assert rights_of(town, "mia") == [
        "developer of kite",
        "stage production of kite",
        "alias champion of all models",
    ]
    page = admin.open("/access")
    admin.send(page, "/access/rights/revoke", of={"account": "mia", "role": "developer"})
    assert "developer of kite" not in rights_of(town, "mia")
    admin.send(admin.open("/access"), "/access/accounts/close", of=of, reason="left")
    (mia,) = [a for a in list_accounts(town.registry()) if a.name == "mia"]
    assert mia.closed_at is not None


def test_a_right_that_says_too_much_or_nothing_is_refused_with_its_fields(quiet_town: Town) -> None:
    admin = quiet_town.person("olga")
    page = admin.open("/access")
    of = {"account": "vic"}
    for fields in ({}, {"role": "viewer", "alias": "champion"}, {"stage": "No Stage"}):
        refused = admin.send(page, "/access/rights/grant", of=of, status=400, **fields)
        assert "Nothing was done" in refused.text
    assert rights_of(quiet_town, "vic") == ["viewer of all models"]


def test_the_last_admin_stays(quiet_town: Town) -> None:
    admin = quiet_town.person("olga")
    page = admin.open("/access")
    refused = admin.send(page, "/access/accounts/close", of={"account": "olga"}, status=422)
    assert "olga" in refused.text
    assert admin.open("/access")


def test_who_is_no_admin_sees_and_changes_only_their_own(quiet_town: Town) -> None:
    person = quiet_town.person("bea")
    page = person.open("/access?whose=all")
    assert "Your tokens" in page.text
    assert "Accounts" not in page.text
    assert {row[1] for row in person.rows("/access?whose=all&format=csv&table=accounts")} == {"bea"}
    of_vic = list_tokens(quiet_town.registry(), "vic")[0].uuid
    own = next(form for form in page.forms if form.action == "/access/tokens/revoke")
    form = page.form("/access/tokens/revoke", token=own.fields["token"])
    form.fields["token"] = of_vic
    refused = person.send(page, "/access/tokens/revoke", of={"token": of_vic}, status=403)
    assert "may not" in refused.text.lower()
    content = {**form.fields, "account": "bea", "role": "admin"}
    headers = {"Origin": person.site}
    for address in ("accounts/add", "accounts/close", "rights/grant", "rights/revoke"):
        answer = person.client.post(f"/access/{address}", data=content, headers=headers)
        assert answer.status_code == 403, address
    assert rights_of(quiet_town, "bea") == ["approver of all models"]


def test_tables_of_access_hold_no_secret(quiet_town: Town) -> None:
    admin = quiet_town.person("olga")
    for table in ("tokens", "accounts"):
        answer = admin.open(f"/access?whose=all&format=csv&table={table}").answer
        for secret in quiet_town.tokens.values():
            assert secret not in answer.text
    names = [row[0] for row in admin.rows("/access?format=csv&table=accounts")]
    assert names == sorted(["olga", "ada", "bea", "vic", "nightly"])
