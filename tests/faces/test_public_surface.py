"""What the package shows to the world, and what it costs to look at it."""

from collections.abc import Callable
from typing import Final

import pytest

import registry_tasks
from registry_tasks import Client
from registry_tasks.entities import errors

HEAVY: Final = frozenset(
    {"prefect", "dvc", "pandas", "numpy", "sqlalchemy", "alembic", "typer", "rich", "ruamel"}
    | {"s3fs", "fsspec", "botocore", "aiobotocore", "aiohttp"}
)
LOADED: Final = "print(*sorted({name.partition('.')[0] for name in sys.modules}))"


def test_the_public_names_are_these() -> None:
    assert registry_tasks.__all__ == [
        *("Client", "Following", "FollowingMiddleware", "Trust", "__version__", "connect", "errors")
    ]
    assert dir(registry_tasks) == registry_tasks.__all__
    assert all(getattr(registry_tasks, name) is not None for name in registry_tasks.__all__)
    assert registry_tasks.errors is errors
    assert registry_tasks.__version__ == "0.1.0"


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        registry_tasks.nothing  # noqa: B018


def test_the_client_has_the_verbs_of_the_command_line() -> None:
    shown = {name for name in dir(Client) if not name.startswith("_")}
    assert shown == {
        "policy", "check_policy", "replay_policy", "approval", "approval_code", "approvals", "approve", "reject",
        "archive", "archive_by_policy", "plan_archive", "drop_bytes", "drop_bytes_by_policy",
        "plan_drop_bytes", "drills", "risks", "close", "compare", "curves", "delete", "describe",
        "describe_model", "diff", "download", "download_url",
        "history", "hold", "lineage", "dataset_lineage", "openlineage", "code", "start_deployment",
        "end_deployment", "deployments", "load", "models", "plot_curves",
        "plot_parallel", "plot_trend", "point_alias", "promote", "put_schema",
        "note", "notes", "remove_schema", "schema", "show_model", "tag",
        "register", "release", "remove_alias", "resolve", "restore", "rollback", "runs",
        "facets", "search_models", "search_runs", "search_versions", "tenures",
        "experiments", "log_run", "register_run", "run", "reproduce", "rebuild_run", "sweep", "sweeps",
        "show", "trend", "versions", "dataset", "dataset_states", "dataset_users", "datasets",
        "describe_dataset", "environment", "environment_file",
        "export", "import_store",
        "start_accounts", "add_account", "close_account", "grant_right", "revoke_right", "accounts",
        "issue_token", "tokens", "revoke_token",
        "subscribe", "unsubscribe", "rotate_secret", "send_sample", "subscriptions", "deliveries",
        "replay",
    }  # fmt: skip


def test_importing_and_resolving_load_nothing_heavy(
    one: Client, python: Callable[[str], str]
) -> None:
    program = f"""
import sys
import registry_tasks
assert not any(name.startswith("pydantic") for name in sys.modules)
registry_tasks.connect().resolve("flight-delay@1")
{LOADED}
"""
    assert not HEAVY & set(python(program).split())


def test_downloading_loads_nothing_heavy(one: Client, python: Callable[[str], str]) -> None:
    program = f"""
import sys
from registry_tasks import connect
connect().download("flight-delay@latest")
{LOADED}
"""
    assert not HEAVY & set(python(program).split())


def test_the_resolve_command_loads_only_the_parser_beside(
    one: Client, python: Callable[[str], str]
) -> None:
    program = f"""
import sys
from registry_tasks.faces.cli.app import run
assert run(["resolve", "flight-delay@1"]) == 0
{LOADED}
"""
    assert HEAVY & set(python(program).split()) == {"typer"}
