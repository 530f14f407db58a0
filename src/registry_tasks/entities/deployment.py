"""Where a version is used: put into service at a place, until it is taken out."""

from datetime import datetime
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.errors import MalformedText
from registry_tasks.entities.instant import to_instant
from registry_tasks.entities.names import EnvironmentName
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.request import Request
from registry_tasks.entities.texts import PersonalName, Prose


def _check_place(text: str) -> str:
    if not text:
        raise MalformedText("place", "it says nothing; name what uses the version")
    return text


def _read_time(name: str) -> BeforeValidator:
    def read(value: Any) -> datetime | None:
        return None if value is None else to_instant(value, name)

    return BeforeValidator(read)


Place = Annotated[PersonalName, AfterValidator(_check_place)]
"""What uses a version, such as ``scoring API``: a name of at most 200 characters."""


class StartDeployment(Request):
    """Record that a version is used at a place from now on, or ``since`` a time that is over.

    With ``replace`` whatever else of its model is used there ends in the same transaction; without
    it several versions may be used at one place, as in a canary release.
    """

    needs: ClassVar = Permission.RECORD

    ref: str
    environment: EnvironmentName
    place: Place
    reason: Prose = ""
    replace: bool = False
    since: Annotated[datetime | None, _read_time("since")] = None


class EndDeployment(Request):
    """Record that a version is not used at a place any more, from now on or ``until`` a time ago."""

    needs: ClassVar = Permission.RECORD

    ref: str
    environment: EnvironmentName
    place: Place
    reason: Prose = ""
    until: Annotated[datetime | None, _read_time("until")] = None


class Deployment(Entity):
    """One use of a version; ``until`` is None while it lasts."""

    uuid: str
    version: str  # reference
    environment: str
    place: str
    reason: str
    since: datetime
    by: str
    until: datetime | None = None
    ended_by: str | None = None
    grade: str | None = None  # the version's provenance grade now; None in answers kept before


class Deploying(Entity):
    """What one transaction came to: the deployment asked for, and those it took the place of."""

    deployment: Deployment
    ended: tuple[Deployment, ...] = ()
