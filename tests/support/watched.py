"""A server that writes down what it does beyond its store: ``python -m support.watched LOG PORT``.

Connections, looked-up names, commands, unpickled names, links made, and files opened that are none
of its business; the interpreter itself tells of them, before they happen.
"""

import os
import sys
from collections.abc import Callable
from typing import Any, Final

_TOLD: Final = frozenset(
    {
        *("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"),
        *("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "pty.spawn"),
        *("pickle.find_class", "os.symlink", "os.link", "shutil.unpack_archive", "webbrowser.open"),
        *("urllib.Request", "ftplib.connect", "smtplib.connect", "telnetlib.Telnet.open"),
    }
)
_FILES: Final = ("canary", "/etc/passwd", "/proc/self/environ", ".bashrc", "win.ini")
_MOST: Final = 2000


def watch(log: str) -> Callable[[str, tuple[Any, ...]], None]:
    """Return a hook that writes to ``log``, a line for each thing."""
    out = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def hear(event: str, told: tuple[Any, ...]) -> None:
        if event in _TOLD:
            what = told[1:2] if event == "subprocess.Popen" else told
        elif event == "open" and any(name in str(told[0]) for name in _FILES):
            what = told[:1]
        else:
            return
        os.write(out, f"{event} {what!r}"[:_MOST].encode(errors="backslashreplace") + b"\n")

    return hear


def main() -> int:
    """Serve, watched from the first import of a server's on."""
    log, port = sys.argv[1:]
    sys.addaudithook(watch(log))
    from registry_tasks.faces.http.serve import main as serve

    return serve(["--port", port])


if __name__ == "__main__":
    raise SystemExit(main())
