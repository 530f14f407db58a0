"""Subscribing: which events go where, and whether they arrive; for admins."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from registry_tasks.faces.sdk.session import Session

if TYPE_CHECKING:
    from registry_tasks.entities.delivery import Delivery, Replayed
    from registry_tasks.entities.subscription import NewSubscription, Subscription

_OVERLAP_HOURS = 24


class Subscribing(Session):
    """Subscriptions of webhooks, Prefect and people to events."""

    def subscribe(
        self,
        name: str,
        receiver: str,
        to: str = "",
        *,
        kinds: Sequence[str] = (),
        model: str | None = None,
    ) -> "NewSubscription":
        """Let events go to a ``webhook``, to ``prefect`` or to ``people`` from now on.

        ``to`` is a URL, or Apprise URLs with white space between. A webhook's secret is in the
        answer and in no other. ``kinds`` are such as ``version.promoted`` or ``version.*``.
        """
        from registry_tasks.entities.subscription import Subscribe
        from registry_tasks.registry.outward.subscriptions import subscribe

        said = {"name": name, "receiver": receiver, "to": to, "kinds": tuple(kinds), "model": model}
        return self._ask(subscribe, Subscribe.model_validate(said))

    def unsubscribe(self, name: str, *, key: str | None = None) -> "Subscription":
        """Let nothing go there any more, and drop what waits."""
        from registry_tasks.entities.subscription import Unsubscribe
        from registry_tasks.registry.outward.subscriptions import unsubscribe

        return self._ask(unsubscribe, Unsubscribe(name=name, key=key))

    def rotate_secret(self, name: str, *, overlap_hours: int = _OVERLAP_HOURS) -> "NewSubscription":
        """Sign with a new secret, and for some hours with the old one too."""
        from registry_tasks.entities.subscription import RotateSecret
        from registry_tasks.registry.outward.subscriptions import rotate_secret

        request = RotateSecret(name=name, overlap_hours=overlap_hours)
        return self._ask(rotate_secret, request)

    def send_sample(self, name: str, *, key: str | None = None) -> "Subscription":
        """Send an event that says nothing, to see whether it arrives."""
        from registry_tasks.entities.subscription import SendSample
        from registry_tasks.registry.outward.subscriptions import send_sample

        return self._ask(send_sample, SendSample(name=name, key=key))

    def subscriptions(
        self, after: str = "", limit: int | None = None
    ) -> "tuple[Subscription, ...]":
        """Return subscriptions by name, with what has gone, waits, or was given up.

        All unless ``limit``; ``after`` is the name of one to go on from.
        """
        from registry_tasks.registry.outward.subscriptions import list_subscriptions

        return self._ask(list_subscriptions, after=after, limit=limit)

    def deliveries(
        self,
        subscription: str | None = None,
        *,
        dead: bool = False,
        after: int = 0,
        limit: int = 100,
    ) -> "tuple[Delivery, ...]":
        """Return what waits for one receiver or all, or what was given up, oldest first.

        ``after`` is the id of one to go on from.
        """
        from registry_tasks.registry.outward.subscriptions import list_deliveries

        return self._ask(list_deliveries, subscription, dead=dead, after=after, limit=limit)

    def replay(
        self, name: str, sequence: int | None = None, *, key: str | None = None
    ) -> "Replayed":
        """Try again what was given up, one event or all of them; what ended goes on."""
        from registry_tasks.entities.subscription import Replay
        from registry_tasks.registry.outward.subscriptions import replay

        return self._ask(replay, Replay(name=name, sequence=sequence, key=key))
