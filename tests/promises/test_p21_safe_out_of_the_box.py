"""P21: as it comes, it is for its owner alone; and no secret is where others may look."""

import os
import re
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
from support.databases import Postgres, with_query
from support.http_server import asking, serving
from support.s3 import SECRET, S3Server, use
from support.site import ADMIN, AUTHOR, VIEWER, let_people_in
from support.trials import Trial
from support.visiting import Visitor
from support.worker_processes import served
from support.world import MODEL, World

from registry_tasks.entities.access import (
    Identity as Somebody,
    RevokeToken,
    Right,
    Role,
    TurnOnAccounts,
)
from registry_tasks.entities.errors import OpenToNetwork, PlainToNetwork
from registry_tasks.entities.secrets import PREFIX
from registry_tasks.faces.cli.app import run
from registry_tasks.faces.http.caller import COOKIE
from registry_tasks.faces.http.config import ServerConfig
from registry_tasks.faces.http.guard import FORM_HEADER
from registry_tasks.faces.http.serve import HOST, check_may_listen, is_loopback, main, serve
from registry_tasks.registry.access.accounts import list_accounts, turn_on_accounts
from registry_tasks.registry.access.tokens import list_tokens, revoke_token
from registry_tasks.registry.registry import Registry

COMMAND: Final = (sys.executable, "-c", "from registry_tasks.faces.cli.app import main; main()")
OPEN_HOSTS: Final = ("0.0.0.0", "::", "192.0.2.1", "example.org")
OWN_HOSTS: Final = ("127.0.0.1", "::1", "localhost", "127.8.8.8")
USUAL: Final = (
    *("admin", "password", "password1234", "root", "registry", "changeme", "default", "token"),
    *("admin:admin", "admin:password1234", "YWRtaW46YWRtaW4=", "null", "undefined", "none", "0"),
    *(PREFIX, PREFIX + "0" * 43, PREFIX + "A" * 43, "' or 1=1 --", "Bearer", "test", "secret"),
)
"""What others are delivered with."""


@pytest.mark.parametrize("host", OPEN_HOSTS)
def test_nobody_listens_to_a_network_without_accounts(sqlite_world: World, host: str) -> None:
    with pytest.raises(OpenToNetwork, match="registry access start"):
        serve(ServerConfig(sqlite_world.settings), host=host)
    empty = replace(sqlite_world.settings, store_url=f"sqlite:///{sqlite_world.folder}/none.db")
    with pytest.raises(OpenToNetwork):
        check_may_listen(empty, host, is_safe=True)
    turn_on_accounts(sqlite_world.registry(), TurnOnAccounts(account="root"))
    check_may_listen(sqlite_world.settings, host, is_safe=True)


@pytest.mark.parametrize("host", OPEN_HOSTS)
def test_nobody_listens_to_a_network_without_tls_unknowingly(
    sqlite_world: World, host: str
) -> None:
    turn_on_accounts(sqlite_world.registry(), TurnOnAccounts(account="root"))
    with pytest.raises(PlainToNetwork, match="`--https`, or `--plain-http`"):
        serve(ServerConfig(sqlite_world.settings), host=host)


@pytest.mark.parametrize("host", OWN_HOSTS)
def test_this_machine_needs_no_accounts(sqlite_world: World, host: str) -> None:
    check_may_listen(sqlite_world.settings, host, is_safe=False)


