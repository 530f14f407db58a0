"""Take away what `make demo` made: state folder, DVC cache, refs and tags.

Refuses when the registry holds anything else, so that nobody's work goes with it.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from registry_tasks import connect
from registry_tasks.entities.errors import StoreMissing
from registry_tasks.settings import Settings

PROJECT = Path(__file__).resolve().parent.parent
EXPERIMENT = "demo"
RUNS = "refs/registry/"


def main() -> None:
    """Check first, then delete."""
    settings = Settings.load()
    with connect() as registry:
        try:
            runs = [run for model in registry.models() for run in registry.runs(model.name, 10_000)]
        except StoreMissing:
            runs = []
    others = sorted({run.experiment for run in runs} - {EXPERIMENT})
    if others:
        sys.exit(
            f"{settings.state} also holds runs of other experiments ({', '.join(others)}); "
            "nothing was deleted"
        )
    kept = refs(RUNS)
    tags = [name for name, commit in refs("refs/tags/").items() if commit in kept.values()]
    for name in (*kept, *tags):
        git("update-ref", "-d", name)
    git("worktree", "prune")
    for place in (settings.state, PROJECT / ".dvc" / "cache", PROJECT / ".dvc" / "tmp"):
        shutil.rmtree(place, ignore_errors=True)
    (PROJECT / ".dvc" / "config.local").unlink(missing_ok=True)
    print(f"took away {len(runs)} runs, {len(tags)} tags, {settings.state} and the DVC cache")


def refs(prefix: str) -> dict[str, str]:
    """Return full ref name -> the commit it leads to."""
    form = "--format=%(refname) %(objectname) %(*objectname)"
    lines = git("for-each-ref", form, prefix).splitlines()
    return {line.split()[0]: line.split()[-1] for line in lines}


def git(*arguments: str) -> str:
    """Run Git in the checkout; raises CalledProcessError."""
    return subprocess.run(
        ["git", *arguments], cwd=PROJECT, check=True, capture_output=True, text=True
    ).stdout


if __name__ == "__main__":
    main()
