"""Conduct a soak: start the workers, do harm, measure, end, judge."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from support.pipelines import PARAMS, ROOT, Project

from registry_tasks.entities.errors import Unavailable
from registry_tasks.faces.cli.exit_codes import EXIT_CODES, FINDINGS
from soak.faults import Faults
from soak.places import Place
from soak.samples import Samples, of_folders, of_process
from soak.work import WRITES
from soak.worker import MODELS

LONG_LIVED: Final = {"reader 1": "reader", "reader 2": "reader", "writer 1": "writer",
                     "writer 2": "writer", "trainer": "trainer"}  # fmt: skip
VICTIMS: Final = {"victim": "writer", "victim trainer": "trainer"}
_COMMANDS: Final = {"sync": 45.0, "doctor --quick": 70.0, "backup": 120.0, "archive": 60.0}
_REGISTRY: Final = str(Path(sys.executable).with_name("registry"))
_ALLOWED: Final = (0, FINDINGS, EXIT_CODES[Unavailable])  # during a soak something is always on
_SAMPLE_S: Final = 2.0
_TELL_S: Final = 10.0
_END_S: Final = 120
_FILE_MODEL: Final = """
    {model}:
      stages:
        staging: [{{gate: metric, metric: auc, at_least: 0.5}}]
        production: [{{gate: metric, metric: auc, at_least: 0.6}}]
      aliases: {{champion: production}}
      retention: {{keep_superseded: 3, keep_stale: 10}}
