"""Write an environment as Conda's environment.yml: Python from Conda, the rest through pip."""

import json
import re

from registry_tasks.entities.environment_record import EnvironmentRecord
from registry_tasks.registry.catalogue.environment.requirements import elsewhere, header, pins


def write_conda(record: EnvironmentRecord) -> str:
    """Return environment.yml. The record knows no Conda packages, only Python's distributions."""
    name = re.sub(r"[^a-z0-9]+", "-", record.ref)
    lines = [
        *header(record),
        *(f"# {told}" for told in elsewhere(record)),
        f"name: {name}",
        "channels:",
        "  - conda-forge",
        "  - nodefaults",
        "dependencies:",
        f"  - {json.dumps('python=' + record.environment.python)}",
        "  - pip",
        "  - pip:",
        *(f"      - {json.dumps(pin)}" for pin in pins(record)),
    ]
    return "\n".join(lines) + "\n"
