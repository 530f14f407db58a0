"""What one process of the soak does until it is told to end: `python -m soak.work ROLE SEED REPORT`.

It writes a line of JSON for each second and for each version that it was told it had made. What
fails in a way that no caller should meet is written down with its traceback.
"""

import os
import signal
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Final

from registry_tasks.entities.promotion import ArchiveByPolicy
from registry_tasks.faces.sdk.loading import Trust
from registry_tasks.registry.lifecycle.archive import archive_by_policy
from registry_tasks.registry.registry import Registry
from registry_tasks.settings import Settings
from soak.catalogue import WRITES as SAID, Asking, Saying
from soak.worker import MODELS, Act, Worker

WRITES: Final = (
    *("register", "promote", "point_alias", "archive", "restore", "roll_back", "describe"),
    *("archive_by_policy", "train", *SAID),
)
_READ_TOGETHER: Final = 4  # threads of a reader


class Writer(Saying):
    """Registers, promotes, moves aliases, archives, restores, rolls back, and says what it knows."""

    pause_s = 0.2
    _turn = 0

    def acts(self) -> dict[Act, int]:
        return {
            self.register: 40,
            self.promote: 25,
            self.point_alias: 12,
            self.archive: 8,
            self.restore: 4,
            self.roll_back: 4,
            self.describe: 6,
            self.archive_by_policy: 1,
            **super().acts(),
        }

    def register(self) -> None:
        with tempfile.NamedTemporaryFile(suffix=".pkl") as file:
            file.write(self.content())
            file.flush()
            for _ in range(1 + (self.random.random() < 0.1)):  # some do it twice
                made = self.client.register(
                    file.name,
                    model=self.model(),
                    format="pickle",
                    metrics={"auc": self.random.uniform(0.4, 1)},
                    tags={"by": str(os.getpid())},
                ).version
                self.tell({"made": [made.model, made.number, made.sha256]})

    def promote(self) -> None:
        ref = self.any_ref()
        self.client.promote(ref, "staging", reason="soak")
        self.client.promote(ref, "production", reason="soak")

    def point_alias(self) -> None:
        self.client.point_alias(self.any_ref(), self.random.choice(("canary", "candidate")))

    def archive(self) -> None:
        self.client.archive(self.any_ref(), "soak")

    def restore(self) -> None:
        self.client.restore(self.any_ref(), "soak")

    def roll_back(self) -> None:
        self.client.rollback(self.model(), reason="soak")

    def describe(self) -> None:
        self.client.describe(self.any_ref(), f"said at {time.time()}")

    def archive_by_policy(self) -> None:
        with Registry(self.client.settings) as registry:
            archive_by_policy(registry, ArchiveByPolicy(model=self.model()))


class Reader(Asking):
    """Serves: resolves, downloads, loads, looks, from several threads through one client."""

    def acts(self) -> dict[Act, int]:
        return {
            self.resolve: 60,
            self.together: 10,
            self.load: 20,
            self.download: 10,
            self.look: 5,
            **super().acts(),
        }

    def resolve(self) -> None:
        label = self.random.choice(("production", "champion", "latest", "canary"))
        self.client.resolve(f"{self.model()}@{label}")

    def together(self) -> None:
        with ThreadPoolExecutor(_READ_TOGETHER) as pool:
            list(pool.map(self.client.resolve, [f"{m}@latest" for m in MODELS]))

    def load(self) -> None:
        made = self.client.load(self.any_ref(), Trust.PICKLE)
        if sha256(made["payload"]).hexdigest() != made["sha256"]:
            raise AssertionError("a model was loaded whose bytes are wrong")

    def download(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            ref = self.any_ref()
            version = self.client.resolve(ref)
            found = sha256(self.client.download(ref, folder).read_bytes()).hexdigest()
            if found != version.sha256:
                raise AssertionError(f"{ref} was handed out with wrong bytes")

    def look(self) -> None:
        ref = self.any_ref()
        self.client.show(ref)
        self.client.history(ref)
        self.client.versions(self.model())
        self.client.models()


class Trainer(Worker):
    """Trains with real DVC, registers what came of it and promotes it."""

    pause_s = 8

    def acts(self) -> dict[Act, int]:
        return {self.train: 1}

    def train(self) -> None:
        from support.pipelines import Project
        from support.training import train

        from registry_tasks.entities.promotion import Promote
        from registry_tasks.entities.registration import RegisterRun
        from registry_tasks.registry.catalogue.register import register
        from registry_tasks.registry.lifecycle.promote import promote

        settings = self.client.settings

        class Here(Project):
            @property
            def settings(self) -> Settings:
                return settings

        project = Here(settings.state.parent)
        try:
            run = train(project, {"mower.slope": round(self.random.uniform(0.5, 4), 3)})
        finally:
            project.close()
        with Registry(self.client.settings) as registry:
            made = register(registry, RegisterRun(run=run)).version
            self.tell({"made": [made.model, made.number, made.sha256]})
            for stage in ("staging", "production"):
                promote(registry, Promote(ref=made.ref, to=stage))


ROLES: Final[dict[str, type[Worker]]] = {"writer": Writer, "reader": Reader, "trainer": Trainer}


def main() -> None:
    role, seed, report = sys.argv[1:]
    worker = ROLES[role](int(seed), Path(report))
    signal.signal(signal.SIGTERM, lambda *_: worker.ending.set())
    worker.run()


if __name__ == "__main__":
    main()
