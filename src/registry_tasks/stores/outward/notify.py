"""Be the process that tells people something: ``python -m``, asked and answering in JSON.

What it may not do is refused by Python's audit hooks, which cannot be taken off again: neither a
name that leads elsewhere by now nor a redirect gets past them.
"""

import json
import logging
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

import apprise

from registry_tasks.entities.allowed import Allowed

_CONNECTS: Final = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_RUNS: Final = ("subprocess.", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "os.fork")


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """Do what was asked, and say what came of it."""
    ways = [apprise.Apprise.instantiate(url) for url in asked["addresses"]]
    if None in ways:
        return {"wrong": ways.index(None)}
    if "letter" not in asked:
        return {"ways": [_name(way) for way in ways]}
    refused = _confine(asked["allowed"])
    told = asked["letter"]
    failed = [_name(way) for way in ways if not _tell(way, told["title"], told["body"])]
    if not failed:
        return {"taken": True}
    why = f"; {refused[0]} may not be called" if refused else ""
    return {"taken": False, "why": f"not taken by {', '.join(failed)}{why}"}


def _tell(way: Any, title: str, body: str) -> bool:
    made = apprise.Apprise()
    made.add(way)
    return bool(made.notify(body=body, title=title, body_format=apprise.NotifyFormat.TEXT))


def _name(way: Any) -> str:
    """Name a way, and nothing of its address."""
    return str(way.service_name)


def _confine(words: Sequence[str]) -> list[str]:
    """Refuse connections and programs from now on; returns a list of what was refused."""
    allowed = Allowed.parse(" ".join(words))
    named = {str(found) for host in allowed.hosts for found in _look_up(host)}
    refused: list[str] = []

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(_RUNS):
            refused.append("a program")
            raise PermissionError(event)
        if event in _CONNECTS:
            target = arguments[1]
            host = str(target[0]) if isinstance(target, tuple) else "a socket of this machine"
            if host not in named and not allowed.may_call(host, host):
                refused.append(host)
                raise PermissionError(f"{host} may not be called")

    sys.addaudithook(hook)
    return refused


def _look_up(host: str) -> set[object]:
    with suppress(OSError):
        return {found[4][0] for found in socket.getaddrinfo(host, None)}
    return set()


if __name__ == "__main__":
    logging.disable()  # a way may write its address into what it logs
    print(json.dumps(answer(json.loads(sys.stdin.buffer.read()))))
