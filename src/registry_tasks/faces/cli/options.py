"""Arguments and options that several commands take, so that they mean the same in all."""

import json
from pathlib import Path
from typing import Annotated, Final

import typer
from pydantic import JsonValue

from registry_tasks.entities.errors import InvalidSetting

MAX_NUMBER: Final = 2**31 - 1

Ref = Annotated[str, typer.Argument(metavar="REF", help="A version: name@3, name@production ...")]
Model = Annotated[str, typer.Argument(metavar="MODEL", help="Name of a registered model.")]
Subject = Annotated[
    str, typer.Argument(metavar="MODEL|REF", help="A model by its name, or one version.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
Csv = Annotated[bool, typer.Option("--csv", help="Print comma-separated values.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; kept in the history.")]
Key = Annotated[
    str | None,
    typer.Option("--key", help="However often this is called with one key, it is done once."),
]
Environment = Annotated[
    str, typer.Option("--environment", metavar="NAME", help="Where it is used.")
]
ExpectCurrent = Annotated[
    int | None,
    typer.Option(
        "--expect-current",
        metavar="N",
        min=0,
        max=MAX_NUMBER,
        help="Only if version N holds the place now (0: nobody).",
    ),
]
Limit = Annotated[int, typer.Option("--limit", metavar="N", min=1, max=10_000, help="How many.")]
Before = Annotated[
    int | None,
    typer.Option("--before", metavar="N", min=1, max=MAX_NUMBER, help="Go on below this number."),
]
Sets = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="A parameter, read as YAML; repeatable."),
]


def check_one_or_policy(ref: str | None, policy: str | None, dry_run: bool) -> None:
    """Refuse what names neither one version nor a model's policy, or both."""
    if (ref is None) == (policy is None):
        raise typer.BadParameter("name a version, or a model with --policy", param_hint="REF")
    if ref is not None and dry_run:
        raise typer.BadParameter("it goes with --policy", param_hint="--dry-run")


def read_parameters(settings: list[str] | None) -> dict[str, JsonValue]:
    """Read ``key=value`` options, each value as params.yaml would read it."""
    from registry_tasks.stores.dvc.parameters import parse_value

    found: dict[str, JsonValue] = {}
    for key, text in read_pairs("--set", settings).items():
        try:
            found[key] = parse_value(text)
        except ValueError as error:
            reason = f"{error}; to mean the text, quote it for YAML too: --set '{key}=\"...\"'"
            raise InvalidSetting("--set", f"{key}={text}", reason) from None
    return found


def read_metrics(metrics: list[str] | None) -> dict[str, float]:
    """Read ``key=number`` options."""
    pairs = read_pairs("--metric", metrics)
    try:
        return {key: float(value) for key, value in pairs.items()}
    except ValueError as error:
        raise InvalidSetting("--metric", ", ".join(metrics or ()), str(error)) from None


def read_pairs(option: str, texts: list[str] | None) -> dict[str, str]:
    """Read ``key=value`` options."""
    pairs = {}
    for text in texts or ():
        key, equals, value = text.partition("=")
        if not key.strip() or not equals:
            raise InvalidSetting(option, text, "write it as key=value")
        if key.strip() in pairs:
            raise InvalidSetting(option, text, f"{key.strip()} is given twice")
        pairs[key.strip()] = value
    return pairs


def read_json(option: str, path: Path) -> JsonValue:
    """Read a JSON file that an option names."""
    try:
        document: JsonValue = json.loads(path.read_bytes(), object_pairs_hook=_once_each)
    except OSError as error:
        raise InvalidSetting(option, str(path), error.strerror or str(error)) from None
    except ValueError as error:
        raise InvalidSetting(option, str(path), f"not JSON: {error}") from None
    except RecursionError:
        raise InvalidSetting(option, str(path), "nested deeper than anything reads") from None
    return document


def _once_each(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    """Of two values under one name all readers keep one, and not the same."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice!r} is there twice in one object")
    return found


def read_object(option: str, path: Path) -> dict[str, JsonValue]:
    """Read a JSON file that must hold an object."""
    found = read_json(option, path)
    if not isinstance(found, dict):
        raise InvalidSetting(option, str(path), "it is no object of JSON: {...}")
    return found
