"""Loading: only bytes that were verified, and no code that came with them."""

import pickle
import sys
from pathlib import Path

import joblib
import lightgbm
import numpy as np
import pytest
import skops.io
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.tree import DecisionTreeRegressor

from registry_tasks import Client, Trust, errors

X = np.arange(60, dtype=float).reshape(30, 2)
Y = X[:, 0] % 7


class Canary:
    """Writes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return (_sing, (str(self.path), "alive"))


def _sing(path: str, word: str) -> str:
    return str(Path(path).write_text(word))


@pytest.fixture
def booster(client: Client, tmp_path: Path) -> lightgbm.Booster:
    """A LightGBM model, registered as ``trees``."""
    options = {"verbosity": -1, "min_data_in_leaf": 2, "num_threads": 1}
    made = lightgbm.train(options, lightgbm.Dataset(X, Y), num_boost_round=3)
    path = tmp_path / "trees.txt"
    made.save_model(path)
    client.register(path, model="trees", format="lightgbm")
    return made


def test_a_lightgbm_model_predicts_as_it_did(client: Client, booster: lightgbm.Booster) -> None:
    assert np.array_equal(client.load("trees@1").predict(X), booster.predict(X))


@pytest.mark.slow
@pytest.mark.parametrize(
    "model", [HistGradientBoostingRegressor(max_iter=3), DecisionTreeRegressor(max_depth=3)]
)
def test_a_skops_model_predicts_as_it_did(client: Client, tmp_path: Path, model: object) -> None:
    made = model.fit(X, Y)  # type: ignore[attr-defined]
    skops.io.dump(made, tmp_path / "model.skops")
    client.register(tmp_path / "model.skops", model="m", format="skops")
    assert np.array_equal(client.load("m@1").predict(X), made.predict(X))


def test_a_skops_file_with_other_types_is_refused_and_they_are_named(
    client: Client, tmp_path: Path
) -> None:
    canary = tmp_path / "canary"
    skops.io.dump({"model": Canary(canary)}, tmp_path / "model.skops")
    client.register(tmp_path / "model.skops", model="m", format="skops")
    for trust in Trust:
        with pytest.raises(errors.UntrustedFormat, match=r"Canary|_sing"):
            client.load("m@1", trust)
    assert not canary.exists()


@pytest.mark.parametrize("form", ["joblib", "pickle"])
def test_a_pickle_is_not_run_unless_told_to(client: Client, tmp_path: Path, form: str) -> None:
    canary, path = tmp_path / "canary", tmp_path / f"model.{form}"
    with path.open("wb") as file:
        (joblib if form == "joblib" else pickle).dump(Canary(canary), file)
    client.register(path, model="m", format=form)
    with pytest.raises(errors.UntrustedFormat, match=r"load\('m@1', Trust.PICKLE\)"):
        client.load("m@1")
    assert not canary.exists()
    client.load("m@1", Trust.PICKLE)
    assert canary.exists()


@pytest.mark.parametrize("form", ["lightgbm", "skops"])
def test_a_file_of_another_format_says_so(client: Client, model_file: Path, form: str) -> None:
    client.register(model_file, model="m", format=form)
    with pytest.raises(errors.UntrustedFormat, match=f"no readable {form} file"):
        client.load("m@1")


def test_an_unknown_format_is_only_downloaded(client: Client, model_file: Path) -> None:
    client.register(model_file, model="m", format="onnx")
    with pytest.raises(errors.UntrustedFormat, match=r"download\('m@1'\)"):
        client.load("m@1")
    assert client.download("m@1").read_bytes() == model_file.read_bytes()


@pytest.mark.parametrize(
    ("form", "library"), [("lightgbm", "lightgbm"), ("skops", "skops.io"), ("joblib", "joblib")]
)
def test_a_missing_library_is_named(
    client: Client, model_file: Path, monkeypatch: pytest.MonkeyPatch, form: str, library: str
) -> None:
    client.register(model_file, model="m", format=form)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(errors.ExtraMissing, match="pip install"):
        client.load("m@1", Trust.PICKLE)


def test_a_damaged_file_in_the_cache_is_fetched_again(
    client: Client, booster: lightgbm.Booster
) -> None:
    cached = client.download("trees@1")
    _flip(cached)
    assert client.load("trees@1").num_trees() == 3
    _flip(cached)
    damaged = cached.read_bytes()
    assert client.download("trees@1").read_bytes() != damaged


def test_a_damaged_object_is_never_handed_out(client: Client, booster: lightgbm.Booster) -> None:
    (stored,) = (p for p in client.settings.remote.joinpath("files").rglob("*") if p.is_file())
    _flip(stored)
    for use in (client.load, client.download):
        with pytest.raises(errors.ObjectCorrupt, match="registry doctor"):
            use("trees@1")
    assert not [p for p in client.settings.cache.rglob("*") if p.is_file()]
    stored.unlink()
    with pytest.raises(errors.ObjectMissing):
        client.load("trees@1")


def test_a_copy_goes_to_a_file_or_into_a_folder(
    one: Client, model_file: Path, tmp_path: Path
) -> None:
    wanted = model_file.read_bytes()
    folder = tmp_path / "there"
    folder.mkdir()
    assert one.download("flight-delay@1", folder) == folder / "model.txt"
    named = one.download("flight-delay@1", tmp_path / "new" / "other.bin")
    assert named == tmp_path / "new" / "other.bin"
    assert {p.read_bytes() for p in (folder / "model.txt", named)} == {wanted}


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o644)
    path.write_bytes(content)
