"""Sending: one event to one receiver, in the receiver's own way."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID, uuid5

from registry_tasks.entities.errors import SecretsUnreadable
from registry_tasks.entities.event import Event
from registry_tasks.entities.subscription import Receiver
from registry_tasks.rules.notices import notice_of
from registry_tasks.settings import Settings
from registry_tasks.stores.metadata.subscriptions import Kept
from registry_tasks.stores.outward import people, prefect_events, webhooks
from registry_tasks.stores.outward.answer import Answer, away
from registry_tasks.stores.outward.secrets import SecretFolder

Way = Callable[[Event], Answer]


class Sender:
    """Knows the ways to receivers, as far as they can be gone from here."""

    def __init__(self, settings: Settings, wait_s: float) -> None:
        self._settings, self._wait_s = settings, wait_s
        self._secrets = SecretFolder(settings.secret_folder)

    def to(self, kept: Kept) -> Way | None:
        """Return the way to a receiver, None where it cannot be gone from here."""
        if kept.receiver is Receiver.PREFECT:
            return self._to_prefect(kept)
        try:
            hidden = self._secrets.find(kept.uuid)
        except SecretsUnreadable as error:
            why = away(str(error))
            return lambda _: why
        if hidden is None:
            return None
        allowed, wait_s = self._settings.allowed_receivers, self._wait_s
        if kept.receiver is Receiver.WEBHOOK:
            return lambda event: webhooks.post(
                hidden, message_id(kept, event), event, datetime.now(UTC), allowed, wait_s
            )
        return lambda event: people.send(hidden.addresses, self._letter(event), allowed, wait_s)

    def _to_prefect(self, kept: Kept) -> Way | None:
        api, wait_s = self._settings.prefect_api, self._wait_s
        if api is None:
            return None
        return lambda event: prefect_events.post(api, message_id(kept, event), event, wait_s)

    def _letter(self, event: Event) -> people.Letter:
        notice = notice_of(event)
        return people.Letter(notice.title, notice.body(self._settings.dashboard_url))


def message_id(kept: Kept, event: Event) -> str:
    """Return what names a message: the same however often it is sent, so that it is taken once."""
    return str(uuid5(UUID(kept.uuid), str(event.sequence)))
