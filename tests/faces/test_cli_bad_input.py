"""Each bad input: one clear sentence, a documented exit code, nothing changed."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from registry_tasks import Client, connect, errors
from registry_tasks.stores.metadata import sqlite

from .conftest import Cli

pytestmark = pytest.mark.slow

M = "flight-delay"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["resolve", "flight-dely@1"], 3, "did you mean flight-delay?"),
        (["show", f"{M}@9"], 3, "the model has no such version"),
        (["show", "sha256:" + "0" * 64], 3, "no version has this id or digest"),
        (["resolve", f"{M}@v9.0.0"], 3, "the model has no such version"),
        (["resolve", f"{M}@nightly"], 3, "no such stage or alias"),
        (["resolve", f"{M}@production"], 3, "no version is in production"),
        (["resolve", f"{M}@experiment"], 3, "name one by its number"),
        (["versions", "nope"], 3, "no registered model 'nope'"),
        (["runs", "nope"], 3, "no registered model 'nope'"),
        (["history", "nope"], 3, "no registered model 'nope'"),
        (["rollback", M], 3, "no earlier production version"),
        (["alias", "remove", M, "nightly"], 3, "no such alias"),
        (["download", M], 2, "cannot read the reference"),
        (["resolve", f"{M}@1@"], 2, "cannot read the reference"),
        (["resolve", "Flight Delay@1"], 2, "use lower-case letters"),
        (["promote", f"{M}@1", "--to", "Production!"], 2, "cannot be the name of a stage"),
        (["promote", f"{M}@1", "--to", "moon"], 5, "it can go to staging"),
        (["promote", f"{M}@1", "--to", "production"], 2, "production has no gate"),
        (["promote", f"{M}@1", "--to", "staging", "--expect-current", "7"], 4, "nobody, not"),
        (["promote", f"{M}@1"], 2, "Missing option '--to'"),
        (["alias", "set", f"{M}@1", "latest"], 5, "cannot be moved as an alias"),
        (["alias", "set", f"{M}@1", "7"], 2, "cannot be the name"),
        (["restore", f"{M}@1"], 5, "is in experiment, not archived"),
        (["describe", f"{M}@1", "x" * 100_001], 2, "100,000 are allowed"),
        (["compare", f"{M}@1"], 2, "name two versions or more"),
        (["lineage"], 2, "name a version, or data"),
        (["archive"], 2, "name a version, or a model"),
        (["archive", f"{M}@1", "--dry-run"], 2, "goes with --policy"),
        (["versions", M, "--limit", "0"], 2, "greater than or equal to 1"),
        (["versions", M, "--before", "9" * 30], 2, "--before"),
        (["register", "nowhere.bin", "--model", M], 2, "there is no such file"),
        (["register", ".", "--model", M], 2, "not a regular file"),
        (["register", "/dev/null", "--model", M], 2, "not a regular file"),
        (["register", "x", "--model", M, "--metric", "auc=good"], 2, "--metric"),
        (["register", "x", "--model", M, "--metric", "auc=nan"], 2, "finite"),
        (["register", "x", "--model", M, "--set", "rate"], 2, "write it as key=value"),
        (["register", "x", "--model", M, "--set", "a=[1,2"], 2, "to mean the text, quote it"),
        (["register", "x", "--model", M, "--set", "a=.nan"], 2, "--set='a=.nan': it holds a value"),
        (["train", M, "--set", "a=!!python/object:x.Y {}"], 2, "it is not YAML"),
        (["train", M, "--set", f"a={2**64}"], 2, "refused at $.a: a whole number beyond 64 bits"),
        (["register", "x", "--model", M, "--tag", "a=1", "--tag", "a=2"], 2, "given twice"),
        (["register", "x", "--model", M, "--signature", "nowhere.json"], 2, "No such file"),
        (["register", "x", "--model", "Big"], 2, "cannot be the name of a model"),
        (["train", M], 2, "not a Git repository"),
        (["launch"], 2, "No such command 'launch'"),
        (["resolve"], 2, "`registry resolve --help` tells more"),
    ],
)
def test_bad_input_gets_one_sentence_and_its_code(
    one: Client, cli: Cli, arguments: list[str], code: int, said: str
) -> None:
    before = one.history(M)
    answer = cli(*arguments)
    assert (answer.code, answer.out) == (code, "")
    assert answer.err.startswith("error: ")
    assert answer.err.count("\n") == 1
    assert said in answer.err
    assert one.history(M) == before
    as_json = json.loads(cli(*arguments, "--json").err)
    assert set(as_json) == {"error", "message"}
    assert said in as_json["message"]


def test_an_empty_file_is_no_model(one: Client, cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    answer = cli("register", str(tmp_path / "empty"), "--model", M)
    assert (answer.code, answer.err.split(": ")[-1]) == (2, "it is empty; nothing was registered\n")


READS = (["models"], ["versions", M], ["show", f"{M}@1"], ["resolve", f"{M}@1"], ["doctor"])


@pytest.mark.parametrize("read", READS, ids=lambda read: read[0])
def test_a_missing_store_is_said_and_not_made(cli: Cli, tmp_path: Path, read: list[str]) -> None:
    answer = cli(*read)
    assert answer.code == 3
    assert "register a first version" in answer.err
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize("read", READS, ids=lambda read: read[0])
@pytest.mark.parametrize(
    ("schema", "said"), [("9999", "upgrade registry-tasks"), ("0000", "`registry migrate`")]
)
def test_a_store_of_another_release_is_left_alone(
    one: Client,
    cli: Cli,
    monkeypatch: pytest.MonkeyPatch,
    read: list[str],
    schema: str,
    said: str,
) -> None:
    monkeypatch.setattr("registry_tasks.stores.metadata.schema.REVISIONS", ("0000", "0001"))
    one.close()
    with _database(one) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (schema,))
    for command in (read, ["archive", f"{M}@1"]):
        answer = cli(*command)
        assert answer.code == 6
        assert said in answer.err


def test_migrate_refuses_a_store_of_a_newer_release(one: Client, cli: Cli) -> None:
    one.close()
    with _database(one) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert cli("migrate").code == 6


def test_a_locked_store_is_waited_for_and_then_named(
    one: Client, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_S", 0.05)
    with _database(one) as connection:
        connection.execute("BEGIN IMMEDIATE")
        answer = cli("archive", f"{M}@1")
        assert answer.code == 6
        assert "locked by another process; nothing was changed" in answer.err
        assert cli("resolve", f"{M}@1").code == 0
        assert cli("show", f"{M}@1").code == 0
        connection.execute("ROLLBACK")
    assert cli("archive", f"{M}@1").code == 0


@pytest.mark.parametrize("read", READS, ids=lambda read: read[0])
def test_what_is_no_store_is_told_apart(one: Client, cli: Cli, read: list[str]) -> None:
    one.close()
    path = _path(one)
    path.write_bytes(b"this is a text and no database at all, long enough to be one" * 100)
    for left in path.parent.glob("registry.db-*"):
        left.unlink()
    answer = cli(*read)
    assert answer.code == 7
    assert "restore it from a backup" in answer.err


@pytest.mark.parametrize("command", [*READS, ["archive", f"{M}@1"]], ids=lambda c: c[0])
def test_a_folder_in_the_place_of_the_store_cannot_be_opened(
    cli: Cli, tmp_path: Path, command: list[str]
) -> None:
    (tmp_path / "state" / "registry.db").mkdir(parents=True)
    answer = cli(*command)
    assert answer.code in (6, 7)
    assert "registry.db" in answer.err


def test_a_lost_remote_is_named(one: Client, cli: Cli) -> None:
    shutil.rmtree(one.settings.remote)
    answer = cli("download", f"{M}@1")
    assert answer.code == 6
    assert "REGISTRY_REMOTE" in answer.err


def test_damaged_bytes_are_the_seventh_code(one: Client, cli: Cli) -> None:
    (stored,) = (p for p in one.settings.remote.joinpath("files").rglob("*") if p.is_file())
    stored.chmod(0o644)
    stored.write_text("WEIGHTS\n")
    assert cli("download", f"{M}@1").code == 7
    answer = cli("doctor", "--json")
    assert answer.code == 9
    assert [item["where"] for item in answer.document["items"]] == [f"{M}@1"]


@contextmanager
def _database(client: Client) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(_path(client), isolation_level=None)
    yield connection
    connection.close()


def _path(client: Client) -> Path:
    return Path(client.settings.store_url.removeprefix("sqlite:///"))


def test_a_state_folder_can_be_named_instead(one: Client, cli: Cli, tmp_path: Path) -> None:
    assert cli("--store", str(tmp_path / "state"), "resolve", f"{M}@1").code == 0
    assert cli("--store", str(tmp_path / "other"), "resolve", f"{M}@1").code == 3
    with connect(tmp_path / "state") as client:
        assert client.resolve(f"{M}@1").number == 1


def test_a_folder_gives_no_links_and_says_what_does(one: Client, cli: Cli) -> None:
    answer = cli("download", "flight-delay@1", "--url")
    assert (answer.code, "registry download" in answer.err) == (5, True)
    assert cli("download", "flight-delay@1", "--url", "--to", "x").code == 2
    assert cli("download", "flight-delay@1", "--url", "--expires", "0").code == 2
    with pytest.raises(errors.InvalidSetting, match="expires_s"):
        one.download_url("flight-delay@1", 10**9)
