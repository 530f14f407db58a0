"""The tables, in SQLAlchemy Core, one module a noun; migrations/ makes them, a test compares the two.

Rows of versions, artifacts, parameters, metrics, confirmations, evidence and events are only ever
added: triggers (migrations/triggers.py) refuse to change them.
"""

from registry_tasks.stores.metadata.tables.access import (
    access_right,
    account,
    approval_decision,
    approval_request,
    token,
)
from registry_tasks.stores.metadata.tables.base import UtcDateTime, metadata
from registry_tasks.stores.metadata.tables.datasets import (
    dataset,
    dataset_profile,
    dataset_shape,
    dataset_use,
    dataset_version,
)
from registry_tasks.stores.metadata.tables.evidence import (
    comparison,
    drill,
    promotion_attempt,
    reproduction,
)
from registry_tasks.stores.metadata.tables.ledger import (
    event,
    lineage_edge,
    moved,
    outbox,
    repository,
    request,
)
from registry_tasks.stores.metadata.tables.models import (
    model,
    model_schema,
    model_tag,
    note,
)
from registry_tasks.stores.metadata.tables.outward import delivery, subscription
from registry_tasks.stores.metadata.tables.runs import (
    artifact,
    environment,
    environment_package,
    experiment,
    feature_importance,
    metric,
    metric_point,
    parameter,
    run,
    sweep,
    trial,
)
from registry_tasks.stores.metadata.tables.versions import (
    alias,
    confirmation,
    deployment,
    dropped_bytes,
    hold,
    stage_assignment,
    tag,
    tombstone,
    version,
    version_grade,
    version_profile,
)

__all__ = [
    "UtcDateTime",
    "access_right",
    "account",
    "alias",
    "approval_decision",
    "approval_request",
    "artifact",
    "comparison",
    "confirmation",
    "dataset",
    "dataset_profile",
    "dataset_shape",
    "dataset_use",
    "dataset_version",
    "delivery",
    "deployment",
    "drill",
    "dropped_bytes",
    "environment",
    "environment_package",
    "event",
    "experiment",
    "feature_importance",
    "hold",
    "lineage_edge",
    "metadata",
    "metric",
    "metric_point",
    "model",
    "model_schema",
    "model_tag",
    "moved",
    "note",
    "outbox",
    "parameter",
    "promotion_attempt",
    "repository",
    "reproduction",
    "request",
    "run",
    "stage_assignment",
    "subscription",
    "sweep",
    "tag",
    "token",
    "tombstone",
    "trial",
    "version",
    "version_grade",
    "version_profile",
]
