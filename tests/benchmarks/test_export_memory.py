"""An export and an import take as much memory for many versions as for few."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import pytest
from filling import Filler, Share
from support.trials import Trial
from support.world import MODEL, World

from registry_tasks.entities.export import ExportFormat

pytestmark = pytest.mark.slow
FEW: Final = 1_000
GROWTH_KIB: Final = 60_000  # caches of SQLite and pools of pyarrow
_PROGRAM: Final = """
import pathlib, sys
from registry_tasks import connect
verb, store, folder, form = sys.argv[1:]
client = connect(store)
client.export(folder, format=form) if verb == "export" else client.import_store(folder)
told = pathlib.Path("/proc/self/status").read_text()
print(told.partition("VmHWM:")[2].split()[0])
"""


def peak_kib(verb: str, store: str, folder: Path, form: str) -> int:
    command = [sys.executable, "-c", _PROGRAM, verb, store, str(folder), form]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.mark.parametrize("form", ExportFormat)
def test_memory_does_not_grow_with_the_store(
    sqlite_world: World, tmp_path: Path, trial: Trial, form: ExportFormat
) -> None:
    many = trial.size(5_000, 100_000)
    world = sqlite_world
    metrics = {f"metric_{k}": k / 7 for k in range(10)}
    source = world.version(1, metrics=metrics, parameters={f"p{k}": k for k in range(10)}).uuid
    world.close()
    filler = Filler(world.store_url)
    found: dict[tuple[str, int], int] = {}
    for count in (FEW, many):
        filler.add({source: Share()}, MODEL if count == FEW else "another", count)
        folder, started = tmp_path / f"{count}", time.monotonic()
        there = f"sqlite:///{tmp_path / f'{count}.db'}"
        found["export", count] = peak_kib("export", world.store_url, folder, form)
        middle = time.monotonic()
        found["import", count] = peak_kib("import", there, folder, form)
        took = f"{middle - started:.0f} s out, {time.monotonic() - middle:.0f} s in"
    filler.close()
    for verb in ("export", "import"):
        assert found[verb, many] - found[verb, FEW] < GROWTH_KIB, (verb, found)
    peaks = ", ".join(f"{verb} {found[verb, many] // 1024} MiB" for verb in ("export", "import"))
    trial.report("export", n=f"{many:,} versions as {form}", figure=f"peak of {peaks}; {took}")
