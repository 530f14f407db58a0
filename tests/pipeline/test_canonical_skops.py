"""The skops file: bytes that depend on the model alone, and still a skops file."""

import copy
import importlib
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import skops.io
from sklearn.ensemble import HistGradientBoostingRegressor

TREES = "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor"


@pytest.fixture
def rows() -> Any:
    return np.random.default_rng(7).normal(size=(200, 3))


@pytest.fixture
def model(rows: Any) -> HistGradientBoostingRegressor:
    return HistGradientBoostingRegressor(max_iter=5, random_state=7).fit(rows, rows.sum(axis=1))


@pytest.mark.usefixtures("step_modules")
def test_equal_models_give_equal_bytes(
    model: HistGradientBoostingRegressor, tmp_path: Path
) -> None:
    dump = importlib.import_module("canonical_skops").dump
    other = copy.deepcopy(model)
    dump(model, tmp_path / "one.skops")
    dump(other, tmp_path / "other.skops")
    assert (tmp_path / "one.skops").read_bytes() == (tmp_path / "other.skops").read_bytes()
    assert skops.io.dumps(model) != skops.io.dumps(other)  # else this file is not needed


@pytest.mark.usefixtures("step_modules")
def test_equal_texts_are_one_whether_they_share_memory_or_not(tmp_path: Path) -> None:
    dump = importlib.import_module("canonical_skops").dump
    name = "carrier"
    copied = bytes(name, "ascii").decode()
    assert copied is not name
    for file, names in (("shared", [name, name, "x"]), ("apart", [name, copied, "x"])):
        dump(np.array(names, dtype=object), tmp_path / file)
    assert (tmp_path / "shared").read_bytes() == (tmp_path / "apart").read_bytes()
    assert list(skops.io.load(tmp_path / "apart")) == [name, name, "x"]


@pytest.mark.usefixtures("step_modules")
def test_skops_reads_the_file_and_the_model_predicts_the_same(
    model: HistGradientBoostingRegressor, rows: Any, tmp_path: Path
) -> None:
    file = tmp_path / "model.skops"
    importlib.import_module("canonical_skops").dump(model, file)
    assert skops.io.get_untrusted_types(file=file) == [TREES]
    loaded = skops.io.load(file, trusted=[TREES])
    assert (loaded.predict(rows) == model.predict(rows)).all()
    assert loaded.get_params() == model.get_params()


@pytest.mark.usefixtures("step_modules")
def test_the_archive_carries_no_time_and_no_address(
    model: HistGradientBoostingRegressor, tmp_path: Path
) -> None:
    file = tmp_path / "model.skops"
    importlib.import_module("canonical_skops").dump(model, file)
    with zipfile.ZipFile(file) as archive:
        members = archive.infolist()
        assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}
        arrays = [member.filename for member in members if member.filename != "schema.json"]
        assert all(int(Path(name).stem) < 10_000 for name in arrays)
        assert str(id(model)) not in archive.read("schema.json").decode()
