"""A lock file counts only if it names a distribution."""

from pathlib import Path

import pytest

from registry_tasks.entities.environment import LOCK_FILES, is_locked
from registry_tasks.registry.experiments.environments import capture_environment

NOTHING = {
    "requirements.lock": "# made by uv\n--index-url https://example.org/simple\n",
    "pylock.toml": 'lock-version = "1.0"\npackages = []\n',
    "uv.lock": 'version = 1\nrequires-python = ">=3.11"\n',
    "poetry.lock": 'package = []\n[metadata]\npython-versions = ">=3.11"\n',
    "pdm.lock": '[metadata]\nlock_version = "4.5"\n',
    "Pipfile.lock": '{"_meta": {"sources": []}, "default": {}, "develop": {}}',
    "pixi.lock": "version: 6\nenvironments: {}\npackages: []\n",
    "conda-lock.yml": "version: 1\nmetadata: {}\npackage: []\n",
}
SOMETHING = {
    "requirements.lock": "numpy==2.0 \\\n    --hash=sha256:00\n",
    "pylock.toml": '[[packages]]\nname = "numpy"\nversion = "2.0"\n',
    "uv.lock": 'version = 1\n\n[[package]]\nname = "numpy"\nversion = "2.0"\n',
    "poetry.lock": '[[package]]\nname = "numpy"\nversion = "2.0"\n',
    "pdm.lock": '[[package]]\nname = "numpy"\nversion = "2.0"\n',
    "Pipfile.lock": '{"default": {"numpy": {"version": "==2.0"}}}',
    "pixi.lock": "packages:\n- conda: https://example.org/numpy-2.0.conda\n",
    "conda-lock.yml": "package:\n- name: numpy\n  version: '2.0'\n",
}


@pytest.mark.parametrize("name", LOCK_FILES)
def test_a_lock_file_that_names_nothing_locks_nothing(tmp_path: Path, name: str) -> None:
    for text in ("", "\n", NOTHING[name]):
        (tmp_path / name).write_text(text)
        found = capture_environment(tmp_path).files
        assert found == {}
        assert not is_locked(found)
    (tmp_path / name).write_text(SOMETHING[name])
    assert is_locked(capture_environment(tmp_path).files)


def test_a_file_that_is_no_lock_is_kept_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("")
    assert list(capture_environment(tmp_path).files) == ["requirements.txt"]
