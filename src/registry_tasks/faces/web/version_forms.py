"""What a person may change on a version's page."""

from collections.abc import Callable
from typing import Final

from fastapi import Request, Response

from registry_tasks.entities.annotation import AddNote, Describe, PointAlias
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.promotion import Archive, Promote, Restore
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT
from registry_tasks.faces.http.caller import Calling, Opened
from registry_tasks.faces.http.declared import needs
from registry_tasks.faces.web.forms import Filled, Form, carry_out
from registry_tasks.faces.web.links import version_url, with_query
from registry_tasks.faces.web.model import View
from registry_tasks.faces.web.model_forms import tags_of
from registry_tasks.faces.web.reading import Reading
from registry_tasks.faces.web.routing import Page, form
from registry_tasks.faces.web.version import show_page
from registry_tasks.registry.catalogue.describe import describe
from registry_tasks.registry.catalogue.note import add_note
from registry_tasks.registry.catalogue.tag import change_tags
from registry_tasks.registry.lifecycle.archive import archive, restore
from registry_tasks.registry.lifecycle.point_alias import point_alias
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.registry import Registry

Act = Callable[[Registry, str, Form], object]


def _note(registry: Registry, ref: str, filled: Form) -> object:
    return add_note(registry, AddNote(subject=ref, text=filled.text("text"), key=filled.key))


def _tag(registry: Registry, ref: str, filled: Form) -> object:
    return change_tags(registry, tags_of(ref, filled))


def _describe(registry: Registry, ref: str, filled: Form) -> object:
    said = {field: filled.text(field) for field in ("text", "purpose", "owner", "team")}
    return describe(registry, Describe(ref=ref, **said, key=filled.key))


def _point(registry: Registry, ref: str, filled: Form) -> object:
    request = PointAlias(
        ref=ref,
        alias=filled.text("alias").strip(),
        reason=filled.text("reason"),
        key=filled.key,
    )
    return point_alias(registry, request)


def _promote(registry: Registry, ref: str, filled: Form) -> object:
    stage, _, environment = filled.text("place").partition("/")
    request = Promote(
        ref=ref,
        to=stage,
        environment=environment or DEFAULT_ENVIRONMENT,
        reason=filled.text("reason"),
        key=filled.key,
    )
    return promote(registry, request)


def _archive(registry: Registry, ref: str, filled: Form) -> object:
    return archive(registry, Archive(ref=ref, reason=filled.text("reason"), key=filled.key))


def _restore(registry: Registry, ref: str, filled: Form) -> object:
    return restore(registry, Restore(ref=ref, reason=filled.text("reason"), key=filled.key))


def _form(address: str, permission: Permission, act: Act) -> Page:
    @needs(permission)
    def sent(
        request: Request,
        registry: Opened,
        reader: Reading,
        caller: Calling,
        name: str,
        number: int,
        filled: Filled,
    ) -> Response:
        view, ref = View(request, registry, reader, caller), f"{name}@{number}"
        return carry_out(
            lambda: act(registry, ref, filled),
            then=with_query(version_url(ref), done=1),
            refused=lambda problem: show_page(view, name, number, problem, filled),
        )

    return form(f"/models/{{name:path}}/versions/{{number:int}}/do/{address}", sent)


ROUTES: Final = (
    _form("note", Permission.ANNOTATE, _note),
    _form("tag", Permission.ANNOTATE, _tag),
    _form("describe", Permission.ANNOTATE, _describe),
    _form("alias", Permission.MOVE_ALIAS, _point),
    _form("promote", Permission.MOVE_STAGE, _promote),
    _form("archive", Permission.MOVE_STAGE, _archive),
    _form("restore", Permission.MOVE_STAGE, _restore),
)
