"""Trend: how a metric went over the versions of a model."""

from registry_tasks.entities.errors import MetricNotFound
from registry_tasks.entities.trend import MAX_TREND, Trend
from registry_tasks.registry.registry import Registry
from registry_tasks.stores.metadata import trends
from registry_tasks.stores.metadata.models import get_model
from registry_tasks.stores.metadata.query import through


def read_trend(registry: Registry, model: str, metric: str, *, last: int = 200) -> Trend:
    """Return the newest ``last`` versions with the metric's value, and the stages they entered.

    Raises: ModelNotFound, MetricNotFound if none of them has it.
    """
    with registry.metadata.reading() as connection:
        query = through(connection)
        model_id = get_model(connection, model)
        points = trends.read_points(query, model_id, metric, min(last, MAX_TREND))
        if all(point.value is None for point in points):
            raise MetricNotFound(model, metric, trends.metric_keys(query, model_id)[:20])
        changes = trends.read_changes(query, model_id, points[0].number)
    return Trend(model=model, metric=metric, points=points, changes=changes)
