"""Which verbs of the core are at work at the points where the crash driver would kill."""

import inspect
import json
import os
import sys
import threading
from collections.abc import Callable
from types import CodeType, FrameType
from typing import NamedTuple

from support.dying import watch

_CORE = "registry_tasks.registry."
_OPENING = "registry_tasks.registry.registry"  # opens stores and does nothing with them
_TELL = os.write  # before any watch: what tells of the points is none itself
NOBODY = "no verb of the core"


class Traced(NamedTuple):
    """Functions of the core that were on the stack at points, as ``module:name``."""

    outermost: frozenset[str] = frozenset()  # called from outside the core; NOBODY if none was
    all: frozenset[str] = frozenset()


class Trace:
    """A pipe from the child that does some work and ends well."""

    def __init__(self) -> None:
        self._reader, self._writer = os.pipe()
        self._outermost: set[str] = set()
        self._all: set[str] = set()
        self.points = 0  # how many there were; in the child, and here after its end

    def follow(self, work: Callable[[], object]) -> None:
        """The same as ``do``, and ``all`` has every function of the core that was called at all."""

        seen: dict[int, CodeType] = {}  # kept, so that no other code is given the number of one

        def called(frame: FrameType, event: str, _: object) -> None:
            if event == "call" and id(frame.f_code) not in seen:
                seen[id(frame.f_code)] = frame.f_code
                self._all.update(_verb(frame))

        sys.setprofile(called)
        self.do(work)

    def do(self, work: Callable[[], object]) -> None:
        """Do the work in a child, and tell what was seen."""
        watch(self._point)
        work()
        seen = {"outermost": sorted(self._outermost), "all": sorted(self._all)}
        _TELL(self._writer, json.dumps([self.points, seen]).encode())

    def end(self) -> Traced:
        """Return what was told, after the child has ended."""
        os.close(self._writer)
        with open(self._reader, "rb") as reader:
            self.points, told = json.loads(reader.read() or b"[0, {}]")
        return Traced(**{name: frozenset(seen) for name, seen in told.items()})

    def _point(self, *_: object) -> None:
        self.points += 1
        found = _verbs(sys._getframe(1))
        if threading.current_thread() is not threading.main_thread():
            found += _verbs(sys._current_frames().get(threading.main_thread().ident or 0))
        self._outermost.add(found[-1] if found else NOBODY)
        self._all.update(found)


def name_of(verb: Callable[..., object]) -> str:
    """Say what a function is called in a trace."""
    plain = inspect.unwrap(verb)
    return f"{plain.__module__}:{plain.__qualname__}"


def _verbs(frame: FrameType | None) -> list[str]:
    """Name the functions of the core on a stack, innermost first."""
    found = []
    while frame is not None:
        found += _verb(frame)
        frame = frame.f_back
    return found


def _verb(frame: FrameType) -> list[str]:
    """Name the function of a frame, if it is one of the core."""
    module = frame.f_globals.get("__name__", "")
    if module.startswith(_CORE) and module != _OPENING:
        return [f"{module}:{frame.f_code.co_qualname}"]
    return []
