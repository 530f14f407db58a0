"""What goes wrong during a soak, by chance and on purpose."""

import os
import random
import signal
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final
from uuid import uuid4

MEAN_PAUSE_S: Final = 3.0


class Faults:
    """Does one of them every few seconds."""

    def __init__(
        self,
        seed: int,
        root: Path,
        state: Path,
        downloads: Path,
        victims: Callable[[], list[int]],
        restart_store: Callable[[], None] | None,
    ) -> None:
        self.counts: Counter[str] = Counter()
        self._random = random.Random(seed)
        self._root, self._state, self._downloads = root, state, downloads
        self._victims = victims
        self._next_s = self._pause()
        self._kinds: dict[str, tuple[int, Callable[[], bool]]] = {
            "worker killed": (10, self._kill),
            "download damaged": (6, self._damage),
            "workspace left behind": (2, self._leave_workspace),
            "lock of the log left behind": (2, self._leave_log_lock),
            "index.lock left behind": (1, self._leave_index_lock),
        }
        if restart_store is not None:
            self._kinds["store restarted"] = (1, _as_done(restart_store))

    def at(self, now_s: float) -> None:
        """Do what is due."""
        if now_s < self._next_s:
            return
        self._next_s = now_s + self._pause()
        weights = [weight for weight, _ in self._kinds.values()]
        (name,) = self._random.choices(list(self._kinds), weights)
        if self._kinds[name][1]():
            self.counts[name] += 1

    def clear(self) -> None:
        """Take away what stands for another program that died: no command of ours may do that."""
        (self._root / ".git" / "index.lock").unlink(missing_ok=True)

    def _pause(self) -> float:
        return self._random.expovariate(1 / MEAN_PAUSE_S)

    def _kill(self) -> bool:
        victims = self._victims()
        if not victims:
            return False
        os.killpg(self._random.choice(victims), signal.SIGKILL)
        return True

    def _damage(self) -> bool:
        files = list(self._downloads.glob("sha256/*/*/*.pkl"))
        if not files:
            return False
        path = self._random.choice(files)
        try:
            content = bytearray(path.read_bytes())
            content[self._random.randrange(len(content))] ^= 1 << self._random.randrange(8)
            path.chmod(0o644)
            path.write_bytes(content)
            path.chmod(0o444)
        except FileNotFoundError:  # it has just been fetched anew under another temporary name
            return False
        return True

    def _leave_workspace(self) -> bool:
        (self._state / "workspaces" / str(uuid4())).mkdir(parents=True)
        return True

    def _leave_log_lock(self) -> bool:
        """As a Git that was killed while it wrote; only where our own lock lets nobody write."""
        from registry_tasks.stores.git.lock import locked

        with locked(self._root / ".git"):
            lock = self._root / ".git" / "refs" / "registry" / "log.lock"
            lock.parent.mkdir(parents=True, exist_ok=True)
            lock.touch()
        return True

    def _leave_index_lock(self) -> bool:
        (self._root / ".git" / "index.lock").touch()
        return True


def _as_done(act: Callable[[], None]) -> Callable[[], bool]:
    def done() -> bool:
        act()
        return True

    return done
