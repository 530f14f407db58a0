"""How values look on a page; whatever is stored is text, never markup, but for notes in Markdown."""

import json
from datetime import UTC, datetime
from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

from registry_tasks.entities.stage import Stage

ABSENT: Final = Markup('<span class="soft">–</span>')
_TONES: Final = {
    Stage.PRODUCTION: "good",
    Stage.STAGING: "warn",
    Stage.EXPERIMENT: "",
    Stage.ARCHIVED: "quiet",
}
_UNITS: Final = ("bytes", "KiB", "MiB", "GiB", "TiB")


def time(at: datetime | None) -> Markup:
    """Show a time in UTC; the script puts it into the reader's zone and leaves UTC on hover."""
    if at is None:
        return ABSENT
    utc = at.astimezone(UTC)
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        utc.strftime("%Y-%m-%dT%H:%M:%SZ"),
        utc.strftime("%Y-%m-%d %H:%M:%S UTC"),
        utc.strftime("%Y-%m-%d %H:%M UTC"),
    )


def size(size_bytes: int | None) -> str | Markup:
    """Write a size as people read it."""
    if size_bytes is None:
        return ABSENT
    amount, unit = float(size_bytes), 0
    while amount >= 1024 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1024, unit + 1
    if unit == 0:
        return "1 byte" if size_bytes == 1 else f"{size_bytes} bytes"
    return f"{amount:.1f} {_UNITS[unit]}"


def number(value: object) -> str | Markup:
    """Write a number to six digits, whole ones with thin spaces between thousands."""
    match value:
        case None:
            return ABSENT
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
        case float():
            return f"{value:.6g}"
    return str(value)


def value(found: object) -> str | Markup:
    """Write whatever a parameter, a tag or a document may hold."""
    if isinstance(found, list | dict | tuple):
        return json.dumps(found, ensure_ascii=False)
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)  # a seed or a year is no amount
    return number(found)


def duration(seconds: float | None) -> str | Markup:
    """Write how long something took."""
    if seconds is None:
        return ABSENT
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s"


def stage(name: str, environment: str = "default") -> Markup:
    """Show a stage, with its environment where it is not the default one."""
    where = "" if environment == "default" else f" · {environment}"
    tone = next((tone for known, tone in _TONES.items() if known == name), "accent")
    return Markup('<span class="badge {}">{}{}</span>').format(tone, name, where)


def slot_badge(name: str) -> Markup:
    """Show a stage as references write it: ``production-eu``."""
    tone = next((tone for known, tone in _TONES.items() if name.startswith(known)), "accent")
    return Markup('<span class="badge {}">{}</span>').format(tone, name)


def grade(letter: str) -> Markup:
    """Show a provenance grade."""
    shape = '<span class="grade {}" title="provenance grade {}">{}</span>'
    return Markup(shape).format(letter.lower(), letter, letter)


def short(text: str | None, length: int = 8) -> Markup:
    """Show the beginning of a hash or an id, all of it on hover."""
    if not text:
        return ABSENT
    return Markup('<span class="digest" title="{}">{}</span>').format(text, text[:length])


def prose(text: str) -> Markup:
    """Show what somebody wrote in Markdown: no HTML, no pictures, links that carry nothing along."""
    return Markup(_markdown().render(text))


def said(text: str) -> Markup:
    """Show a sentence of ours, what stands in backquotes as code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:  # one of them is nobody's partner
        return escape(text)
    shown = (
        escape(part) if n % 2 == 0 else Markup("<code>{}</code>").format(part)
        for n, part in enumerate(parts)
    )
    return Markup("").join(shown)


def plain_lines(text: str) -> Markup:
    """Show text as it is, with its lines."""
    return Markup("<br>").join(escape(text).split("\n"))


@cache
def _markdown() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "linkify": False})
    made.enable("table").disable("image")
    made.add_render_rule("link_open", _open_link)
    return made


def _open_link(
    renderer: RendererHTML, tokens: list[Token], place: int, options: OptionsDict, env: EnvType
) -> str:
    tokens[place].attrSet("rel", "noopener noreferrer nofollow")
    return renderer.renderToken(tokens, place, options, env)