"""


@dataclass
class Outcome:
    """What a soak came to, before anybody judges it."""

    seconds: float = 0
    warm_up_s: float = 0
    counts: Counter[str] = field(default_factory=Counter)
    commands: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    made: set[tuple[str, int, str]] = field(default_factory=set)
    samples: Samples = field(default_factory=Samples)


class Soak:
    """One soak in one folder."""

    def __init__(self, folder: Path, seed: int, store: Place, remote: Place) -> None:
        self.project = Project(folder, store.environment.get("REGISTRY_STORE"))
        self._store, self._random, self._seed = store, random.Random(seed), seed
        self._given = {**store.environment, **remote.environment}
        self._reports = folder / "reports"
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._commands: dict[str, subprocess.Popen[bytes]] = {}
        self._due = {name: every / 4 for name, every in _COMMANDS.items()}
        self._starts = 0
        self._read: dict[Path, int] = {}
        self._counts: dict[Path, dict[str, int]] = {}
        self.outcome = Outcome()

    @property
    def environment(self) -> dict[str, str]:
        """What leads a process to this registry."""
        tests = str(ROOT / "tests")
        given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
        paths = os.pathsep.join([tests, *(os.path.abspath(path) for path in given if path)])
        return {**self.project.environment(), **self._given, "PYTHONPATH": paths}

    def prepare(self) -> None:
        """Make the project, run its pipeline once, register the first files."""
        self.project.make_pipeline()
        gate = "[{gate: metric, metric: rmse, at_most: 10}]"  # comparing would cost a pipeline each
        policy = PARAMS.replace("[{gate: better-than-production}]", gate)
        policy += "".join(_FILE_MODEL.format(model=model).lstrip("\n") for model in MODELS)
        self.project.commit({"params.yaml": policy})
        self._reports.mkdir()

    def run(self, minutes: float) -> Outcome:
        """Let it run and end everything that was started."""
        begun, told, sampled = time.monotonic(), 0.0, 0.0
        self.outcome.warm_up_s = min(300.0, 15 * minutes)
        project, downloads = self.project, self.project.settings.cache
        faults = Faults(
            self._seed, project.root, project.state, downloads, self._victims, self._store.restart
        )
        try:
            while (now := time.monotonic() - begun) < 60 * minutes:
                self._keep_running()
                faults.at(now)
                self._run_commands(now)
                if now - sampled > _SAMPLE_S:
                    sampled = now
                    self._sample(now)
                if now - told > _TELL_S:
                    told = now
                    self._tell(now, faults)
                time.sleep(0.2)
            faults.clear()
        finally:
            self._end()
        self._read_reports()
        self.outcome.seconds, self.outcome.faults = now, faults.counts
        return self.outcome

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the real command line to its end."""
        return subprocess.run(
            [_REGISTRY, *arguments],
            env=self.environment,
            cwd=self.project.root,
            capture_output=True,
            text=True,
            check=False,
        )

    # ------------------------------------------------------------------------------ processes

    def _keep_running(self) -> None:
        for name, role in {**LONG_LIVED, **VICTIMS}.items():
            process = self._processes.get(name)
            if process is not None and process.poll() is not None and name in LONG_LIVED:
                self.outcome.failures.append(f"{name} ended by itself with {process.returncode}")
            if process is None or process.poll() is not None:
                self._processes[name] = self._start(name, role)

    def _start(self, name: str, role: str) -> subprocess.Popen[bytes]:
        self._starts += 1
        report = self._reports / f"{name.replace(' ', '-')}-{self._starts}.jsonl"
        seed = str(self._random.getrandbits(32))
        command = [sys.executable, "-m", "soak.work", role, seed, str(report)]
        return self._popen(command, report.with_suffix(".stderr"))

    def _victims(self) -> list[int]:
        return [p.pid for n, p in self._processes.items() if n in VICTIMS and p.poll() is None]

    def _run_commands(self, now: float) -> None:
        """Now and then, what people and cron run beside the workers."""
        for name, process in list(self._commands.items()):
            if process.poll() is not None:
                self.outcome.commands[f"{name} -> {process.returncode}"] += 1
                if process.returncode not in _ALLOWED:
                    said = self._errors(name).read_text()[-2000:]
                    self.outcome.failures.append(f"{name} -> {process.returncode}: {said}")
                del self._commands[name]
        for name, due in self._due.items():
            if now >= due and name not in self._commands:
                self._due[name] = now + _COMMANDS[name]
                self._commands[name] = self._start_command(name)

    def _start_command(self, name: str) -> subprocess.Popen[bytes]:
        backups = str(self.project.folder / "backups")
        more = {
            "backup": [backups, "--keep", "2"],
            "archive": ["--policy", self._random.choice(MODELS)],
        }
        return self._popen([_REGISTRY, *name.split(), *more.get(name, [])], self._errors(name))

    def _popen(self, command: list[str], errors: Path) -> subprocess.Popen[bytes]:
        with errors.open("wb") as told:
            return subprocess.Popen(
                command,
                env=self.environment,
                cwd=self.project.root,
                start_new_session=True,
                stdout=subprocess.DEVNULL,
                stderr=told,
            )

    def _errors(self, command: str) -> Path:
        return self._reports / f"{command.split()[0]}.stderr"

    def _end(self) -> None:
        """Ask the workers to end, then make sure; what they started ends with them."""
        running = {**self._processes, **self._commands}
        for process in self._processes.values():
            process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + _END_S
        for name, process in running.items():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.outcome.failures.append(f"{name} did not end within {_END_S} s")
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    # ------------------------------------------------------------------------------ measuring

    def _sample(self, now: float) -> None:
        for name in LONG_LIVED:
            self.outcome.samples.add(now, of_process(name, self._processes[name].pid))
        project = self.project
        remote = project.folder / "remote"
        found = of_folders(project.root, project.state, remote, project.settings.cache)
        if self._store.size_bytes is not None:
            found["store"] = self._store.size_bytes()
        counts = self._read_reports()
        found["writes"] = sum(counts[name] for name in WRITES)
        self.outcome.samples.add(now, found)

    def _read_reports(self) -> Counter[str]:
        for path in self._reports.glob("*.jsonl"):
            with path.open() as file:
                file.seek(self._read.get(path, 0))
                text = file.read()
            whole = text.rpartition("\n")[0] + "\n" if "\n" in text else ""
            self._read[path] = self._read.get(path, 0) + len(whole.encode())
            for line in whole.splitlines():
                self._note(path, json.loads(line))
        total: Counter[str] = Counter()
        for counts in self._counts.values():
            total.update(counts)
        self.outcome.counts = total
        return total

    def _note(self, path: Path, said: dict[str, Any]) -> None:
        match said:
            case {"made": [model, number, digest]}:
                self.outcome.made.add((model, number, digest))
            case {"counts": counts}:
                self._counts[path] = counts
            case {"failed": why}:
                self.outcome.failures.append(f"{path.stem}: {why}")

    def _tell(self, now: float, faults: Faults) -> None:
        c = self.outcome.counts
        told = ", ".join(
            f"{c[name]} {name}" for name in ("done", "refused", "unavailable", "failed")
        )
        print(
            f"{now:6.0f} s: {told}; {len(self.outcome.made)} versions, {faults.counts.total()} faults",
            flush=True,
        )
