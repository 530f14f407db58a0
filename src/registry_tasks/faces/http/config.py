"""What a server is told when it starts; each of its worker processes is told the same."""

import secrets
from dataclasses import dataclass, field

from registry_tasks.settings import Settings

MIB = 1 << 20


@dataclass(frozen=True)
class ServerConfig:
    """``hosts`` are the names it answers to, with port where it is not the scheme's own.

    A JSON body may have ``body_bytes``, a file ``upload_bytes``; a client that sends nothing for
    ``idle_s`` while it is waited for is given up. An address may fail to show a token that holds
    ``refusals`` times a minute. In a worker process a caller has ``turns`` requests at work at once,
    and ``long_bodies`` that are longer than most.
    """

    settings: Settings
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1")
    https: bool = False
    plain_http: bool = False
    """Whether a network may be answered without TLS."""
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    """What forms of callers without a session are signed with."""
    body_bytes: int = 2 * MIB
    upload_bytes: int = 16 * 1024 * MIB
    idle_s: float = 30.0
    refusals: int = 30
    turns: int = 4
    long_bodies: int = 2

    @property
    def scheme(self) -> str:
        """How its addresses begin."""
        return "https" if self.https else "http"
