"""The grammar of names: GTO's, in lower case, so that every name is also a Git tag."""

import re
from typing import Annotated

from pydantic import AfterValidator

from registry_tasks.entities.errors import MalformedName

MAX_LENGTH = 100
_NAME = re.compile(r"[a-z0-9]+(?:[-_/]+[a-z0-9]+)*")
_LABEL = re.compile(r"[a-z][a-z0-9]*(?:[-_]+[a-z0-9]+)*")


def _check(kind: str, pattern: re.Pattern[str], text: str, grammar: str) -> str:
    if len(text) > MAX_LENGTH:
        raise MalformedName(kind, text, f"it has more than {MAX_LENGTH} characters")
    if not pattern.fullmatch(text) or "//" in text:
        raise MalformedName(kind, text, grammar)
    return text


def check_model_name(text: str) -> str:
    """Return ``text`` or raise MalformedName."""
    return _check(
        "model", _NAME, text, "use lower-case letters, digits, '-', '_' and '/' between them"
    )


def check_label(text: str, kind: str = "stage or alias") -> str:
    """Check the name of a stage, an alias or what ``kind`` says: it never looks like a number."""
    return _check(kind, _LABEL, text, "use lower-case letters, digits, '-' and '_' between them")


def check_account(text: str) -> str:
    """Check the name of an account, which stands in every event that it causes."""
    return check_label(text, "account")


def check_environment(text: str) -> str:
    """Check the name of an environment, which is written behind a stage: ``production-eu``."""
    return check_label(text, "environment")


def check_experiment(text: str) -> str:
    """Check the name of an experiment."""
    return check_label(text, "experiment")


ModelName = Annotated[str, AfterValidator(check_model_name)]
Label = Annotated[str, AfterValidator(check_label)]
EnvironmentName = Annotated[str, AfterValidator(check_environment)]
ExperimentName = Annotated[str, AfterValidator(check_experiment)]
