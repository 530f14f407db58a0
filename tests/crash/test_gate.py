"""In `make gate` what cannot be tried fails: a promise that was skipped was not shown."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

_TESTS = Path(__file__).parents[1]
_TRIAL = "tests/promises/test_p09_full_disk.py::test_a_failing_write[describe, full from then on]"


@pytest.mark.slow
@pytest.mark.parametrize(("options", "said"), [((), "1 skipped"), (("--gate",), "1 error")])
def test_without_a_compiler(tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options, _TRIAL],
        cwd=_TESTS.parent,
        env={**os.environ, "PATH": str(tmp_path), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said in done.stdout, done.stdout + done.stderr
    assert "needs a C compiler" in done.stdout
