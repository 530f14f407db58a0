"""What a person may change on a version's page."""

from typing import Final

from registry_tasks.entities.annotation import Describe, PointAlias
from registry_tasks.entities.dropped_bytes import DropBytes
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.promotion import Archive, Promote, Restore
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT
from registry_tasks.faces.web.acting import Act, act_form, note, said_anew, tag
from registry_tasks.faces.web.forms import Form
from registry_tasks.faces.web.routing import Page
from registry_tasks.faces.web.version import show_page
from registry_tasks.registry.catalogue.describe import describe
from registry_tasks.registry.catalogue.show import sum_up
from registry_tasks.registry.lifecycle.archive import archive, restore
from registry_tasks.registry.lifecycle.drop_bytes import drop_bytes
from registry_tasks.registry.lifecycle.point_alias import point_alias
from registry_tasks.registry.lifecycle.promote import promote
from registry_tasks.registry.registry import Registry


def _describe(registry: Registry, ref: str, filled: Form) -> object:
    said = said_anew(filled, sum_up(registry, ref).profile)
    return describe(registry, Describe(ref=ref, **said, key=filled.key)) if said else None


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


def _drop_bytes(registry: Registry, ref: str, filled: Form) -> object:
    return drop_bytes(registry, DropBytes(ref=ref, reason=filled.text("reason"), key=filled.key))


def _form(address: str, permission: Permission, act: Act) -> Page:
    path = f"/models/{{name:path}}/versions/{{number:number}}/do/{address}"
    return act_form(path, permission, act, show_page)


ROUTES: Final = (
    _form("note", Permission.ANNOTATE, note),
    _form("tag", Permission.ANNOTATE, tag),
    _form("describe", Permission.ANNOTATE, _describe),
    _form("alias", Permission.MOVE_ALIAS, _point),
    _form("promote", Permission.MOVE_STAGE, _promote),
    _form("archive", Permission.MOVE_STAGE, _archive),
    _form("restore", Permission.MOVE_STAGE, _restore),
    _form("drop-bytes", Permission.KEEP, _drop_bytes),
)
