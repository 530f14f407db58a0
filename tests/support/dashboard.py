"""A reader of the dashboard without scripts: follows pages, fills in forms as they stand."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final, Self

import httpx

_VOID: Final = frozenset({"input", "meta", "link", "br", "hr", "img"})


@dataclass
class FormOnPage:
    """Where a form goes, and what it sends if nobody changes it."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)


class Page(HTMLParser):
    """What somebody sees: text, links, forms."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__()
        self.answer, self.status = answer, answer.status_code
        self.forms: list[FormOnPage] = []
        self.links: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(answer.text)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def form(self, end: str) -> FormOnPage:
        """The one form whose action ends so."""
        (found,) = [form for form in self.forms if form.action.endswith(end)]
        return found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.attributes += [(tag, name, value) for name, value in told.items()]
        if tag not in _VOID:
            self._open.append(tag)
        if tag == "a" and "href" in told:
            self.links.append(told["href"])
        if tag == "form":
            self.forms.append(FormOnPage(told.get("action", ""), told.get("method", "get")))
        is_set = told.get("type") not in ("checkbox", "radio") or "checked" in told
        if "form" in self._open and self.forms and "name" in told and is_set:
            self.forms[-1].fields.setdefault(told["name"], told.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open[-1:] not in (["script"], ["style"]):
            self.words.append(data)


class Reader:
    """Somebody with a browser in which scripts are off."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def open(self, address: str) -> Page:
        """Go to a page, wherever that leads."""
        return Page(self.client.get(address, follow_redirects=True))

    def send(self, form: FormOnPage, **changed: Any) -> Page:
        """Send a form with some fields filled in, and see what comes of it."""
        fields = {**form.fields, **changed}
        if form.method.lower() == "post":
            return Page(self.client.post(form.action, data=fields, follow_redirects=True))
        return Page(self.client.get(form.action, params=fields, follow_redirects=True))
