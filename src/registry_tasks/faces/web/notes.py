"""Notes on a page: the newest of a model or a version, and older ones a page at a time."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from registry_tasks.entities.errors import InvalidSetting
from registry_tasks.entities.profile import Note
from registry_tasks.faces.web.links import with_query
from registry_tasks.faces.web.reading import View
from registry_tasks.registry.catalogue.note import SHOWN, list_notes

_BEFORE: Final = "notes"
_DIGITS: Final = 9


class NotePage(NamedTuple):
    """Some notes, newest first, and where there are older ones and the newest."""

    notes: Sequence[Note]
    following: str = ""
    first: str = ""


def notes_of(view: View, subject: str, newest: Sequence[Note], here: str) -> NotePage:
    """Return the notes that an address asks for; ``newest`` are those of the page's record.

    Raises: InvalidSetting.
    """
    asked = view.request.query_params.get(_BEFORE, "")
    if not asked and len(newest) < SHOWN:
        return NotePage(newest)
    if asked and not (asked.isascii() and asked.isdecimal() and len(asked) <= _DIGITS):
        raise InvalidSetting(_BEFORE, asked[:100], "it is the number of a note to go on from")
    before = int(asked) if asked else None
    found = list_notes(view.registry, subject, before=before, limit=SHOWN + 1)
    shown = found[:SHOWN]
    more = len(found) > SHOWN
    return NotePage(
        shown,
        following=with_query(here, **{_BEFORE: shown[-1].id}) + "#notes" if more else "",
        first=f"{here}#notes" if asked else "",
    )
