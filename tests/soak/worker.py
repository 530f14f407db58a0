"""A process of the soak: it acts by chance, and writes down what came of it."""

import json
import pickle
import random
import threading
import time
import traceback
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from registry_tasks import connect
from registry_tasks.entities.errors import Conflict, NotFound, Refused, Unavailable

MODELS: Final = ("alpha", "beta", "gamma")
_AWAY_S: Final = 0.5
Act = Callable[[], None]


class Worker(ABC):
    """Acts by chance, counts what came of it, and pauses in between."""

    pause_s = 0.05

    def __init__(self, seed: int, report: Path) -> None:
        self.random = random.Random(seed)
        self.client = connect()
        self._report = report.open("a", buffering=1)
        self._counts: Counter[str] = Counter()
        self._lock = threading.Lock()
        self.ending = threading.Event()

    @abstractmethod
    def acts(self) -> dict[Act, int]:
        """Return what can be done, each with its weight."""

    def run(self) -> None:
        acts = self.acts()
        told = time.monotonic()
        while not self.ending.is_set():
            (act,) = self.random.choices(list(acts), list(acts.values()))
            self.do(act)
            if time.monotonic() - told > 1:
                told = time.monotonic()
                self.tell({"counts": self._counts})
            self.ending.wait(self.random.uniform(0, 2 * self.pause_s))
        self.tell({"counts": self._counts})
        self.client.close()

    def do(self, act: Act) -> None:
        try:
            act()
        except (Refused, Conflict, NotFound):
            self._count("refused")
        except Unavailable:
            self._count("unavailable")
            self.ending.wait(_AWAY_S)
        except Exception:  # noqa: BLE001 - whatever it is, it is told and judged
            self._count("failed")
            self.tell({"failed": traceback.format_exc()})
        else:
            self._count("done")
            self._count(act.__name__)

    def tell(self, line: dict[str, Any]) -> None:
        with self._lock:
            self._report.write(json.dumps(line) + "\n")

    def model(self) -> str:
        return self.random.choice(MODELS)

    def any_ref(self) -> str:
        model = self.model()
        newest = self.client.resolve(f"{model}@latest").number
        return f"{model}@{self.random.randint(max(1, newest - 30), newest)}"

    def content(self) -> bytes:
        """Return a model that tells whether its bytes are right."""
        payload = self.random.randbytes(self.random.randrange(2_000, 40_000))
        return pickle.dumps({"payload": payload, "sha256": sha256(payload).hexdigest()})

    def _count(self, outcome: str) -> None:
        with self._lock:
            self._counts[outcome] += 1
