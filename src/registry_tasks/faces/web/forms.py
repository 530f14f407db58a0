"""Forms: what a page sends when somebody changes something. They need no script.

A form carries the caller's token, so that no other site can send one, and a number of its own, so
that what is sent twice is carried out once.
"""

import hashlib
import re
import secrets
from binascii import a2b_qp
from collections.abc import Callable, Mapping
from typing import Annotated, Final, TypeVar

from fastapi import Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from registry_tasks.entities.errors import (
    AwaitingApproval,
    CurrentMoved,
    InvalidSetting,
    RegistryError,
    TokenRefused,
)
from registry_tasks.faces.http.caller import Calling
from registry_tasks.faces.http.guard import FIELDS, FORM_FIELD, check_form_token
from registry_tasks.faces.web.links import approval_url

ONCE: Final = "form_once"
SHOWN: Final = "shown_"
"""What the name of a field begins with that tells what stood in another one, by its digest."""
_DIGITS: Final = 9
_NO_ESCAPE: Final = re.compile(rb"%(?![0-9A-Fa-f]{2})")

Done = TypeVar("Done")


class Form:
    """The fields of a form; a field that is empty counts as not there."""

    def __init__(self, fields: Mapping[str, list[str]] | None = None) -> None:
        self._fields = fields or {}

    def text(self, name: str) -> str:
        """Return a field, empty if it is not there."""
        return next(iter(self._fields.get(name, ())), "")

    def texts(self, name: str) -> tuple[str, ...]:
        """Return all fields of a name that say something."""
        return tuple(value for value in self._fields.get(name, ()) if value)

    def find(self, name: str) -> str | None:
        """Return a field, None if it says nothing."""
        return self.text(name).strip() or None

    def has(self, name: str) -> bool:
        """Whether there is a field, such as a box that was ticked."""
        return name in self._fields

    @property
    def key(self) -> str | None:
        """An idempotency key: the same for the same page and the same content."""
        once = self.text(ONCE)
        if not once:
            return None
        said = sorted((k, v) for k, v in self._fields.items() if k != FORM_FIELD)
        return f"form-{hashlib.sha256(repr(said).encode()).hexdigest()[:40]}"


NOTHING: Final = Form()


async def read_typed(request: Request) -> Form:
    """Read a form of somebody who is not known yet; the guard let none come here but whole ones."""
    return Form(await run_in_threadpool(_parse, await request.body()))


async def read_form(request: Request, caller: Calling) -> Form:
    """Read a form that one of our own pages sent, also where the guard asks nobody who they are."""
    form = await read_typed(request)
    check_form_token(caller, form.text(FORM_FIELD))
    return form


Typed = Annotated[Form, Depends(read_typed)]
"""The same for the one form that anybody may send: the one to log in."""
Filled = Annotated[Form, Depends(read_form)]
"""What a form's endpoint takes: ``def send(filled: Filled)``."""


def carry_out(
    act: Callable[[], Done],
    *,
    then: str | Callable[[Done], str],
    refused: Callable[[RegistryError], Response],
) -> Response:
    """Do what a form asks and go to a page; a refusal is shown on the page that sent it."""
    try:
        done = act()
    except TokenRefused:
        raise
    except AwaitingApproval as waiting:  # it is on its way: people decide now
        return RedirectResponse(approval_url(waiting.approval), status_code=303)
    except RegistryError as error:
        return refused(error)
    return RedirectResponse(then if isinstance(then, str) else then(done), status_code=303)


def digest_of(text: object) -> str:
    """Return a digest of what stands in a field; browsers change the ends of its lines."""
    said = re.sub(r"\s*[\r\n]\s*", "\n", str(text or "")).strip()
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def changed(filled: Form, stored: Mapping[str, object]) -> dict[str, str]:
    """Return the fields that somebody changed; what they left alone is left alone.

    Raises CurrentMoved where somebody else gave one another value since it was shown.
    """
    found: dict[str, str] = {}
    for name, value in stored.items():
        said = filled.text(name)
        now, shown = digest_of(value), filled.find(SHOWN + name)
        if not filled.has(name) or digest_of(said) == (shown or now):
            continue
        if now not in (shown or now, digest_of(said)):
            raise CurrentMoved(name, "what you were shown", repr(str(value or ""))[:200])
        found[name] = said
    return found


def kept(filled: Form, name: str, stored: object) -> object:
    """Return what a field shows again: what somebody wrote into it, else what is stored."""
    shown = filled.find(SHOWN + name)
    is_changed = shown is not None and digest_of(filled.text(name)) != shown
    return filled.text(name) if is_changed else stored


def number(filled: Form, name: str) -> int | None:
    """Return a field as a whole number, None if it says nothing. Raises InvalidSetting."""
    said = filled.find(name)
    if said is None:
        return None
    if not said.isascii() or not said.isdecimal() or len(said) > _DIGITS:
        raise InvalidSetting(name, said[:100], "write a whole number")
    return int(said)


def once() -> str:
    """Return a number that no other form has."""
    return secrets.token_hex(8)


def _parse(content: bytes) -> dict[str, list[str]]:
    if not content.isascii() or _NO_ESCAPE.search(content) or content.count(b"&") >= FIELDS:
        raise HTTPException(400, f"the form cannot be read, or has more than {FIELDS} fields")
    halves = (pair.partition(b"=") for pair in content.split(b"&") if pair)
    try:
        pairs = [(_decode(name), _decode(text)) for name, _, text in halves]
    except UnicodeError as error:
        raise HTTPException(400, f"the form cannot be read: {error}") from None
    fields: dict[str, list[str]] = {}
    for name, text in pairs:
        fields.setdefault(name, []).append(text.replace("\r\n", "\n"))
    return fields


def _decode(text: bytes) -> str:
    """Undo escapes as quoted-printable has them, but for their sign: at once, however many."""
    return a2b_qp(text.replace(b"+", b" ").replace(b"=", b"=3D").replace(b"%", b"=")).decode()
