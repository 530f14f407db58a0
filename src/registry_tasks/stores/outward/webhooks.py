"""Webhooks: events as signed messages to a URL.

Source: Standard Webhooks, https://github.com/standard-webhooks/standard-webhooks (spec 1.0.0).
"""

import base64
import hmac
import json
from collections.abc import Iterable
from datetime import datetime
from http.client import HTTPException
from typing import Final

from registry_tasks.entities.allowed import Allowed
from registry_tasks.entities.errors import InvalidSetting
from registry_tasks.entities.event import Event
from registry_tasks.entities.secrets import SIGNING_PREFIX
from registry_tasks.stores.outward.answer import TAKEN, Answer, away
from registry_tasks.stores.outward.calling import Call, call, why_not
from registry_tasks.stores.outward.secrets import Hidden

_GONE: Final = 410
_USER_AGENT: Final = "registry-tasks"


def post(
    hidden: Hidden, message: str, event: Event, now: datetime, allowed: Allowed, wait_s: float
) -> Answer:
    """Send an event; ``message`` names it, the same however often it is sent."""
    body = json.dumps(told(event), ensure_ascii=False).encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": _USER_AGENT,
        **signed(message, now, body, hidden.signing(now)),
    }
    try:
        allowed.check_url(hidden.addresses[0])  # the setting may say something else by now
        status = call(Call(hidden.addresses[0], body, headers), allowed, wait_s).status
    except InvalidSetting as error:
        return away(str(error))
    except (OSError, HTTPException) as error:
        return away(why_not(error))
    if 200 <= status < 300:
        return TAKEN
    if 300 <= status < 400:
        return Answer(False, f"it answers {status}: redirects are not followed")
    return Answer(False, f"it answers {status}", is_gone=status == _GONE)


def told(event: Event) -> dict[str, object]:
    """Return what a message says."""
    data = event.model_dump(mode="json")
    return {"type": f"registry.{event.kind}", "timestamp": data["at"], "data": data}


def signed(message: str, now: datetime, body: bytes, secrets: Iterable[str]) -> dict[str, str]:
    """Return the headers that say whose message it is."""
    at = str(int(now.timestamp()))
    content = f"{message}.{at}.".encode() + body
    made = (f"v1,{_signature(secret, content)}" for secret in secrets)
    return {"webhook-id": message, "webhook-timestamp": at, "webhook-signature": " ".join(made)}


def _signature(secret: str, content: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(SIGNING_PREFIX))
    return base64.b64encode(hmac.digest(key, content, "sha256")).decode()
