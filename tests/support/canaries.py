"""Things that nobody may get at, around a served registry, and whoever would notice.

A secret in a file beside the store, in the server's environment, in its Git configuration and in
people's tokens must be in no answer; nothing but store, remote and refs may change; a listener on
this machine must not be asked; and the server itself tells what it opened and ran.
"""

import os
import secrets
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

import httpx

from registry_tasks.faces.ports import claim
from support.attacks import PRODUCT
from support.patience import until
from support.world import World

TESTS: Final = Path(__file__).parents[1]
_ENV: Final = "REGISTRY_CANARY"
_FILE: Final = "canary.txt"
_FOREIGN: Final = ("root:x:0:0:", "SQLite format 3\0", str(PRODUCT))
"""What no answer holds unless a file was read or a text carried out."""
_LEASH: Final = (sys.executable, "-m", "registry_tasks.faces.up.leash")
_GIT: Final = "subprocess.Popen (['git', "
_RECEIVER: Final = "socket.getaddrinfo ('hooks.example.com', "
"""Where the API's own example lets events go, once an admin has said so."""
_STORE: Final = ("world/state/", "world/remote/", "world/downloads/", "log/")
_TELLS: Final = ("objects/", "refs/", "logs/", "registry", "packed-refs")
"""Below .git: what the registry writes there."""


class Listener:
    """Counts whoever connects, over IPv4 and IPv6, and answers nobody."""

    def __init__(self) -> None:
        self.heard: list[object] = []
        self._sockets = [self._open(socket.AF_INET, "127.0.0.1", 0)]
        self.port = int(self._sockets[0].getsockname()[1])
        with suppress(OSError):  # not every machine has IPv6
            self._sockets.append(self._open(socket.AF_INET6, "::1", self.port))
        for one in self._sockets:
            threading.Thread(target=self._listen, args=(one,), daemon=True).start()

    def close(self) -> None:
        for one in self._sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    @staticmethod
    def _open(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
        made = socket.socket(family, socket.SOCK_STREAM)
        made.bind((host, port))
        made.listen()
        return made

    def _listen(self, one: socket.socket) -> None:
        while True:
            try:
                asking, address = one.accept()
            except OSError:
                return
            self.heard.append(address)
            asking.close()


@dataclass
class Canaries:
    """What surrounds a server; ``texts`` maps what attacks are written with to what is so here."""

    folder: Path
    listener: Listener
    secrets: dict[str, str]
    texts: dict[str, str] = field(default_factory=dict)
    _before: dict[str, object] = field(default_factory=dict)

    @classmethod
    def put(cls, world: World, tokens: Mapping[str, str], listener: Listener) -> Self:
        """Surround the folder that a world is in, which is ``<folder>/world``."""
        folder = world.folder.parent
        hidden = {what: f"hidden-{secrets.token_hex(16)}" for what in ("file", "variable", "Git")}
        world.git("config", "canary.secret", hidden["Git"])
        for place in (folder, world.root):
            (place / _FILE).write_text(hidden["file"])
        for name in ("home", "tmp", "log", "made"):
            (folder / name).mkdir()
        made = cls(
            folder, listener, {**hidden, **{f"token of {who}": t for who, t in tokens.items()}}
        )
        host, file = f"127.0.0.1:{listener.port}", str(folder / _FILE)
        made.texts = {
            "@HOST@": host, "@PORT@": str(listener.port), "@FILE@": file, "@NAME@": _FILE,
            "@DOWN@": file.lstrip("/"), "@NEW@": str(folder / "made" / "new"), "@ENV@": _ENV,
        }  # fmt: skip
        made._before = made._look()
        return made

    def aim(self, text: str) -> str:
        """Write an attack out for this place."""
        if "@" in text:
            for sign, so in self.texts.items():
                text = text.replace(sign, so)
        return text

    def environment(self, world: World) -> dict[str, str]:
        """What the server's process is given."""
        added = {_ENV: self.secrets["variable"], "PYTHONPATH": self._path()}
        added |= {"HOME": str(self.folder / "home"), "TMPDIR": str(self.folder / "tmp")}
        return {**os.environ, **world.variables(), **added}

    def leaked(self, told: bytes) -> str | None:
        """Say which secret is in an answer, if one is."""
        for what, secret in self.secrets.items():
            if secret.encode() in told:
                return what
        return next((repr(sign) for sign in _FOREIGN if sign.encode() in told), None)

    def check(self) -> int:
        """Raise if anybody got at anything; return how many commands ran, all of them Git's."""
        assert not self.listener.heard, f"the server asked somebody: {self.listener.heard}"
        assert self._look() == self._before
        lines = (self.folder / "log" / "watched").read_text().splitlines()
        downloads = f"{self.folder}/world/downloads/sha256/"  # under the name that it was given
        kept = tuple(f"open ({quote}{downloads}" for quote in "'\"")
        strange = [line for line in lines if not line.startswith((_GIT, _RECEIVER, *kept))]
        assert not strange, "\n".join(strange[:20])
        for file in (self.folder / "log").iterdir():
            assert not (found := self.leaked(file.read_bytes())), f"{found} is in {file.name}"
        for file in (self.folder / "world" / "state").rglob("registry.db*"):
            kept = file.read_bytes()
            found = [what for what, secret in self.secrets.items() if secret.encode() in kept]
            assert not found, f"{found} is in {file.name}"
        return sum(line.startswith(_GIT) for line in lines)

    def _look(self) -> dict[str, object]:
        """Return links, programs, and every file that is none of the store's, with its content."""
        found: dict[str, object] = {}
        for path in sorted(self.folder.rglob("*")):
            name = path.relative_to(self.folder).as_posix()
            if path.is_symlink():
                found[name] = path.readlink()
            elif path.is_file() and (not _is_store(name) or path.stat().st_mode & 0o111):
                found[name] = path.read_bytes()
        return found

    @staticmethod
    def _path() -> str:
        own = [str(TESTS), os.environ.get("PYTHONPATH", "")]
        return os.pathsep.join(filter(None, own))


def _is_store(name: str) -> bool:
    return name.startswith(_STORE) or name.partition("/.git/")[2].startswith(_TELLS)


@contextmanager
def surrounded(world: World, tokens: Mapping[str, str]) -> Iterator[tuple[Canaries, str]]:
    """Serve a world among canaries; gives them and the server's address."""
    with ExitStack() as stack:
        listener = Listener()
        stack.callback(listener.close)
        canaries = Canaries.put(world, tokens, listener)
        port, log = claim("127.0.0.1", 0, "port"), canaries.folder / "log"
        command = [
            *_LEASH,
            sys.executable,
            "-m",
            "support.watched",
            str(log / "watched"),
            str(port),
        ]
        with (log / "server").open("wb") as said:
            process = subprocess.Popen(
                command,
                cwd=world.root,
                env=canaries.environment(world),
                stdin=subprocess.PIPE,
                stdout=said,
                stderr=said,
            )
        stack.callback(process.communicate, timeout=60)  # closes the pipe that holds it
        url = f"http://127.0.0.1:{port}"
        until(lambda: _answers(url, process, log / "server"))
        yield canaries, url


def _answers(url: str, process: "subprocess.Popen[bytes]", log: Path) -> bool:
    assert process.poll() is None, log.read_text()[-2000:]
    try:
        return httpx.get(f"{url}/ready", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False
