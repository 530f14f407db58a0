"""What a person may change on a model's page."""

from collections.abc import Callable
from typing import Final

from fastapi import Request, Response

from registry_tasks.entities.annotation import (
    AddNote,
    ChangeTags,
    DescribeModel,
    PointAlias,
    RemoveAlias,
)
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.promotion import RollBack
from registry_tasks.faces.http.caller import Calling, Opened
from registry_tasks.faces.http.declared import needs
from registry_tasks.faces.web.forms import Filled, Form, carry_out, number
from registry_tasks.faces.web.links import model_url, with_query
from registry_tasks.faces.web.model import View, show_page
from registry_tasks.faces.web.reading import Reading
from registry_tasks.faces.web.routing import Page, form
from registry_tasks.registry.catalogue.describe import describe_model
from registry_tasks.registry.catalogue.note import add_note
from registry_tasks.registry.catalogue.tag import change_tags
from registry_tasks.registry.lifecycle.point_alias import point_alias, remove_alias
from registry_tasks.registry.lifecycle.roll_back import roll_back
from registry_tasks.registry.registry import Registry

Act = Callable[[Registry, str, Form], object]


def note(registry: Registry, name: str, filled: Form) -> object:
    """Write a note of the model."""
    return add_note(registry, AddNote(subject=name, text=filled.text("text"), key=filled.key))


def tag(registry: Registry, name: str, filled: Form) -> object:
    """Set a tag, or take one away."""
    return change_tags(registry, tags_of(name, filled))


def tags_of(subject: str, filled: Form) -> ChangeTags:
    """Read what a form says of tags of a model or a version."""
    put = {key: filled.text("value")} if (key := filled.find("tag")) else {}
    return ChangeTags(subject=subject, put=put, remove=filled.texts("remove"), key=filled.key)


def describe(registry: Registry, name: str, filled: Form) -> object:
    """Change what is said of the model."""
    said = {field: filled.text(field) for field in ("text", "purpose", "owner", "team")}
    return describe_model(registry, DescribeModel(model=name, **said, key=filled.key))


def point(registry: Registry, name: str, filled: Form) -> object:
    """Point an alias to a version."""
    request = PointAlias(
        ref=f"{name}@{filled.text('version').strip()}",
        alias=filled.text("alias").strip(),
        expect_current=number(filled, "expect_current"),
        reason=filled.text("reason"),
        key=filled.key,
    )
    return point_alias(registry, request)


def unpoint(registry: Registry, name: str, filled: Form) -> object:
    """Take an alias away."""
    request = RemoveAlias(
        model=name,
        alias=filled.text("alias"),
        expect_current=number(filled, "expect_current"),
        reason=filled.text("reason"),
        key=filled.key,
    )
    return remove_alias(registry, request)


def give_back(registry: Registry, name: str, filled: Form) -> object:
    """Give production back to the version before, if it is still held by the one that was shown."""
    request = RollBack(
        model=name,
        environment=filled.text("environment") or "default",
        expect_current=number(filled, "expect_current"),
        reason=filled.text("reason"),
        key=filled.key,
    )
    return roll_back(registry, request)


def _form(address: str, permission: Permission, act: Act) -> Page:
    @needs(permission)
    def sent(
        request: Request,
        registry: Opened,
        reader: Reading,
        caller: Calling,
        name: str,
        filled: Filled,
    ) -> Response:
        view = View(request, registry, reader, caller)
        return carry_out(
            lambda: act(registry, name, filled),
            then=with_query(model_url(name), done=1),
            refused=lambda problem: show_page(view, name, problem=problem, filled=filled),
        )

    return form(f"/models/{{name:path}}/do/{address}", sent)


ROUTES: Final = (
    _form("note", Permission.ANNOTATE, note),
    _form("tag", Permission.ANNOTATE, tag),
    _form("describe", Permission.ANNOTATE, describe),
    _form("alias", Permission.MOVE_ALIAS, point),
    _form("alias/remove", Permission.MOVE_ALIAS, unpoint),
    _form("roll-back", Permission.MOVE_STAGE, give_back),
)
