"""Coming in and leaving."""

import pytest
from support.town import Town
from support.visiting import Visitor

from registry_tasks.entities.errors import TokenRefused
from registry_tasks.entities.secrets import PREFIX
from registry_tasks.faces.web.login import local
from registry_tasks.registry.access.tokens import authenticate

COOKIE = "registry_session"


@pytest.mark.parametrize(
    "address",
    [
        *("https://example.org/", "//example.org/", "/\\example.org", "\\\\example.org", "///x"),
        *("/\t/example.org", "/a\nb", "javascript:alert(1)", "", "models", "/models\\..", "/ä"),
        *("http:/example.org", "/%0a\r", "/x y", "@example.org"),
    ],
)
def test_no_way_leads_to_another_site(address: str) -> None:
    assert local(address) == "/"


@pytest.mark.parametrize("address", ["/", "/models/a/b?q=x%3D1&n=2#top", "/approvals/1-2"])
def test_a_page_of_this_site_is_gone_back_to(address: str) -> None:
    assert local(address) == address


@pytest.mark.slow
def test_a_token_becomes_a_session_that_no_script_can_read(quiet_town: Town) -> None:
    visitor = quiet_town.stranger()
    asked = visitor.open("/approvals?show=all", 303)
    page = visitor.follow(asked)
    sent = visitor.send(page, "/login", token=quiet_town.tokens["bea"])
    assert sent.answer.headers["location"] == "/approvals?show=all"
    cookie = sent.answer.headers["set-cookie"]
    for said in ("HttpOnly", "SameSite=strict", "Path=/", "expires="):
        assert said.lower() in cookie.lower()
    assert "secure" not in cookie.lower()  # this site is not under https
    assert quiet_town.tokens["bea"] not in cookie
    assert "bea" in visitor.follow(sent).text


@pytest.mark.slow
def test_a_wrong_token_lets_nobody_in(quiet_town: Town) -> None:
    visitor = quiet_town.stranger()
    for token in ("nothing", quiet_town.tokens["bea"][:-1], "", PREFIX + "0" * 43):
        page = visitor.send(visitor.open("/login"), "/login", token=token, status=401)
        assert "set-cookie" not in page.answer.headers
        assert "Nothing was done" not in page.text
        assert not token or token not in page.answer.text
    assert visitor.open("/", 303)


@pytest.mark.slow
def test_who_tries_too_often_has_to_wait(town: Town) -> None:
    visitor = town.stranger()
    answers = [
        visitor.client.post("/login", data={"token": f"{PREFIX}{n}"}, headers={"Origin": town.site})
        for n in range(60)
    ]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) > 0
    assert {answer.status_code for answer in answers} == {401, 429}
    assert town.person("vic")  # a good token is let in from the same address


@pytest.mark.slow
def test_leaving_ends_the_session_here_and_in_the_store(quiet_town: Town) -> None:
    visitor = quiet_town.person("bea")
    session = visitor.client.cookies[COOKIE]
    assert authenticate(quiet_town.registry(), session)[0].actor == "bea"
    sent = visitor.send(visitor.open("/models"), "/logout")
    assert sent.answer.headers["location"] == "/login"
    assert COOKIE not in visitor.client.cookies
    with pytest.raises(TokenRefused):
        authenticate(quiet_town.registry(), session)
    assert authenticate(quiet_town.registry(), quiet_town.tokens["bea"])  # the token still holds


@pytest.mark.slow
def test_another_site_can_neither_log_anybody_in_nor_out(quiet_town: Town) -> None:
    visitor = quiet_town.person("bea")
    fields = visitor.open("/models").form("/logout").fields
    foreign = {"Origin": "https://example.org", "Sec-Fetch-Site": "cross-site"}
    for address, content in (("/login", {"token": quiet_town.tokens["vic"]}), ("/logout", fields)):
        answer = visitor.client.post(address, data=content, headers=foreign)
        assert answer.status_code == 403, address
    without = visitor.client.post("/logout", data={"a": "b"}, headers={"Origin": quiet_town.site})
    assert without.status_code == 403
    assert "bea" in visitor.open("/models").text


@pytest.mark.slow
def test_no_secret_is_ever_in_an_address(quiet_town: Town) -> None:
    visitor = Visitor(quiet_town.site)
    with visitor:
        page = visitor.open(f"/login?token={quiet_town.tokens['bea']}")
        assert page.forms[0].fields == {"next": "/", "token": ""}
        assert visitor.open("/", 303)
