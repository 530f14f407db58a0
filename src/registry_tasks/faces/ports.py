"""Ports: taken to listen on, and what is wrong with one said before anything is started."""

import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from registry_tasks.entities.errors import InvalidSetting, PortTaken

_BACKLOG: Final = 2048


@contextmanager
def closing_socket(host: str, port: int, option: str = "--port") -> Iterator[socket.socket]:
    """Listen, at a free port for 0; ``option`` is what names another.

    Raises: PortTaken, InvalidSetting for a host that is none of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends answers at once only over sockets that say they are TCP
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen(_BACKLOG)
        except OSError as error:
            raise _said(error, host, port, option) from None
        listener.set_inheritable(True)  # by worker processes
        yield listener


def claim(host: str, port: int, option: str = "--port") -> int:
    """Return the port if nobody listens there, a free one for 0. Raises as ``closing_socket``."""
    with closing_socket(host, port, option) as tried:
        return int(tried.getsockname()[1])


def _said(error: OSError, host: str, port: int, option: str) -> InvalidSetting | PortTaken:
    if isinstance(error, socket.gaierror):
        return InvalidSetting("--host", host, f"{error.strerror}; name one of this machine")
    if isinstance(error, PermissionError):
        reason = "only the administrator may listen there; take one above 1023"
        return InvalidSetting(option, str(port), reason)
    if error.errno == errno.EADDRNOTAVAIL:
        return InvalidSetting("--host", host, "it is no address of this machine")
    return PortTaken(host, port, option, error.strerror or str(error))
