"""Forms about one thing: each does its act to the model or version whose page sent it."""

from collections.abc import Callable
from typing import Final, Protocol

from fastapi import Response

from registry_tasks.entities.annotation import AddNote, ChangeTags
from registry_tasks.entities.errors import RegistryError
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.profile import Profile
from registry_tasks.faces.http.declared import needs
from registry_tasks.faces.web.forms import Filled, Form, carry_out, changed
from registry_tasks.faces.web.links import subject_url, with_query
from registry_tasks.faces.web.reading import View, Viewing
from registry_tasks.faces.web.routing import Page, form
from registry_tasks.registry.catalogue.note import add_note
from registry_tasks.registry.catalogue.tag import change_tags
from registry_tasks.registry.registry import Registry

_LINES: Final = ("purpose", "owner", "team")

Act = Callable[[Registry, str, Form], object]


class Show(Protocol):
    """Shows the page of ``subject`` again, with why its form was refused."""

    def __call__(
        self, view: View, subject: str, /, *, problem: RegistryError, filled: Form
    ) -> Response: ...


def act_form(path: str, permission: Permission, act: Act, show: Show) -> Page:
    """List what a form is sent to; ``path`` names a model and maybe the number of a version."""

    @needs(permission)
    def sent(view: Viewing, filled: Filled) -> Response:
        named = view.request.path_params
        subject = "@".join(str(named[part]) for part in ("name", "number") if part in named)
        return carry_out(
            lambda: act(view.registry, subject, filled),
            then=with_query(subject_url(subject), done=1),
            refused=lambda problem: show(view, subject, problem=problem, filled=filled),
        )

    return form(path, sent)


def said_anew(filled: Form, profile: Profile) -> dict[str, str]:
    """Return what somebody says otherwise of a model or a version. Raises CurrentMoved."""
    shown = {"text": profile.description, **profile.model_dump(include={*_LINES})}
    return changed(filled, shown)


def note(registry: Registry, subject: str, filled: Form) -> object:
    """Write a note."""
    return add_note(registry, AddNote(subject=subject, text=filled.text("text"), key=filled.key))


def tag(registry: Registry, subject: str, filled: Form) -> object:
    """Set a tag, or take some away."""
    put = {key: filled.text("value")} if (key := filled.find("tag")) else {}
    removed = filled.texts("remove")
    asked = ChangeTags(subject=subject, put=put, remove=removed, key=filled.key)
    return change_tags(registry, asked)
