"""Events as a Prefect server has them, so that its automations and deployment triggers react.

Loads no Prefect. Source: https://docs.prefect.io/v3/api-ref/rest-api, "Create Events".
"""

import json
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any, Final
from urllib.parse import urlencode
from uuid import uuid4

from registry_tasks.entities.event import Event
from registry_tasks.entities.stage import DEFAULT_ENVIRONMENT, slot
from registry_tasks.settings import prefect_credentials
from registry_tasks.stores.outward.answer import TAKEN, Answer, away
from registry_tasks.stores.outward.calling import Call, call, why_not

_OK: Final = 200
_TAKEN: Final = range(200, 300)


def post(api: str, message: str, event: Event, wait_s: float) -> Answer:
    """Send an event to the server that our own environment names; ``message`` is its UUID."""
    try:
        headers = {"Content-Type": "application/json", **prefect_credentials()}
        headers |= _meant(api, headers, wait_s)
        body = json.dumps([told(message, event)]).encode()
        status = call(Call(f"{api.rstrip('/')}/events", body, headers), None, wait_s).status
    except (OSError, HTTPException) as error:
        return away(why_not(error))
    except (ValueError, KeyError):
        return away("it answers as no Prefect server does")
    return TAKEN if status in _TAKEN else Answer(False, f"it answers {status}")


def told(message: str, event: Event) -> dict[str, Any]:
    """Return an event in Prefect's words: about its model, with what a trigger may look for."""
    return {
        "id": message,
        "occurred": event.at.isoformat(),
        "event": f"registry.{event.kind}",
        "resource": _resource(event),
        "related": _related(event),
        "payload": event.model_dump(mode="json"),
    }


def _resource(event: Event) -> dict[str, str]:
    if event.model is None:
        noun = event.kind.partition(".")[0]
        return {"prefect.resource.id": f"registry.{noun}", "prefect.resource.name": noun}
    found = {
        "prefect.resource.id": f"registry.model.{event.model}",
        "prefect.resource.name": event.model,
        "registry.model": event.model,
    }
    if event.version is not None:
        found["registry.version"] = str(event.version)
    for label, place in (("registry.stage.before", event.before), ("registry.stage", event.after)):
        if isinstance(place, Mapping) and isinstance(place.get("stage"), str):
            environment = str(place.get("environment", DEFAULT_ENVIRONMENT))
            found[label] = slot(str(place["stage"]), environment)
    return found


def _related(event: Event) -> list[dict[str, str]]:
    found = [_as("actor", f"registry.actor.{event.actor}", event.actor)]
    if event.model is not None and event.version is not None:
        name = f"{event.model}@{event.version}"
        found.append(_as("version", f"registry.version.{event.model}.{event.version}", name))
    if event.run is not None:
        found.append(_as("run", f"registry.run.{event.run}", event.run))
    return found


def _as(role: str, name: str, shown: str) -> dict[str, str]:
    return {
        "prefect.resource.id": name,
        "prefect.resource.role": role,
        "prefect.resource.name": shown,
    }


def _meant(api: str, headers: Mapping[str, str], wait_s: float) -> dict[str, str]:
    """Return what a server with protection against forged requests wants to see with a change."""
    asked = str(uuid4())
    url = f"{api.rstrip('/')}/csrf-token?{urlencode({'client': asked})}"
    found = call(Call(url, b"", headers, "GET"), None, wait_s)
    if found.status != _OK:  # it has no such protection
        return {}
    token = str(json.loads(found.body)["token"])
    return {"Prefect-Csrf-Client": asked, "Prefect-Csrf-Token": token}
