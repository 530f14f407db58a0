"""The commands that change something, each with one good end."""

import sqlite3
from pathlib import Path

import pytest

from registry_tasks import Client
from registry_tasks.stores.metadata.schema import REVISIONS

from .conftest import Cli

pytestmark = pytest.mark.slow

M = "flight-delay"


def test_a_file_is_registered_once(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "m.bin").write_bytes(b"1")
    (tmp_path / "s.json").write_text(
        '{"inputs": [{"name": "x", "type": "float64"}], "outputs": [{"name": "y", "type": "str"}]}'
    )
    options = (
        "--model", "m", "--format", "onnx", "--set", "deep.rate=1e-3", "--set", "word=a b",
        "--metric", "auc=0.5", "--tag", "k=v=w", "--description", "first",
        "--signature", str(tmp_path / "s.json"),
    )  # fmt: skip
    answer = cli("register", str(tmp_path / "m.bin"), *options)
    assert answer.out == "registered m@1 (v1.0.0)\n  because the first version\n"
    again = cli("register", str(tmp_path / "m.bin"), *options)
    assert again.out.startswith("was there already: m@1 (v1.0.0)\n")
    record = cli("show", "m@1", "--json").document
    assert record["parameters"] == {"deep.rate": 0.001, "word": "a b"}
    assert record["tags"] == {"k": "v=w"}
    assert record["signature"]["inputs"] == [{"name": "x", "type": "float64", "shape": []}]
    assert record["version"]["model_format"] == "onnx"


def test_production_changes_hands_and_back(told: Client, cli: Cli) -> None:
    moved = cli("promote", f"{M}@2", "--to", "production", "--expect-current", "1")
    assert moved.out.splitlines()[:3] == [
        f"{M}@1: production -> experiment",
        f"{M}@2: staging -> production",
        f"alias champion -> {M}@2",
    ]
    again = cli("promote", f"{M}@2", "--to", "production")
    assert again.out == f"{M}@2 is in production already; nothing was changed\n"
    back = cli("rollback", M, "--reason", "it drifts", "--json").document
    assert [(m["ref"], m["target"]) for m in back["moves"]] == [
        (f"{M}@2", "experiment"),
        (f"{M}@1", "production"),
    ]
    assert told.resolve(f"{M}@champion").number == 1


def test_pages_name_places_as_references_do(told: Client, cli: Cli) -> None:
    assert cli("promote", f"{M}@1", "--to", "staging", "--environment", "eu").code == 0
    assert told.resolve(f"{M}@staging-eu").number == 1
    pages = (("show", f"{M}@1"), ("show", M), ("versions", M), ("search", "number = 1"))
    for page in pages:
        assert "  production, staging-eu" in cli(*page).out, page


def test_a_refused_promotion_names_the_gate_and_leaves_all_as_it_was(
    told: Client, cli: Cli
) -> None:
    assert cli("promote", f"{M}@3", "--to", "staging").code == 0
    before = told.models()
    refused = cli("promote", f"{M}@3", "--to", "production")
    assert refused.code == 5
    gate = f"error: {M}@3 was not promoted to production: gate 'better-than-production': it was not"
    assert refused.err.startswith(gate)
    assert told.models() == before
    assert "not promoted to production" in cli("show", f"{M}@3").out


def test_a_version_is_archived_and_restored(told: Client, cli: Cli) -> None:
    assert cli("archive", f"{M}@1").code == 5
    assert cli("archive", f"{M}@3", "--reason", "no use").out == f"{M}@3: experiment -> archived\n"
    assert cli("archive", f"{M}@3").out == "nothing to move\n"
    assert cli("restore", f"{M}@3").out == f"{M}@3: archived -> experiment\n"
    assert cli("archive", "--policy", M, "--dry-run").out == "nothing to move\n"
    assert cli("archive", "--policy", M, "--dry-run", "--json").document == {"items": []}
    assert cli("archive", "--policy", M).out == "nothing to move\n"


def test_aliases_and_descriptions(told: Client, cli: Cli) -> None:
    assert cli("alias", "set", f"{M}@3", "night").out == f"alias night -> {M}@3\n"
    moved = cli("alias", "set", f"{M}@2", "night", "--expect-current", "3", "--json").document
    assert moved["aliases"] == ["challenger", "night"]
    stale = cli("alias", "remove", M, "night", "--expect-current", "3")
    assert (stale.code, "alias night holds version 2, not version 3" in stale.err) == (4, True)
    remove = ("alias", "remove", M, "night", "--expect-current", "2", "--json")
    assert cli(*remove).document == {"model": M, "alias": "night"}
    refused = cli("alias", "set", f"{M}@3", "champion")
    assert (refused.code, "promote a version instead" in refused.err) == (5, True)
    assert cli("describe", f"{M}@3", "seen").out == f"described {M}@3\n"
    assert told.show(f"{M}@3").description == "seen"


def test_the_doctor_is_content_and_says_so(told: Client, cli: Cli) -> None:
    assert cli("doctor").out == "all is well\n"
    assert cli("doctor", "--json").document == {"items": []}


def test_sync_and_migrate_change_nothing_where_all_is_done(told: Client, cli: Cli) -> None:
    before = told.history(M)
    nothing = {"tags": 0, "swept": [], "closed": [], "regraded": []}
    nothing["delivered"] = {"sent": 0, "failed": 0, "dead": 0}
    assert cli("sync", "--json").document == nothing
    assert cli("sync").out == "0 Git tags written, 0 dead workspaces cleared away\n"
    assert cli("migrate", "--json").document["schema"] == REVISIONS[-1]
    assert told.history(M) == before


def test_downloads_say_where(one: Client, cli: Cli, tmp_path: Path) -> None:
    path = Path(cli("download", f"{M}@1").out.strip())
    assert path.read_text() == "weights\n"
    given = cli("download", f"{M}@1", "--to", str(tmp_path / "copy.txt"), "--json").document
    assert given["path"] == str(tmp_path / "copy.txt")
    assert given["version"]["number"] == 1


def test_an_evaluation_without_a_rival_is_said(told: Client, cli: Cli) -> None:
    assert cli("evaluate", f"{M}@1").out.startswith("nothing to compare with")
    assert cli("evaluate", f"{M}@1", "--json").document is None
    assert cli("evaluate", f"{M}@2").code == 5  # it was registered without a commit


@pytest.mark.parametrize("command", ["archive", "describe", "alias"])
def test_a_store_that_cannot_be_written_is_said(one: Client, cli: Cli, command: str) -> None:
    """Root may write everywhere, so the database itself is told to refuse."""
    one.close()
    arguments = {
        "archive": (f"{M}@1",),
        "describe": (f"{M}@1", "text"),
        "alias": ("set", f"{M}@1", "night"),
    }
    path = one.settings.store_url.removeprefix("sqlite:///")
    with pytest.MonkeyPatch.context() as patch:
        pragmas = ("PRAGMA foreign_keys=ON", "PRAGMA query_only=ON")
        patch.setattr("registry_tasks.stores.metadata.sqlite.PRAGMAS", pragmas)
        answer = cli(command, *arguments[command])
    assert answer.code == 6
    assert "give this user the right to write" in answer.err
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