def test_the_command_says_what_is_wrong(
    sqlite_world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in sqlite_world.variables().items():
        monkeypatch.setenv(name, value)
    assert main(["--host", "0.0.0.0"]) == 1
    assert "`registry access start NAME`" in capsys.readouterr().err


def test_nobody_has_a_password_to_begin_with(sqlite_world: World, trial: Trial) -> None:
    assert is_loopback(HOST)
    assert list_accounts(sqlite_world.registry()) == ()
    made = turn_on_accounts(sqlite_world.registry(), TurnOnAccounts(account="admin"))
    assert len(made.secret.removeprefix(PREFIX)) == 43  # 256 bits in base64
    refused = 0
    with serving(sqlite_world.settings) as url, asking(url) as client:
        for secret in USUAL:
            tried: list[dict[str, Any]] = [
                {"headers": {"Authorization": f"Bearer {secret}"}},
                {"headers": {"Authorization": f"Basic {secret}"}},
                {"headers": {"Cookie": f"{COOKIE}={secret}"}},
                {"auth": ("admin", secret)},
                {"params": {"token": secret}},
            ]
            for shown in tried:
                assert client.request("GET", "/api/v1/models", **shown).status_code in (401, 429)
                refused += 1
            assert client.post("/login", data={"token": secret}).status_code in (401, 429)
        own = {"Authorization": f"Bearer {made.secret}"}
        assert client.get("/api/v1/models", headers=own).status_code == 200
    trial.report(
        "P21",
        f"{refused} usual passwords and ways to show them, {len(OPEN_HOSTS)} hosts of networks",
        "none lets anybody in; without accounts it listens to this machine only",
    )


@pytest.mark.slow
def test_what_it_makes_is_its_owners_alone(sqlite_world: World, tmp_path: Path) -> None:
    checkout = tmp_path / "fresh"
    checkout.mkdir()
    (checkout / "model.bin").write_bytes(b"a model")
    environment = {n: v for n, v in os.environ.items() if not n.startswith("REGISTRY_")}

    def registry(*words: str) -> None:
        done = subprocess.run(
            [*COMMAND, *words], cwd=checkout, env=environment, capture_output=True, check=False,
            umask=0o022,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    subprocess.run(["git", "init", "--quiet"], cwd=checkout, check=True)
    registry("register", "model.bin", "--model", "mower")
    registry("access", "start", "ada")
    state = checkout / ".registry"
    assert state.stat().st_mode & 0o777 == 0o700
    stores = [path for path in state.iterdir() if path.name.startswith("registry.db")]
    assert stores
    assert {path.stat().st_mode & 0o777 for path in stores} == {0o600}


class Canaries(dict[str, str]):
    """Secrets by what they are, and where they must not be found."""

    def check(self, where: str, content: bytes, *but: str) -> None:
        """Fail if one of them is there; ``but`` are those for which the place is made."""
        found = [name for name, secret in self.items() if secret.encode() in content]
        assert not set(found) - set(but), where


@pytest.fixture
def world(
    make_world: Any, postgres: Postgres, rclone: S3Server, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[World, Canaries]]:
    """A registry that is reached by passwords everywhere: PostgreSQL, S3, a Git remote, Prefect."""
    known = Canaries({f"canary {n}": secrets.token_hex(16) for n in range(5)})
    database, git, prefect, auth, key = known
    known["S3 key"] = SECRET
    use(monkeypatch, {**rclone.environment(), "AWS_SESSION_TOKEN_OF_OTHERS": known[key]})
    monkeypatch.setenv("PREFECT_API_KEY", known[prefect])
    monkeypatch.setenv("PREFECT_SERVER_API_AUTH_STRING", f"admin:{known[auth]}")
    url = postgres.migrated()
    made: World = make_world(store_url=with_query(url, password=known[database]))
    made.remote = rclone.make_bucket()
    made.git("remote", "add", "origin", f"http://bot:{known[git]}@127.0.0.1:{_closed_port()}/x.git")
    monkeypatch.setenv("REGISTRY_GIT_REMOTE", "origin")
    made.version(1)
    yield made, known
    made.close()
    postgres.drop(url)


@pytest.mark.slow
def test_no_secret_is_where_others_look(
    world: tuple[World, Canaries],
    rclone: S3Server,
    trial: Trial,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    made, known = world
    known |= {f"token of {name}": token for name, token in let_people_in(made).items()}
    known["revoked token"] = known[f"token of {VIEWER}"]
    with _as_admin(made) as admin:
        for token in list_tokens(admin, VIEWER):
            revoke_token(admin, RevokeToken(token=token.uuid))
    known["token of another registry"] = PREFIX + secrets.token_urlsafe(32)
    known["password of HTTP"] = secrets.token_hex(16)
    _run_commands(made, known, monkeypatch, capfd)
    with served(made, workers=1) as (url, _, log):
        _be_careless(url, known)
        known.check("the server's log", log.read_bytes())
    places = 0
    for path in _files(made.folder, rclone.folder):
        known.check(str(path), path.read_bytes())
        places += 1
    for name, content in {**_git_objects(made), **_tables(made)}.items():
        known.check(name, content)
        places += 1
    assert len(known) >= 12
    trial.report(
        "P21",
        f"{len(known)} secrets in {places:,} files, Git objects and tables, log, pages, output",
        "0 found",
    )


def _run_commands(
    world: World,
    known: Canaries,
    patch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    patch.chdir(world.root)
    store = world.variables()["REGISTRY_STORE"]
    with patch.context() as environment:
        environment.setenv("REGISTRY_TOKEN", known[f"token of {ADMIN}"])
        for name, value in (world.variables() | {"REGISTRY_GIT_REMOTE": "origin"}).items():
            environment.setenv(name, value)
        for words, codes in (
            (("note", f"{MODEL}@1", "x"), (0,)),
            (("access", "add", "bob", "viewer"), (0,)),
            (("promote", f"{MODEL}@1", "--to", "staging"), (0,)),
            (("sync",), range(20)),  # nobody answers at the remote
            (("export", str(world.folder / "exported")), (0,)),
            (("backup", str(world.folder / "backups")), (0,)),
            (("doctor", "--repair"), (0, 9)),
            (("doctor", "--json"), (0, 9)),
            (("note", known["token of another registry"], "x"), range(1, 20)),
            (("--store", f"{store}&sslmode=perhaps", "models"), range(1, 20)),
        ):
            code = run(list(words))
            told = capfd.readouterr()
            assert code in codes, told
            known.check(" ".join(words[:1]), (told.out + told.err).encode())


def _be_careless(url: str, known: Canaries) -> None:
    """Show secrets in the right places and in wrong ones, and look at all that comes back."""
    mine, others = known[f"token of {AUTHOR}"], known["token of another registry"]
    with Visitor(url) as visitor:
        visitor.log_in(mine)
        known["session"] = visitor.client.cookies[COOKIE]
        page = visitor.open(f"/models/{MODEL}")
        known["form token"] = page.form(f"/models/{MODEL}/do/note").fields["form_token"]
        visitor.send(page, f"/models/{MODEL}/do/note", text="y")
        for address in ("/", f"/models/{MODEL}", "/history", "/access"):
            known.check(address, visitor.open(address).answer.content, "form token")
        answer = visitor.client.post("/login", data={"token": others}, headers={"Origin": url})
        known.check("a token that does not hold", answer.content)
        note = {"subject": f"{MODEL}@1", "text": "x"}
        for token in (known["form token"], others):
            answer = visitor.client.post("/api/v1/note", json=note, headers={FORM_HEADER: token})
            known.check("a change", answer.content)
    with asking(url, mine) as client:
        for path, told in (
            *((path, {}) for path in ("/metrics", "/ready", "/api/v1/openapi.json", "/nowhere")),
            *((f"/api/v1/{path}", {}) for path in ("history", "models", "accounts")),
            ("/api/v1/models", {"after": others, "token": mine}),
            ("/api/v1/resolve", {"ref": others}),
            ("/api/v1/resolve", {"ref": f"{MODEL}@{mine}"}),
            (f"/models/{others}", {}),
            ("/api/v1/search/versions", {"filter": f"tags.{mine} = '{others}'"}),
        ):
            known.check(path, client.get(path, params=told).content)
        for body in ({"subject": mine, "text": others}, {mine: others}, {"text": [mine]}):
            known.check("a body", client.post("/api/v1/note", json=body).content)
        told_by_hand: Mapping[str, str] = {"Origin": f"http://{mine}"}
        known.check("an origin", client.get("/models", headers=told_by_hand).content)
    for token in (known["revoked token"], others, "x" + mine):
        with asking(url, token) as client:
            known.check("who is not let in", client.get("/api/v1/models").content)
    with asking(url) as client:
        answer = client.get("/api/v1/models", auth=("ada", known["password of HTTP"]))
        known.check("a password", answer.content)


def _files(*folders: Path | None) -> Iterator[Path]:
    for folder in filter(None, folders):
        for path in folder.rglob("*"):
            if path.is_file() and path.parts[-2:] != (".git", "config"):  # the user's own
                yield path


def _git_objects(world: World) -> dict[str, bytes]:
    listed = world.git("cat-file", "--batch-check", "--batch-all-objects").splitlines()
    told = subprocess.run(
        ["git", "cat-file", "--batch", "--batch-all-objects"],
        cwd=world.root,
        capture_output=True,
        check=True,
    )
    assert len(listed) > 10
    return {"all objects of Git": told.stdout}


def _tables(world: World) -> dict[str, bytes]:
    told = {}
    with _as_admin(world) as registry, registry.metadata.reading() as connection:
        for table in _names(connection):
            rows = connection.exec_driver_sql(f'SELECT t::text FROM "{table}" t').scalars()
            told[table] = "\n".join(rows).encode()
    assert re.search(r"\bada\b", told["event"].decode())
    return told


def _as_admin(world: World) -> Registry:
    return Registry(world.settings, Somebody(actor=ADMIN, rights=(Right(role=Role.ADMIN),)))


def _names(connection: Any) -> list[str]:
    from sqlalchemy import inspect

    names: list[str] = inspect(connection).get_table_names()
    return names


def _closed_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])
