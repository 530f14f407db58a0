"""`make soak`: run, print, and fail if anything that must hold does not."""

import argparse
import os
import signal
import sys
import tempfile
from pathlib import Path

from soak.conduct import Soak
from soak.places import remote_in, store_in
from soak.verdict import judge, table


def soak(minutes: float, seed: int, store: str, remote: str, folder: Path) -> list[str]:
    """Return what does not hold."""
    for name in [n for n in os.environ if n.startswith(("GIT_", "REGISTRY_"))]:
        del os.environ[name]
    os.environ |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    with store_in(store) as kept, remote_in(remote, folder / "bucket", seed) as objects:
        made = Soak(folder / "world", seed, kept, objects)
        made.prepare()
        outcome = made.run(minutes)
        print(table(outcome), flush=True)
        return judge(made, outcome)


def main() -> None:
    parser = argparse.ArgumentParser(prog="soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--store", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--remote", choices=["folder", "s3"], default="folder")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers are ended too
    print(
        f"seed {given.seed}, {given.store}, {given.remote}, {given.minutes:g} minutes", flush=True
    )
    with tempfile.TemporaryDirectory(prefix="registry-soak-") as folder:
        wrong = soak(given.minutes, given.seed, given.store, given.remote, Path(folder))
    for said in wrong:
        print(f"VIOLATED: {said}")
    print("all holds" if not wrong else f"{len(wrong)} things do not hold", flush=True)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
