"""What people may write: how long, and with which characters."""

import re
import unicodedata
from typing import Annotated, Final

from pydantic import AfterValidator

from registry_tasks.entities.errors import MalformedText

MAX_PROSE: Final = 100_000  # characters
MAX_NAME: Final = 200
MAX_KEY: Final = 100
MAX_VALUE: Final = 5_000
MAX_LINK: Final = 2_000
MAX_LINE_BYTES: Final = 1_000
"""Of a name such as a feature's or an artifact's, in UTF-8."""
MAX_MANY: Final = 100
"""How many related models or links there may be."""

_KEY = re.compile(r"[A-Za-z0-9]+(?:[._:/-]+[A-Za-z0-9]+)*")
_LINK = re.compile(r"(?:https?|ssh|s3|git)://[^\s]+|(?:doi|arxiv|mailto):[^\s]+", re.IGNORECASE)
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_ALIKE: Final = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN"})
"""Alphabets that have letters which look the same."""


def check_storable(what: str, text: str) -> str:
    """Return ``text`` unless no database could keep it. Raises MalformedText."""
    if found := _UNSTORABLE.search(text):
        raise MalformedText(what, f"it has the character {found[0]!r}, which cannot be stored")
    return text


def make_storable(text: str) -> str:
    """Replace what no database keeps, in text that nobody chose: an error's, a log's."""
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def check_line(what: str, text: str) -> str:
    """Check a name of one line that every database can index. Raises MalformedText."""
    size = len(text.encode(errors="replace"))
    if size > MAX_LINE_BYTES:
        raise MalformedText(what, f"it has {size:,} bytes; {MAX_LINE_BYTES:,} are allowed")
    if not text.strip() or not text.isprintable():
        raise MalformedText(f"{what} {text!r}", "use printable characters on one line")
    return check_storable(what, text)


def check_prose(text: str) -> str:
    """Check a text of any lines. Raises MalformedText."""
    _check_length("text", text, MAX_PROSE)
    return check_storable("text", text)


def check_note(text: str) -> str:
    """Check a text that has to say something. Raises MalformedText."""
    if not text.strip():
        raise MalformedText("note", "it says nothing")
    return check_prose(text)


def check_name(text: str) -> str:
    """Return the name of a person or a team in its one spelling. Raises MalformedText."""
    text = unicodedata.normalize("NFKC", text).strip()
    _check_length("name", text, MAX_NAME)
    if not text.isprintable():
        raise MalformedText(f"name {text!r}", "use printable characters on one line")
    for word in re.split(r"[^\w]+", text):
        alphabets = {unicodedata.name(c, "").partition(" ")[0] for c in word} & _ALIKE
        if len(alphabets) > 1:
            told = " and ".join(sorted(name.capitalize() for name in alphabets))
            reason = f"{word!r} mixes {told} letters, which look alike; use those of one"
            raise MalformedText(f"name {text!r}", reason)
    return text


def check_key(text: str) -> str:
    """Check the name of a tag: one that can be asked for without quotes. Raises MalformedText."""
    _check_length("name of a tag", text, MAX_KEY)
    if not _KEY.fullmatch(text):
        grammar = "use letters a to z, digits, and '.', '_', '-', ':' or '/' between them"
        raise MalformedText(f"tag {text!r}", grammar)
    return text


def check_value(text: str) -> str:
    """Check the value of a tag. Raises MalformedText."""
    _check_length("value of a tag", text, MAX_VALUE)
    return check_storable("value of a tag", text)


def check_link(text: str) -> str:
    """Check an address that a page may show as a link. Raises MalformedText."""
    _check_length("link", text, MAX_LINK)
    if not text.isprintable() or not _LINK.fullmatch(text):
        kinds = "https://, http://, ssh://, git://, s3://, doi:, arxiv: or mailto:"
        raise MalformedText(f"link {text[:120]!r}", f"write an address that begins with {kinds}")
    return text


def check_many(values: tuple[str, ...]) -> tuple[str, ...]:
    """Return each of them once, in order. Raises MalformedText."""
    once = tuple(dict.fromkeys(values))
    if len(once) > MAX_MANY:
        raise MalformedText("list", f"it has {len(once)} entries; {MAX_MANY} are allowed")
    return once


def _check_length(what: str, text: str, most: int) -> None:
    if len(text) > most:
        raise MalformedText(what, f"it has {len(text):,} characters; {most:,} are allowed")


Prose = Annotated[str, AfterValidator(check_prose)]
NoteText = Annotated[str, AfterValidator(check_note)]
PersonalName = Annotated[str, AfterValidator(check_name)]
TagKey = Annotated[str, AfterValidator(check_key)]
TagValue = Annotated[str, AfterValidator(check_value)]
Link = Annotated[str, AfterValidator(check_link)]
