"""Subscriptions: which events go where."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Final

from pydantic import (
    AfterValidator,
    Field,
    SecretStr,
    field_serializer,
    model_validator,
)

from registry_tasks.entities.entity import Entity
from registry_tasks.entities.errors import InvalidSetting
from registry_tasks.entities.event import EventKind
from registry_tasks.entities.names import ModelName, check_label
from registry_tasks.entities.permission import Permission
from registry_tasks.entities.request import Request

OVERLAP_HOURS: Final = 24
"""For how long messages are signed with the old secret too."""
MAX_OVERLAP_HOURS: Final = 720
_EVERY: Final = ".*"
_SECRET_FIELD: Final = "to"


def _check_name(text: str) -> str:
    return check_label(text, "subscription")


def _check_kind(text: str) -> str:
    """Return a kind of event or a noun with ``.*`` behind it. Raises InvalidSetting."""
    nouns = {f"{kind.partition('.')[0]}{_EVERY}" for kind in EventKind}
    if text not in nouns and text not in set(EventKind):
        known = ", ".join(sorted(nouns))
        raise InvalidSetting("kind", text[:120], f"write a kind of docs/events.md, or {known}")
    return text


SubscriptionName = Annotated[str, AfterValidator(_check_name)]
Kind = Annotated[str, AfterValidator(_check_kind)]


class Receiver(StrEnum):
    """Who gets events."""

    WEBHOOK = "webhook"  # a server, by Standard Webhooks
    PREFECT = "prefect"  # the Prefect server of whoever delivers
    PEOPLE = "people"  # mail, chat and the like, through Apprise


class Subscription(Entity):
    """Which events go where, and how many have gone, wait, or were given up.

    ``to`` is what may be shown of an address. Without ``kinds`` or ``model`` it is all of them.
    ``ended_at`` says since when nothing is sent, because the receiver said that it is gone.
    """

    name: str
    receiver: Receiver
    to: str
    kinds: tuple[str, ...] = ()
    model: str | None = None
    created_at: datetime
    created_by: str
    delivered: int = 0
    delivered_at: datetime | None = None
    waiting: int = 0
    waiting_since: datetime | None = None
    dead: int = 0
    ended_at: datetime | None = None


class NewSubscription(Entity):
    """A subscription with the secret that its messages are signed with, shown here and never again.

    Only a webhook has one.
    """

    subscription: Subscription
    secret: str | None = Field(default=None, repr=False)


class Subscribe(Request):
    """Let events go somewhere from now on.

    ``to`` is a webhook's URL, or Apprise URLs with white space between; it is kept as a secret.
    """

    needs: ClassVar = Permission.SUBSCRIBE
    tells_secret: ClassVar = True

    name: SubscriptionName
    receiver: Receiver
    to: SecretStr = Field(default=SecretStr(""), description="where to; a secret")
    kinds: tuple[Kind, ...] = ()
    model: ModelName | None = None

    @model_validator(mode="before")
    @classmethod
    def _cover(cls, asked: Any) -> Any:
        """Let no error show it: one that is about the whole shows all that was asked."""
        if not isinstance(asked, Mapping) or _SECRET_FIELD not in asked:
            return asked
        match asked[_SECRET_FIELD]:
            case SecretStr():
                return asked
            case str(to):
                return {**asked, _SECRET_FIELD: SecretStr(to)}
        raise InvalidSetting(_SECRET_FIELD, "", "write one text")

    @field_serializer(_SECRET_FIELD, when_used="json")
    def _uncover(self, to: SecretStr) -> str:
        """A client sends it to the server, which keeps it."""
        return to.get_secret_value()


class Unsubscribe(Request):
    """Let nothing go there any more; what waits is dropped."""

    needs: ClassVar = Permission.SUBSCRIBE

    name: SubscriptionName


class RotateSecret(Request):
    """Sign with a new secret, and for some hours with the old one too."""

    needs: ClassVar = Permission.SUBSCRIBE
    tells_secret: ClassVar = True

    name: SubscriptionName
    overlap_hours: int = Field(default=OVERLAP_HOURS, ge=0, le=MAX_OVERLAP_HOURS)


class SendSample(Request):
    """Send an event that says nothing, to see whether it arrives."""

    needs: ClassVar = Permission.SUBSCRIBE

    name: SubscriptionName


class Replay(Request):
    """Try again what was given up, one event or all of them; what ended goes on."""

    needs: ClassVar = Permission.SUBSCRIBE

    name: SubscriptionName
    sequence: int | None = Field(default=None, ge=1)
