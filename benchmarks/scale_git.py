"""What versions cost in Git: the Git tables of docs/scale.md.

python benchmarks/scale_git.py bytes     a version's objects and refs, before and after git gc
python benchmarks/scale_git.py refs      asking and writing beside 100,000 tags
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
sys.path[:0] = [str(Path(__file__).parent), str(ROOT / "tests")]

from support.world import MODEL, World

from registry_tasks.stores.metadata.tables import event

TAGS: Final = 100_000
_POLICY: Final = """
registry:
  models:
    mower:
      stages:
        production: [{gate: metric, metric: auc, at_least: 0.5}]
      aliases: {champion: production}
"""


def measure_bytes(versions: int) -> None:
    """Register versions of runs, each with a commit, promote each, and see what Git holds."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder) / "world")
        world.make_project(_POLICY)
        world.registry().objects.create()
        before = _git_bytes(world.root)
        for number in range(1, versions + 1):
            world.version(number)
            world.raise_to(f"{MODEL}@{number}", "staging", "production")
        with world.registry().metadata.reading() as connection:
            events = len(connection.execute(event.select()).all())
        print(f"{versions} versions, each promoted twice: {events} events")
        print("| | bytes a version | objects a version | refs a version |\n|---|---|---|---|")
        _print_git("as written", world.root, before, versions)
        world.git("pack-refs", "--all")
        _print_git("after git pack-refs --all", world.root, before, versions)
        world.git("gc", "--quiet")
        _print_git("after git gc", world.root, before, versions)
        log = world.git("rev-list", "--count", "refs/registry/log")
        print(f"commits in the log: {log}, {int(log) / events:.2f} an event")
        world.close()


def _print_git(when: str, root: Path, before: float, versions: int) -> None:
    counted = _git(root, "count-objects", "-v")
    said = dict(line.split(": ") for line in counted.splitlines())
    objects = int(said["count"]) + int(said["in-pack"])
    refs = len(_git(root, "for-each-ref").splitlines())
    size = (_git_bytes(root) - before) / versions
    print(f"| {when} | {size:,.0f} | {objects / versions:.1f} | {refs / versions:.1f} |")


def _git_bytes(root: Path) -> float:
    """Return what the file system gives for it, in blocks."""
    return float(sum(512 * path.lstat().st_blocks for path in (root / ".git").rglob("*")))


def measure_refs(tags: int) -> None:
    """Make tags, first as files of their own, then packed, and time what the registry asks."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        _git(root, "init", "--quiet", "--initial-branch=main")
        identity = ("-c", "user.name=a", "-c", "user.email=a@localhost")
        _git(root, *identity, "commit", "--quiet", "--allow-empty", "--message=first")
        rows: dict[str, list[str]] = {}
        for count in (1_000, tags):
            made = _timed(lambda count=count: _make_tags(root, count))
            print(f"{count:,} tags made by one git fast-import in {made:.1f} s", flush=True)
            for state in ("each a file", "packed"):
                if state == "packed":
                    packing = _timed(lambda: _git(root, "pack-refs", "--all"))
                    print(f"git pack-refs --all: {packing:.1f} s", flush=True)
                for name, seconds in _ask(root):
                    rows.setdefault(name, []).append(f"{1000 * seconds:.1f}")
        print(f"\n| ms | 1,000, each a file | packed | {tags:,}, each a file | packed |")
        print("|---|---|---|---|---|")
        for name, cells in rows.items():
            print(f"| {name} | {' | '.join(cells)} |")


def _make_tags(root: Path, count: int) -> None:
    head = _git(root, "rev-parse", "HEAD").strip()
    stream = "".join(
        f"tag model-{n % 100:03}@v1.{count}.{n}\nfrom {head}\ntagger a <a@localhost> {n} +0000\n"
        "data 9\nRegister\n\n"
        for n in range(count)
    )
    _git(root, "fast-import", "--quiet", stdin=stream)


def _ask(root: Path) -> list[tuple[str, float]]:
    turn = iter(range(1_000_000))
    known = "refs/tags/model-007@v1.1000.7"

    def write_one() -> None:
        made = f"refs/tags/made-{time.time_ns()}-{next(turn)}"
        _git(root, "update-ref", made, "HEAD")

    return [
        ("find one tag", _best(lambda: _git(root, "cat-file", "--batch", stdin=f"{known}\n"))),
        ("make one tag", _best(write_one)),
        ("list all refs", _best(lambda: _git(root, "for-each-ref", "--format=%(refname)"), 3)),
        ("what a fetch advertises", _best(lambda: _git(root, "ls-remote", "."), 3)),
    ]


def _best(act: Callable[[], object], times: int = 15) -> float:
    """Return the least of several times: what else the machine does only adds."""
    return min(_timed(act) for _ in range(times))


def _timed(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _git(root: Path, *arguments: str, stdin: str = "") -> str:
    command = ["git", *arguments]
    done = subprocess.run(
        command, cwd=root, input=stdin, capture_output=True, text=True, check=True
    )
    return done.stdout


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["bytes", "refs"])
    parser.add_argument("--count", type=int)
    given = parser.parse_args()
    if given.what == "bytes":
        measure_bytes(given.count or 200)
    else:
        measure_refs(given.count or TAGS)


if __name__ == "__main__":
    main()
