"""Register what no pipeline made."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import JsonValue

from registry_tasks.faces.sdk.session import Session

if TYPE_CHECKING:
    from registry_tasks.entities.registration import Registration
    from registry_tasks.entities.signature import Signature


class Registering(Session):
    """Makes versions; one ``key``, one effect, one answer."""

    def register(
        self,
        path: Path | str,
        *,
        model: str,
        format: str = "file",
        parameters: Mapping[str, JsonValue] | None = None,
        metrics: Mapping[str, float] | None = None,
        tags: Mapping[str, str] | None = None,
        description: str = "",
        signature: "Signature | None" = None,
        key: str | None = None,
    ) -> "Registration":
        """Make a version of a file that no pipeline made; the same again makes none."""
        from registry_tasks.entities.registration import RegisterFile

        request = RegisterFile(
            model=model,
            path=str(path),
            format=format,
            parameters=dict(parameters or {}),
            metrics=dict(metrics or {}),
            tags=dict(tags or {}),
            description=description,
            signature=signature,
            key=key,
        )
        return self._road.register_file(request)
