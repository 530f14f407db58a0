"""Prove many files or objects at once: in threads, all of them or a sample, telling how far it is."""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from registry_tasks.entities.errors import InvalidArtifact
from registry_tasks.entities.manifest import Artifact
from registry_tasks.stores.artifacts.digests import Digests, digest_file
from registry_tasks.stores.artifacts.proof import wanted

Thing = TypeVar("Thing")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Reach:
    """How much is read: every byte, none, or ``sample`` things of each place, chosen by chance."""

    sample: int | None = None  # None: everything
    chance: random.Random = field(default_factory=random.Random)
    progress: Callable[[str, int, int], None] | None = None  # what, how many of how many

    def choose(self, things: Sequence[Thing]) -> Sequence[Thing]:
        """Return those that are read."""
        if self.sample is None or self.sample >= len(things):
            return things
        return self.chance.sample(things, self.sample)

    def each(
        self, what: str, things: Sequence[Thing], prove: Callable[[Thing], Result]
    ) -> list[Result]:
        """Prove the chosen things in threads; returns the results in order."""
        chosen = self.choose(things)
        found = []
        with ThreadPoolExecutor() as pool:
            for result in pool.map(prove, chosen):
                found.append(result)
                if self.progress is not None:
                    self.progress(what, len(found), len(chosen))
        return found


def holds(found: Iterable[Path], artifact: Artifact) -> Iterator[Path]:
    """Give those places that hold exactly the artifact's bytes."""
    for path in found:
        if digest_or_reason(path) == wanted(artifact):
            yield path


def digest_or_reason(path: Path) -> Digests | str | None:
    """Hash a file; None if it is not there, a sentence if it cannot be read."""
    try:
        return digest_file(path)
    except FileNotFoundError:
        return None
    except InvalidArtifact as error:
        return error.reason
    except OSError as error:
        return error.strerror or str(error)
