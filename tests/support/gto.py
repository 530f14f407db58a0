"""What the real GTO tells of a world's tags."""

import json
import os
import subprocess
import sys
from pathlib import Path

from support.world import World, plain_git


def gto(world: World, *options: str) -> dict[str, list[str]]:
    """Semantic version -> stages."""
    program = str(Path(sys.executable).parent / "gto")
    shown = subprocess.run(
        [program, "show", "mower", "--json", *options],
        cwd=world.root,
        env=plain_git(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert shown.returncode == 0, shown.stdout + shown.stderr
    return {v["version"]: [s["stage"] for s in v["stages"]] for v in json.loads(shown.stdout)}
