"""Serve a model that follows production: `uvicorn --app-dir examples serve_model:app`.

The rows of a request are scored by the version that is in production as it begins. When another one is
promoted it takes over, without a restart; requests that are under way end with the one they began with.
"""

import json
import os
from typing import Any

import numpy as np

from registry_tasks import Following, FollowingMiddleware, connect


async def predict(scope: Any, receive: Any, send: Any) -> None:
    """Answer POST with {"rows": [[...], ...]} by {"version": ..., "predictions": [...]}."""
    if scope["type"] != "http":
        return
    served = scope["registry.served"]
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    found = served.model.predict(np.array(json.loads(body)["rows"]))
    answer = {"version": served.version.ref, "predictions": np.asarray(found).tolist()}
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(answer).encode()})


following = Following(
    os.environ.get("FOLLOW", "flight-delay@production"),
    connect(os.environ.get("REGISTRY")),
    every_s=float(os.environ.get("FOLLOW_EVERY_S", "5")),
    warm_up=lambda model: model.predict(np.zeros((1, model.num_feature()))),
)
app = FollowingMiddleware(predict, following)
