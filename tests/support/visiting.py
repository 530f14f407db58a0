"""A visitor of the dashboard without a browser: reads pages, follows links, fills forms in."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final, Self
from urllib.parse import urlsplit

import httpx

_EMPTY: Final = frozenset({"input", "link", "meta", "br", "hr", "img"})


@dataclass
class Form:
    """A form of a page: where it goes, and what its fields hold already."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


@dataclass
class Seen(HTMLParser):
    """What a visitor sees of an answer."""

    answer: httpx.Response

    def __post_init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.headings: list[str] = []
        self.identities: list[str] = []
        self._said: list[str] = []
        self._open: list[str] = []
        self._select: str | None = None
        self._chosen = False
        if "html" in self.answer.headers.get("content-type", ""):
            self.feed(self.answer.text)

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def text(self) -> str:
        """All that can be read, with single spaces."""
        return " ".join(" ".join(self._said).split())

    def form(self, action: str, **fields: str) -> Form:
        """Return the form that goes somewhere and has these fields."""
        found = [
            form
            for form in self.forms
            if form.action == action and fields.items() <= form.fields.items()
        ]
        assert found, f"no form to {action}: {[form.action for form in self.forms]}"
        return found[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        assert "style" not in values, f"<{tag}> has a style of its own, which the policy forbids"
        assert not [name for name in values if name.startswith("on")], values
        if tag not in _EMPTY:
            self._open.append(tag)
        if "id" in values:
            self.identities.append(values["id"])
        if tag == "a":
            self.links.append(values.get("href", ""))
        elif tag in ("h1", "h2", "h3"):
            self.headings.append(tag)
        elif tag == "form":
            self.forms.append(Form(values.get("action", "")))
        elif tag == "select":
            self._select = values.get("name")
            self._name(values)
        elif tag == "option" and self._select and self.forms and "selected" in values:
            self.forms[-1].fields[self._select] = values.get("value", "")
            self._chosen = "value" not in values  # then it is what can be read
        elif tag in ("input", "textarea", "button"):
            self._name(values)
            if tag == "input" and values.get("type") not in ("checkbox", "radio"):
                self._fill(values)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if "script" not in self._open:
            self._said.append(data)
        if self._chosen and self._select:
            self.forms[-1].fields[self._select] = data.strip()
            self._chosen = False

    def _name(self, values: dict[str, str]) -> None:
        if self.forms and "name" in values:
            self.forms[-1].names.add(values["name"])

    def _fill(self, values: dict[str, str]) -> None:
        if self.forms and "name" in values:
            self.forms[-1].fields[values["name"]] = values.get("value", "")


class Visitor:
    """Somebody with a browser that has no scripts."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.client = httpx.Client(base_url=site, trust_env=False, timeout=60)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def open(self, address: str, status: int = 200) -> Seen:
        """Go to an address of the site."""
        return self._see(self.client.get(address), status)

    def send(
        self,
        seen: Seen,
        action: str,
        *,
        status: int = 303,
        of: dict[str, str] | None = None,
        **filled: str,
    ) -> Seen:
        """Fill a form of a page in and send it; ``of`` are fields that tell it from others."""
        form = seen.form(action, **(of or {}))
        unknown = filled.keys() - form.names - form.fields.keys()
        assert not unknown, f"the form has no {unknown}, but {form.names}"
        content = {**form.fields, **filled}
        headers = {"Origin": self.site, "Sec-Fetch-Site": "same-origin"}
        return self._see(self.client.post(action, data=content, headers=headers), status)

    def follow(self, seen: Seen) -> Seen:
        """Go where an answer leads, which is on this site."""
        to = seen.answer.headers["location"]
        assert not urlsplit(to).netloc, to
        return self.open(to)

    def log_in(self, token: str) -> "Visitor":
        """Become somebody."""
        sent = self.send(self.open("/login"), "/login", token=token)
        assert sent.answer.headers["location"] == "/"
        return self

    def rows(self, address: str, **options: Any) -> list[list[str]]:
        """Return a table of a page as CSV, without its heading."""
        import csv

        answer = self.open(address, **options).answer
        assert answer.headers["content-type"].startswith("text/csv"), answer.text[:200]
        return list(csv.reader(answer.text.splitlines()))[1:]

    def _see(self, answer: httpx.Response, status: int) -> Seen:
        assert answer.status_code == status, f"{answer.status_code}: {Seen(answer).text[:900]}"
        policy = answer.headers["content-security-policy"]
        assert "unsafe" not in policy
        return Seen(answer)
