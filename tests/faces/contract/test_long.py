"""What is long goes over HTTP as well: an address has an end, a body has room."""

from pathlib import Path

import pytest

from registry_tasks import Client, errors
from registry_tasks.entities.signature import Column, Signature

from .conftest import Roads

pytestmark = pytest.mark.slow

WIDE = Signature(
    inputs=tuple(Column(name=f"column {number} of many", type="float64") for number in range(700)),
    outputs=(Column(name="y", type="float64"),),
)
METRICS = {f"metric {number:04} of very many": number / 7 for number in range(1_500)}
TEXT = "\u043f\u0440\u0438\u0432\u0435\u0442 " * 1_500  # 9,000 letters, most of them Cyrillic


def test_a_version_with_very_much_to_tell(roads: Roads, tmp_path: Path) -> None:
    for name, client in zip(Roads._fields, roads, strict=True):
        (tmp_path / "model.bin").write_bytes(f"model by {name}\n{{}}\n".encode())
        client.register(
            tmp_path / "model.bin",
            model=name,
            signature=WIDE,
            metrics=METRICS,
            parameters={"lines": "two\nlines"},
            description=TEXT,
            key=name,
        )
    local, http = (roads.local.show(f"{name}@1") for name in Roads._fields)
    assert http.signature == WIDE
    assert (http.signature, http.metrics, http.parameters, http.description) == (
        *(local.signature, local.metrics, local.parameters, local.description),
    )
    assert roads.local.download("http@1").read_bytes() == b"model by http\n{}\n"


def test_a_run_whose_model_has_very_many_columns(roads: Roads, tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"wide")
    assert _logged(roads.http, tmp_path) == _logged(roads.local, tmp_path) == WIDE


def _logged(client: Client, folder: Path) -> Signature | None:
    with client.log_run("mower") as run:
        run.log_model(folder / "model.bin", format="file", signature=WIDE)
    return client.run(run.uuid).signature


def test_a_question_that_no_address_has_room_for_is_refused(reading: Roads) -> None:
    for many in (6_000, 60_000):
        with pytest.raises(errors.RequestRefused) as caught:
            reading.http.history(kinds=["run.started"] * many)
        assert caught.value.status in (400, 414)
