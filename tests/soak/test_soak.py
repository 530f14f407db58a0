"""The soak itself: it finds what it is there for, and a short one holds."""

import os
from pathlib import Path

import pytest

from soak.__main__ import soak
from soak.samples import LONG_ENOUGH_S, Samples, of_process


def test_a_leak_is_found_and_noise_is_not() -> None:
    samples = Samples()
    for second in range(0, 1200, 10):
        noise = second % 70 / 10
        samples.add(second, {"a: memory": 60 + noise, "b: memory": 60 + noise + second / 50})

    steady, leaking = samples.lines(warm_up_s=200)

    assert steady.holds
    assert not leaking.holds
    assert leaking.per_minute == pytest.approx(1.2, rel=0.05)


def test_a_short_run_is_not_judged_by_its_line() -> None:
    samples = Samples()
    for second in range(int(LONG_ENOUGH_S) // 2):
        samples.add(second, {"a: threads": second})
    (line,) = samples.lines(warm_up_s=0)
    assert line.holds


def test_a_process_is_measured_as_it_is(tmp_path: Path) -> None:
    before = of_process("me", os.getpid())["me: open files"]
    with (tmp_path / "registry.db").open("w"):
        found = of_process("me", os.getpid())
    assert found["me: open files"] == before + 1
    assert found["me: connections"] >= 1
    assert of_process("nobody", 2**22 + 1) == {}


@pytest.mark.slow
def test_a_short_soak_holds(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert soak(0.4, seed=1, store="sqlite", remote="folder", folder=tmp_path) == []

    told = capfd.readouterr().out
    assert "worker killed" in told
    assert "writer 1: memory" in told
    assert "register" in told
