"""Ports: whether one can be listened on, said before anything is started."""

import errno
import socket

from registry_tasks.entities.errors import InvalidSetting, PortTaken


def claim(host: str, port: int, option: str) -> int:
    """Return the port if nobody listens there, a free one for 0; ``option`` is what names another.

    Raises: PortTaken, InvalidSetting for a host that is none of this machine.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as servers do
            tried.bind(address)
            tried.listen()
            return int(tried.getsockname()[1])
    except socket.gaierror as error:
        raise InvalidSetting(
            "--host", host, f"{error.strerror}; name one of this machine"
        ) from None
    except PermissionError:
        reason = "only the administrator may listen there; take one above 1023"
        raise InvalidSetting(option, str(port), reason) from None
    except OSError as error:
        if error.errno == errno.EADDRNOTAVAIL:
            reason = "it is no address of this machine"
            raise InvalidSetting("--host", host, reason) from None
        raise PortTaken(host, port, option, error.strerror or str(error)) from None
