"""Who made a version is always known, whatever the surroundings say."""

import getpass
from dataclasses import replace
from pathlib import Path

import pytest
from support.world import World

from registry_tasks.entities.errors import InvalidSetting
from registry_tasks.entities.registration import RegisterFile
from registry_tasks.registry.catalogue.register_file import register_file
from registry_tasks.registry.catalogue.show import list_history, show
from registry_tasks.registry.registry import Registry
from registry_tasks.settings import Settings


@pytest.mark.slow
@pytest.mark.parametrize("said", [None, "", " ", "ada", " Jürgen Groß "])
def test_created_by_is_never_empty(
    sqlite_world: World, monkeypatch: pytest.MonkeyPatch, said: str | None
) -> None:
    world = sqlite_world
    monkeypatch.delenv("REGISTRY_ACTOR", raising=False)
    if said is not None:
        monkeypatch.setenv("REGISTRY_ACTOR", said)
    actor = Settings.load().actor
    assert actor == ((said or "").strip() or getpass.getuser()) != ""
    registry = Registry(replace(world.settings, actor=actor))
    file = world.folder / "model.bin"
    file.write_text("weights")
    made = register_file(registry, RegisterFile(model="edger", path=str(file)))
    record = show(registry, "edger@1")
    registry.close()
    assert made.version.created_by == record.version.created_by == actor
    assert record.run.started_by == actor
    assert {event.actor for event in list_history(registry, "edger")} == {actor}
    registry.close()


@pytest.mark.parametrize("said", ["a\nb", "a\x1b[31m", "x" * 201, "\u0430da"])
def test_nobody_acts_under_a_name_that_looks_like_another(
    monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setenv("REGISTRY_ACTOR", said)
    with pytest.raises(InvalidSetting, match="REGISTRY_ACTOR"):
        Settings.load()


def test_a_user_without_a_name_is_called_by_number(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As in a container that runs under a number of no entry in /etc/passwd."""

    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 12345")

    monkeypatch.delenv("REGISTRY_ACTOR", raising=False)
    monkeypatch.setattr(getpass, "getuser", nobody)
    monkeypatch.setattr("os.getuid", lambda: 12345)
    assert Settings.load().actor == "uid-12345"
