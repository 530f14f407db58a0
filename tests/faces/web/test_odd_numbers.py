"""Numbers that a run may say and a chart must bear: no page is lost to one of them."""

import re
import sys

import pytest
from support.visiting import Visitor
from support.world import MODEL, World

from registry_tasks import Client
from registry_tasks.entities.run import Point

ODD = (sys.float_info.max, -sys.float_info.max, 0.0, 5e-324)


@pytest.mark.slow
def test_the_largest_and_smallest_numbers_break_no_page(
    sqlite_world: World, sqlite_reader: Visitor
) -> None:
    for number, value in enumerate(ODD, 1):
        points = tuple(Point(key="loss", step=n, value=v) for n, v in enumerate((value, 0.1)))
        run = sqlite_world.version(
            number,
            metrics={"auc": value},
            points=points,
            parameters={"trees": number, "rate": value},
        ).run
        sqlite_reader.open(f"/runs/{run}")
        sqlite_reader.open(f"/models/{MODEL}/versions/{number}")
        sqlite_reader.open(f"/models/{MODEL}?metric=auc")
    everyone = "&".join(f"ref={MODEL}@{n}" for n in range(1, len(ODD) + 1))
    for refs in (everyone, f"ref={MODEL}@1&ref={MODEL}@2", f"ref={MODEL}@3&ref={MODEL}@4"):
        sqlite_reader.open(f"/compare?{refs}")
    sqlite_reader.open("/")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("importance", "widths"),
    [
        ({"a": 0.3, "b": -0.6, "c": 0.0}, {"a": 50.0, "b": 100.0, "c": 0.0}),
        ({"a": -ODD[0], "b": ODD[0]}, {"a": 100.0, "b": 100.0}),
        ({"a": 0.0}, {"a": 0.0}),
    ],
)
def test_features_that_do_harm_have_bars_too(
    sqlite_world: World,
    sqlite_reader: Visitor,
    importance: dict[str, float],
    widths: dict[str, float],
) -> None:
    with Client(sqlite_world.settings) as client:
        with client.log_run(MODEL) as run:
            run.log_importance(importance)
            (sqlite_world.folder / "m.bin").write_bytes(b"m")
            run.log_model(sqlite_world.folder / "m.bin", format="file")
        ref = client.register_run(run.uuid).version.ref
    page = sqlite_reader.open(f"/models/{MODEL}/versions/{ref.rpartition('@')[2]}").answer.text
    bars = r'<th scope="row" class="mono">(\w)</th><td><svg[^>]*><rect class="bar" width="([^"]*)%"'
    assert {name: float(width) for name, width in re.findall(bars, page)} == widths
