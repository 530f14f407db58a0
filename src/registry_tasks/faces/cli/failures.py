"""Turn whatever went wrong into one sentence on stderr and an exit code."""

import json
import os
import sys
import traceback
from typing import Any, Final, NamedTuple

import typer
from pydantic import ValidationError

from registry_tasks.entities.errors import Invalid, RegistryError
from registry_tasks.entities.secrets import hide_secrets
from registry_tasks.faces.cli.exit_codes import (
    EXIT_CODES,
    INTERRUPTED,
    UNEXPECTED,
    USAGE,
    family_of,
)
from registry_tasks.faces.cli.output import plain

DEBUG: Final = "REGISTRY_DEBUG"


class Failure(NamedTuple):
    """What a caller gets to know."""

    family: str
    message: str
    exit_code: int


def report(error: BaseException, arguments: list[str]) -> int:
    """Tell of an error, as JSON if ``--json`` was among the arguments; returns the exit code."""
    failure = describe(error)
    if failure.exit_code == UNEXPECTED and os.environ.get(DEBUG) == "1":
        traceback.print_exception(error)
    if "--json" in arguments:
        told = json.dumps({"error": failure.family, "message": hide_secrets(failure.message)})
    else:
        told = f"error: {hide_secrets(plain(failure.message))}"
    print(told, file=sys.stderr)
    return failure.exit_code


def describe(error: BaseException) -> Failure:
    """Say what happened and what it means for the caller."""
    match error:
        case RegistryError():
            family = family_of(error)
            code = EXIT_CODES.get(family, UNEXPECTED)
            return Failure(family.__name__, str(error), code)
        case ValidationError():
            return Failure(Invalid.__name__, _first_of(error), USAGE)
        case KeyboardInterrupt() | typer.Abort():
            message = "interrupted; nothing is half done, run it again to go on"
            return Failure("Interrupted", message, INTERRUPTED)
        case _ if hasattr(error, "format_message"):  # what the parser of the command line says
            return Failure(Invalid.__name__, _usage(error), USAGE)
    told = f"{type(error).__name__}: {error}".partition("\n")[0].rstrip(": ")
    way = f"set {DEBUG}=1 and run it again to see where"
    return Failure("Unexpected", f"unexpected {told}; {way}", UNEXPECTED)


def _usage(error: Any) -> str:
    command = "registry" if error.ctx is None else error.ctx.command_path
    return f"{error.format_message().rstrip('.')}; `{command} --help` tells more"


def _first_of(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    where = ".".join(map(str, first["loc"])) or error.title
    return f"{where}: {first['msg'][:1].lower()}{first['msg'][1:]}"
