"""What a run was made from: the half of its identity that is known before it starts."""

import hashlib
import json

from pydantic import JsonValue

from registry_tasks.entities.entity import Entity


class Recipe(Entity):
    """Code, commands, parameters, data and environment of a run, and nothing beside them.

    Only what the pipeline's DVC stages depend on is in it, so that an edited README or policy
    changes nothing.
    """

    code: dict[str, str]  # path of a file that Git keeps -> md5
    commands: dict[str, str]  # DVC stage as written in dvc.yaml -> its command as written
    resolved: str  # SHA-256 over the commands as run, placeholders filled in
    parameters: dict[str, JsonValue]  # dotted key -> value, those that the stages name
    data: dict[str, str]  # path of a data dependency -> md5 of its content
    environment: str  # digest of the software environment

    def digest(self) -> str:
        """SHA-256 over the canonical JSON of all fields."""
        text = json.dumps(self.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
