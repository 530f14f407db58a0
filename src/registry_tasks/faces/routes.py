"""Which verb has which address: the server answers by this table, and the client over HTTP asks by it.

A reading verb's arguments are the query of a GET; a writing verb's request is the body of a POST.
Nothing else is said here: what a verb takes, answers and permits is said where the verb is.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final, NamedTuple

BASE: Final = "/api/v1"
_PACKAGE: Final = "registry_tasks"
_READING: Final = MappingProxyType(
    {
        "models": "catalogue.show:list_models",
        "model": "catalogue.show:show_model",
        "versions": "catalogue.show:list_versions",
        "version": "catalogue.show:show",
        "resolve": "catalogue.resolve_past:resolve",
        "runs": "catalogue.show:list_runs",
        "run": "experiments.show_run:show_run",
        "experiments": "experiments.show_run:list_experiments",
        "sweeps": "experiments.sweep:list_sweeps",
        "sweep": "experiments.sweep:show_sweep",
        "notes": "catalogue.note:list_notes",
        "schema": "catalogue.document_schema:get_schema",
        "history": "catalogue.show:list_history",
        "tenures": "catalogue.tenures:list_tenures",
        "search/versions": "catalogue.search:search_versions",
        "search/models": "catalogue.search:search_models",
        "search/runs": "catalogue.search:search_runs",
        "search/facets": "catalogue.facets:count_facets",
        "compare": "catalogue.compare:compare",
        "curves": "catalogue.compare:read_curves",
        "diff": "catalogue.diff:diff",
        "trend": "catalogue.trend:read_trend",
        "datasets": "catalogue.datasets:list_datasets",
        "dataset": "catalogue.datasets:show_dataset",
        "dataset/states": "catalogue.datasets:list_dataset_states",
        "dataset/users": "catalogue.datasets:list_dataset_users",
        "dataset/lineage": "catalogue.trace:trace_dataset",
        "environment": "catalogue.environment.read:read_environment",
        "environment/file": "catalogue.environment.write:write_environment",
        "rebuild-run": "faces.reproducing:show_rebuild_run",
        "drills": "catalogue.drills:list_drills",
        "risks": "catalogue.drills:list_risks",
        "lineage": "catalogue.trace:trace",
        "openlineage": "catalogue.openlineage:openlineage_events",
        "code": "catalogue.code:read_code",
        "deployments": "catalogue.deployments:list_deployments",
        "approvals": "lifecycle.approvals:list_approvals",
        "approval": "lifecycle.approvals:show_approval",
        "policy": "lifecycle.replay_policy:show_policy",
        "policy/check": "lifecycle.check_policy:check_policy",
        "policy/replay": "lifecycle.replay_policy:replay_policy",
        "archiving/plan": "lifecycle.archive:plan_archive",
        "dropping/plan": "lifecycle.drop_bytes:plan_drop_bytes",
        "accounts": "access.accounts:list_accounts",
        "tokens": "access.tokens:list_tokens",
        "subscriptions": "outward.subscriptions:list_subscriptions",
        "deliveries": "outward.subscriptions:list_deliveries",
    }
)
_WRITING: Final = MappingProxyType(
    {
        "promote": "lifecycle.promote:promote",
        "approve": "lifecycle.approve:approve",
        "reject": "lifecycle.approve:reject",
        "approval/code": "lifecycle.approval_codes:issue_code",
        "roll-back": "lifecycle.roll_back:roll_back",
        "archive": "lifecycle.archive:archive",
        "archive-by-policy": "lifecycle.archive:archive_by_policy",
        "restore": "lifecycle.archive:restore",
        "drop-bytes": "lifecycle.drop_bytes:drop_bytes",
        "drop-bytes-by-policy": "lifecycle.drop_bytes:drop_bytes_by_policy",
        "alias/point": "lifecycle.point_alias:point_alias",
        "alias/remove": "lifecycle.point_alias:remove_alias",
        "hold": "lifecycle.hold:hold",
        "release": "lifecycle.hold:release",
        "delete": "lifecycle.delete:delete",
        "deployment/start": "lifecycle.deploy:start_deployment",
        "deployment/end": "lifecycle.deploy:end_deployment",
        "describe": "catalogue.describe:describe",
        "describe-model": "catalogue.describe:describe_model",
        "describe-dataset": "catalogue.datasets:describe_dataset",
        "note": "catalogue.note:add_note",
        "tag": "catalogue.tag:change_tags",
        "schema/put": "catalogue.document_schema:put_schema",
        "schema/remove": "catalogue.document_schema:remove_schema",
        "register-run": "catalogue.register:register",
        "run/begin": "experiments.log_run:begin_run",
        "run/log": "experiments.log_run:log_values",
        "run/finish": "experiments.log_run:finish_run",
        "run/fail": "experiments.log_run:fail_run",
        "account/add": "access.accounts:add_account",
        "account/close": "access.accounts:close_account",
        "right/grant": "access.accounts:grant_right",
        "right/revoke": "access.accounts:revoke_right",
        "token/issue": "access.tokens:issue_token",
        "token/revoke": "access.tokens:revoke_token",
        "subscription/add": "outward.subscriptions:subscribe",
        "subscription/remove": "outward.subscriptions:unsubscribe",
        "subscription/rotate": "outward.subscriptions:rotate_secret",
        "subscription/test": "outward.subscriptions:send_sample",
        "subscription/replay": "outward.subscriptions:replay",
    }
)
_STARTING: Final = MappingProxyType({"reproduce": "faces.reproducing:reproduce"})
"""What a worker of Prefect does later: the answer is where to look for it."""
_STORING: Final = MappingProxyType(
    {
        "register-file": "catalogue.register_file:register_file",
        "run/file": "experiments.log_file:log_file",
    }
)
"""The body of a POST is the file itself, and the query the verb's request: ``path`` is a name only,
and what is no text is written as JSON."""
TOLD_BYTES: Final = "application/vnd.registry.file"
"""A body whose first line is a JSON object of what the query does not say; the file comes after it."""


class Route(NamedTuple):
    """An address and its verb."""

    method: str
    path: str
    verb: str  # module below registry_tasks.registry, or of the faces, colon, function
    stores: bool = False  # the body is a file
    starts: bool = False  # what goes on after the answer

    def load(self) -> Callable[..., Any]:
        """Return the verb."""
        module, _, name = self.verb.partition(":")
        below = _PACKAGE if module.startswith("faces.") else f"{_PACKAGE}.registry"
        found: Callable[..., Any] = getattr(import_module(f"{below}.{module}"), name)
        return found


ROUTES: Final = (
    *(Route("GET", f"{BASE}/{path}", verb) for path, verb in _READING.items()),
    *(Route("POST", f"{BASE}/{path}", verb) for path, verb in _WRITING.items()),
    *(Route("POST", f"{BASE}/{path}", verb, starts=True) for path, verb in _STARTING.items()),
    *(Route("POST", f"{BASE}/{path}", verb, stores=True) for path, verb in _STORING.items()),
)
FILE: Final = f"{BASE}/file"
"""GET gives a file of ``ref`` (any reference, or ``run:<uuid>``): the model, or the one of ``name``."""


@cache
def route_of(verb: Callable[..., Any]) -> Route | None:
    """Return a verb's address, None for what is only done where the store is."""
    module = verb.__module__.removeprefix(f"{_PACKAGE}.").removeprefix("registry.")
    name = f"{module}:{verb.__name__}"
    return next((route for route in ROUTES if route.verb == name), None)
