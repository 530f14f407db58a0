"""What a person may change on a model's page."""

from typing import Final

from registry_tasks.entities.annotation import DescribeModel, PointAlias, RemoveAlias
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.promotion import RollBack
from registry_tasks.faces.web.acting import Act, act_form, note, said_anew, tag
from registry_tasks.faces.web.forms import Form, number
from registry_tasks.faces.web.model import show_page
from registry_tasks.faces.web.routing import Page
from registry_tasks.registry.catalogue.describe import describe_model
from registry_tasks.registry.catalogue.show import show_model
from registry_tasks.registry.lifecycle.point_alias import point_alias, remove_alias
from registry_tasks.registry.lifecycle.roll_back import roll_back
from registry_tasks.registry.registry import Registry


def describe(registry: Registry, name: str, filled: Form) -> object:
    """Change what is said of the model."""
    said = said_anew(filled, show_model(registry, name).profile)
    return (
        describe_model(registry, DescribeModel(model=name, **said, key=filled.key))
        if said
        else None
    )


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
    return act_form(f"/models/{{name:path}}/do/{address}", permission, act, show_page)


ROUTES: Final = (
    _form("note", Permission.ANNOTATE, note),
    _form("tag", Permission.ANNOTATE, tag),
    _form("describe", Permission.ANNOTATE, describe),
    _form("alias", Permission.MOVE_ALIAS, point),
    _form("alias/remove", Permission.MOVE_ALIAS, unpoint),
    _form("roll-back", Permission.MOVE_STAGE, give_back),
)
