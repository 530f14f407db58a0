"""A visitor of the dashboard without a browser: reads pages, follows links, fills forms in."""

import csv
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final, Self
from urllib.parse import urlsplit

import httpx

_EMPTY: Final = frozenset({"input", "link", "meta", "br", "hr", "img"})


@dataclass
class Form:
    """A form of a page: where it goes, and what it sends if nobody changes it."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    required: set[str] = field(default_factory=set)


class Seen(HTMLParser):
    """What a visitor sees of an answer."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__()
        self.answer, self.status = answer, answer.status_code
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.attributes: list[tuple[str, str, str]] = []
        self._said: list[str] = []
        self._open: list[str] = []
        self._form: Form | None = None
        self._filling = ""  # the field whose text is being read
        self._select = ""
        if "html" in answer.headers.get("content-type", ""):
            self.feed(answer.text)

    @property
    def text(self) -> str:
        """All that can be read, with single spaces."""
        return " ".join(" ".join(self._said).split())

    def form(self, end: str, **fields: str) -> Form:
        """Return the one form whose action ends so and that has these fields."""
        found = [
            form
            for form in self.forms
            if form.action.endswith(end) and fields.items() <= form.fields.items()
        ]
        assert len(found) == 1, f"{len(found)} forms to {end}: {[f.action for f in self.forms]}"
        return found[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        assert "style" not in values, f"<{tag}> has a style of its own, which the policy forbids"
        assert not [name for name in values if name.startswith("on")], values
        self.attributes += [(tag, name, value) for name, value in values.items()]
        if tag not in _EMPTY:
            self._open.append(tag)
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        elif tag == "form":
            self._form = Form(values.get("action", ""), values.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None:
            self._see_field(self._form, tag, values)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if tag == "form":
            self._form = None
        if tag in ("option", "textarea"):
            self._filling = ""

    def handle_data(self, data: str) -> None:
        if not {"script", "style"} & {*self._open}:
            self._said.append(data)
        if self._filling and self._form is not None:
            self._form.fields[self._filling] += data

    def _see_field(self, form: Form, tag: str, values: dict[str, str]) -> None:
        name = values.get("name", "")
        if name:
            form.names.add(name)
            if "required" in values:
                form.required.add(name)
        is_set = values.get("type") not in ("checkbox", "radio") or "checked" in values
        if tag == "input" and name and is_set:
            form.fields.setdefault(name, values.get("value", ""))
        elif tag == "textarea" and name:
            form.fields[name], self._filling = "", name
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            self._choose(form, values)

    def _choose(self, form: Form, values: dict[str, str]) -> None:
        """Take the first option, unless another one is selected, as browsers do."""
        if self._select in form.fields and "selected" not in values:
            return
        form.fields[self._select] = values.get("value", "")
        self._filling = "" if "value" in values else self._select


class Visitor:
    """Somebody with a browser that has no scripts."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.client = httpx.Client(base_url=site, trust_env=False, timeout=60)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def look(self, address: str) -> Seen:
        """Go to an address, wherever it leads and whatever comes of it."""
        return Seen(self.client.get(address, follow_redirects=True))

    def press(self, form: Form, **filled: Any) -> Seen:
        """Send a form as a browser does that tells nothing of itself, and see what comes of it."""
        content = {**form.fields, **filled}
        if form.method == "post":
            return Seen(self.client.post(form.action, data=content, follow_redirects=True))
        return Seen(self.client.get(form.action, params=content, follow_redirects=True))

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
        answer = self.open(address, **options).answer
        assert answer.headers["content-type"].startswith("text/csv"), answer.text[:200]
        return list(csv.reader(answer.text.splitlines()))[1:]

    def _see(self, answer: httpx.Response, status: int) -> Seen:
        assert answer.status_code == status, f"{answer.status_code}: {Seen(answer).text[:900]}"
        policy = answer.headers["content-security-policy"]
        assert "unsafe" not in policy
        return Seen(answer)
