"""Base job templates: what a work pool lets a deployment say of the job that runs a flow."""

import json
import re
from pathlib import Path
from typing import Any, Final

from registry_tasks.entities.errors import InvalidProject
from registry_tasks.faces.deploying.definitions import FOLDER

_VARIABLE: Final = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def read_template(root: Path, name: str) -> dict[str, Any]:
    """Read a template beside work-pool.yaml.

    Raises: InvalidProject if it is no JSON, has not the two parts that Prefect wants, or its job
    names a variable that it does not declare.
    """
    path = root / FOLDER / name
    try:
        template = json.loads(path.read_bytes())
        declared = set(template["variables"]["properties"])
        job = json.dumps(template["job_configuration"])
    except FileNotFoundError:
        raise InvalidProject(name, f"there is none in {path.parent}") from None
    except ValueError as error:
        raise InvalidProject(name, f"it is not JSON: {error}") from None
    except (KeyError, TypeError):
        reason = "it must have variables.properties and job_configuration"
        raise InvalidProject(name, reason) from None
    if unknown := sorted(set(_VARIABLE.findall(job)) - declared):
        raise InvalidProject(name, f"the job names {{{{ {unknown[0]} }}}}, which is not declared")
    found: dict[str, Any] = template
    return found
