"""``registry check-data``: what the sources of the data have that no version was made from."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Final

import typer

from registry_tasks.faces.cli.options import Json
from registry_tasks.faces.cli.output import print_items, print_text
from registry_tasks.faces.cli.session import registry_of

if TYPE_CHECKING:
    from registry_tasks.entities.news import DataCheck

_SHOWN: Final = 10
Models = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[MODEL ...]", help="All that dvc.yaml declares, unless some are named."
    ),
]


def check_data(context: typer.Context, models: Models = None, json: Json = False) -> None:
    """Look for new data and drift; nothing is trained or kept."""
    from registry_tasks.entities.news import DataCheck
    from registry_tasks.registry.experiments.drift import measure_drift
    from registry_tasks.registry.experiments.newest_data import declared, look_for_news

    registry = registry_of(context)
    found = [
        DataCheck(news=look_for_news(registry, model), drift=measure_drift(registry, model))
        for model in models or declared(registry)
    ]
    if json:
        print_items(found)
    else:
        print_text(*(line for check in found for line in _told(check)))


def _told(check: "DataCheck") -> Iterator[str]:
    news, drift = check.news, check.drift
    against = f" since {news.version}" if news.version else ""
    yield f"{news.model}: {'new' if news.what else 'nothing new'}{against}"
    yield from (f"  {what}" for what in news.what)
    if drift is not None:
        yield f"  {drift.newest} against {', '.join(drift.training)}, bound {drift.at_most:g}:"
        for column in drift.columns[:_SHOWN]:
            mark = "  drifted" if column in drift.beyond else ""
            yield f"    {column.column} {column.index:.3g}{mark}"
