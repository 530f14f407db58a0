"""Texts for people, through Apprise: mail, chat and a hundred other ways.

A way may go to any address and runs code of others. So it runs in a process of its own, which is
ended when it takes too long, and in which Python itself refuses to connect to where events may not
go, or to run a program.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Any, Final, NamedTuple

from registry_tasks.entities.allowed import Allowed
from registry_tasks.entities.errors import ExtraMissing, InvalidSetting
from registry_tasks.settings import for_strangers
from registry_tasks.stores.outward.answer import TAKEN, Answer, away

_MODULE: Final = "registry_tasks.stores.outward.notify"
_START_S: Final = 20.0
"""How long Apprise may take to be loaded, on a machine that has much to do."""


class Letter(NamedTuple):
    """A text for people."""

    title: str
    body: str


def check_addresses(addresses: Sequence[str], wait_s: float) -> str:
    """Return what may be shown of Apprise URLs: which ways they are.

    Raises: ExtraMissing, InvalidSetting.
    """
    if find_spec("apprise") is None:
        raise ExtraMissing("telling people", "notify")
    if not addresses:
        raise InvalidSetting("to", "", "write Apprise URLs, such as mailto://user:password@host")
    said = _run({"addresses": addresses}, wait_s)
    if "wrong" in said:
        number = f"URL {said['wrong'] + 1}" if len(addresses) > 1 else "it"
        raise InvalidSetting("to", "", f"{number} is none that Apprise knows: see its wiki")
    if "ways" not in said:
        raise InvalidSetting("to", "", str(said["why"]))
    return ", ".join(said["ways"])


def send(addresses: Sequence[str], letter: Letter, allowed: Allowed, wait_s: float) -> Answer:
    """Send a text to all addresses."""
    asked = {
        "addresses": addresses,
        "letter": letter._asdict(),
        "allowed": [*map(str, allowed.networks), *sorted(allowed.hosts)],
    }
    said = _run(asked, wait_s)
    if said.get("taken"):
        return TAKEN
    return away(str(said.get("why") or "it was not taken"))


def _run(asked: Mapping[str, object], wait_s: float) -> dict[str, Any]:
    """Ask the process; what it is given goes in by its input, as command lines are for all to see."""
    try:
        done = subprocess.run(
            (sys.executable, "-m", _MODULE),
            input=json.dumps(asked).encode(),
            env=for_strangers(),
            capture_output=True,
            timeout=wait_s + _START_S,
            check=False,
        )
        said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    except subprocess.TimeoutExpired:
        return {"why": "no answer in time"}
    except (IndexError, ValueError):
        return {"why": f"Apprise ended with {done.returncode}"}
    return said
