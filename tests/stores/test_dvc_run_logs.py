"""The logs that a run left: how it ended and what it printed last."""

from pathlib import Path

from registry_tasks.entities.run import LOG_TAIL_BYTES, Cost
from registry_tasks.stores.dvc.run_logs import (
    End,
    came_to,
    keep_end,
    log_path,
    read_end,
    read_exit_code,
    read_tail,
)

COST = Cost(duration_s=1.5, cpu_s=0.5, peak_memory_bytes=2**40)


def test_how_it_ended_comes_back(tmp_path: Path) -> None:
    assert (read_end(tmp_path), read_exit_code(tmp_path)) == (None, None)
    keep_end(tmp_path, End(0, COST))
    assert (read_end(tmp_path), read_exit_code(tmp_path)) == (End(0, COST), 0)


def test_an_end_that_was_cut_off_as_it_was_written_is_none(tmp_path: Path) -> None:
    (tmp_path / "end.json").write_text('{"exit_code": 1, "co')
    assert read_end(tmp_path) is None
    assert read_end(tmp_path / "nowhere") is None


def test_the_exit_code_is_that_of_the_stage(tmp_path: Path) -> None:
    keep_end(tmp_path, End(255, COST))
    assert read_exit_code(tmp_path) == 255
    told = "exited with 5\nERROR: failed to run: python train.py, exited with -9\n"
    log_path(tmp_path, 1, "train").write_text(told)
    assert read_exit_code(tmp_path) == -9


def test_how_far_dvc_came(tmp_path: Path) -> None:
    log_path(tmp_path, 1, "raw@a").touch()
    log_path(tmp_path, 2, "odd name/é").touch()
    assert [came_to(tmp_path, name) for name in ("raw", "raw@a", "odd name/é", "ra", "raw@")] == [
        *(True, True, True, False, False)
    ]


def test_the_tail_is_the_end_of_all_logs_in_order(tmp_path: Path) -> None:
    assert read_tail(tmp_path) is None
    log_path(tmp_path, 0, "dvc").touch()
    log_path(tmp_path, 1, "raw").write_bytes(b"one\r\n\0two\xff\n")
    log_path(tmp_path, 2, "train").write_text("three\n")
    assert read_tail(tmp_path) == "==> 01-raw <==\none\n�two�\n\n==> 02-train <==\nthree\n"


def test_a_long_log_is_cut_at_a_line_and_pushes_others_out(tmp_path: Path) -> None:
    log_path(tmp_path, 1, "raw").write_text("lost\n")
    log_path(tmp_path, 2, "train").write_text("".join(f"line {n}\n" for n in range(10_000)))
    tail = read_tail(tmp_path) or ""
    assert len(tail.encode()) <= LOG_TAIL_BYTES
    assert tail.startswith("==> 02-train <==\nline ")
    assert tail.endswith("line 9999\n")
    assert "lost" not in tail


def test_a_long_line_is_cut_anywhere(tmp_path: Path) -> None:
    log_path(tmp_path, 1, "raw").write_text("x" * 100_000)
    tail = read_tail(tmp_path) or ""
    assert LOG_TAIL_BYTES - 100 < len(tail) <= LOG_TAIL_BYTES
