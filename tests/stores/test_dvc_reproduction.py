"""One real `dvc repro`, watched stage by stage."""

import os
import select
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from registry_tasks.entities.errors import CpuSpent, InvalidProject, StageFailed
from registry_tasks.stores.dvc.reproduction import PipelineProcess, Rerun
from registry_tasks.stores.dvc.stage_log import Outcome

pytestmark = pytest.mark.slow

RunDvc = Callable[..., subprocess.CompletedProcess[str]]

Start = Callable[..., PipelineProcess]
PIPELINE = """
stages:
  raw:
    foreach: [a, b]
    do:
      cmd: echo raw ${item} && echo ${x} > raw-${item}
      params: [x]
      outs: ["raw-${item}"]
  join:
    cmd:
      - cat raw-a raw-b > joined
      - printf 'no end of line'
    deps: [raw-a, raw-b]
    outs: [joined]
  score:
    cmd: SCORE
    deps: [joined]
    metrics:
      - score.json:
          cache: false
"""
ALL = ["raw@a", "raw@b", "join", "score"]


@pytest.fixture
def project(checkout: Path, run_dvc: RunDvc) -> Path:
    done = run_dvc(checkout, "init", "--quiet")
    assert done.returncode == 0, done.stderr
    (checkout / "params.yaml").write_text("x: 1\n")
    write_pipeline(checkout, "echo 1 > score.json")
    return checkout


def write_pipeline(project: Path, score: str) -> None:
    (project / "dvc.yaml").write_text(PIPELINE.replace("SCORE", score))


@pytest.fixture
def start(project: Path, dvc_env: dict[str, str], tmp_path: Path) -> Start:
    def make(
        rerun: Rerun = Rerun.CHANGED, target: str = "score", cpu_s: float | None = None
    ) -> PipelineProcess:
        return PipelineProcess(project, target, tmp_path / "logs", dvc_env, rerun, cpu_s)

    return make


def read(process: PipelineProcess) -> dict[str, list[str]]:
    return {stage: list(process.lines(stage)) for stage in process.stages()}


def outcomes(process: PipelineProcess, stages: list[str]) -> list[Outcome]:
    return [process.outcome(stage) for stage in stages]


def test_each_stage_is_shown_with_its_own_lines(start: Start, tmp_path: Path) -> None:
    with start() as process:
        lines = read(process)

    assert list(lines) == ALL
    assert lines["raw@a"][:3] == [
        "Running stage 'raw@a':",
        "> echo raw a && echo 1 > raw-a",
        "raw a",
    ]
    assert "raw b" in lines["raw@b"]
    assert outcomes(process, ALL) == [Outcome.RAN] * 4
    logs = sorted(path.name for path in (tmp_path / "logs").glob("*.log"))
    assert logs == ["00-dvc.log", "01-raw@a.log", "02-raw@b.log", "03-join.log", "04-score.log"]
    assert "raw a\n" in (tmp_path / "logs" / "01-raw@a.log").read_text()


def test_what_did_not_change_and_what_the_run_cache_has_is_told_apart(
    start: Start, project: Path
) -> None:
    with start() as process:
        read(process)
    (project / "raw-a").unlink()
    with start() as process:
        read(process)
    expected = [Outcome.CACHED, Outcome.UNCHANGED, Outcome.UNCHANGED, Outcome.UNCHANGED]
    assert outcomes(process, ALL) == expected


def test_everything_runs_again_when_asked(start: Start) -> None:
    with start() as process:
        read(process)
    with start(Rerun.EVERYTHING) as process:
        read(process)
    assert outcomes(process, ALL) == [Outcome.RAN] * 4


def test_a_failing_stage_raises_with_its_last_lines_only(start: Start, project: Path) -> None:
    command = "seq 100; echo to-stderr >&2; exit 3"
    write_pipeline(project, command)
    with start() as process:
        stages = process.stages()
        for stage in ALL[:3]:
            assert next(stages) == stage
            list(process.lines(stage))
        assert next(stages) == "score"
        with pytest.raises(StageFailed) as raised:
            list(process.lines("score"))
        assert list(stages) == []
    tail = raised.value.log_tail.splitlines()
    assert len(tail) == 30
    assert tail[0] == "73"
    assert tail[-2:] == [
        "to-stderr",
        f"ERROR: failed to reproduce 'score': failed to run: {command}, exited with 3",
    ]
    assert outcomes(process, ALL) == [Outcome.RAN] * 3 + [Outcome.FAILED]


def test_a_stage_that_fails_after_an_open_last_line_has_failed(start: Start, project: Path) -> None:
    write_pipeline(project, "printf half-a-line")  # and does not write score.json
    with start() as process:
        with pytest.raises(StageFailed, match="half-a-lineERROR: .*'score.json' does not exist"):
            read(process)
        assert process.outcome("score") is Outcome.FAILED


def test_a_stage_that_fails_before_it_runs_is_shown_as_failed(start: Start, project: Path) -> None:
    text = (project / "dvc.yaml").read_text()
    (project / "dvc.yaml").write_text(text.replace("deps: [joined]", "deps: [joined, missing]"))
    with start() as process, pytest.raises(StageFailed) as raised:
        read(process)
    assert raised.value.stage == "score"
    assert "missing" in raised.value.log_tail
    assert process.outcome("join") is Outcome.RAN


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (("stages:", "stages: ["), "invalid"),
        (("${x}", "${y}"), "Could not find 'y'"),
        (("deps: [joined]", "depps: [joined]"), "depps"),
    ],
)
def test_a_dvc_yaml_that_dvc_cannot_read_is_an_invalid_project(
    start: Start, project: Path, damage: tuple[str, str], said: str
) -> None:
    path = project / "dvc.yaml"
    path.write_text(path.read_text().replace(*damage))
    with start() as process, pytest.raises(InvalidProject, match=said):
        read(process)


def test_an_unknown_target_is_an_invalid_project(start: Start) -> None:
    with start(target="nope") as process, pytest.raises(InvalidProject, match="nope"):
        read(process)
    with start(target="--help") as process, pytest.raises(InvalidProject, match="--help"):
        read(process)


def test_a_damaged_cache_object_is_made_again(start: Start, project: Path) -> None:
    with start() as process:
        read(process)
    for cached in (project / ".dvc" / "cache" / "files").rglob("*"):
        if cached.is_file():
            cached.chmod(0o644)
            cached.write_text("damaged\n")
    for name in ("raw-a", "raw-b", "joined"):
        (project / name).unlink()
    with start() as process:
        read(process)
    assert (project / "joined").read_text() == "1\n1\n"


def test_a_stage_that_prints_what_dvc_prints_is_not_taken_for_dvc(
    start: Start, project: Path
) -> None:
    write_pipeline(project, '"echo \\"Running stage \'raw@a\':\\"; echo 1 > score.json"')
    with start() as process:
        lines = read(process)
    assert list(lines) == ALL
    assert lines["score"].count("Running stage 'raw@a':") == 1


def test_lines_come_while_the_stage_runs(start: Start, project: Path, tmp_path: Path) -> None:
    go = tmp_path / "go"
    os.mkfifo(go)
    write_pipeline(project, f"echo started; read x < {go}; echo 1 > score.json")
    with start() as process:
        stages = process.stages()
        while (stage := next(stages)) != "score":
            list(process.lines(stage))
        lines = process.lines("score")
        while "started" not in next(lines):  # would wait for ever if lines came at the end
            pass
        go.write_text("go\n")
        list(lines)
    assert process.outcome("score") is Outcome.RAN


def test_nobody_has_to_read_and_lines_can_be_read_twice_and_later(
    start: Start, project: Path
) -> None:
    write_pipeline(project, "seq 200000; echo 1 > score.json")  # more than any pipe holds
    with start() as process:
        assert list(process.stages()) == ALL
        first, second = list(process.lines("score")), list(process.lines("score"))
    assert first == second == list(process.lines("score"))
    assert "200000" in first


def test_long_and_odd_output_is_kept(start: Start, project: Path) -> None:
    write_pipeline(
        project,
        "\"head -c 3000000 /dev/zero | tr '\\\\0' x; printf '\\\\377\\\\n'; echo 1 > score.json\"",
    )
    with start() as process:
        lines = read(process)["score"]
    assert sum(line.count("x") for line in lines) >= 3_000_000
    assert max(len(line) for line in lines) < 2_000_000
    assert any("\N{REPLACEMENT CHARACTER}" in line for line in lines)


def ends(pid: int) -> bool:
    """Whether a process that is no child of ours is gone, or dies within ten seconds."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([descriptor], [], [], 10)[0])
    finally:
        os.close(descriptor)


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_leaving_early_ends_dvc_and_what_it_started(
    start: Start, project: Path, tmp_path: Path, error: type[BaseException]
) -> None:
    write_pipeline(
        project, f"echo $$ > {tmp_path}/pid; echo up; trap '' TERM; sleep 1000; sleep 1000"
    )
    with pytest.raises(error), start() as process:
        for stage in process.stages():
            for line in process.lines(stage):
                if line == "up":
                    raise error
    assert ends(int((tmp_path / "pid").read_text()))
    assert process.outcome("score") is Outcome.FAILED


def test_a_killed_dvc_is_a_failed_stage(start: Start, project: Path) -> None:
    write_pipeline(project, "echo up; kill -9 $PPID; sleep 1000")
    with start() as process, pytest.raises(StageFailed) as raised:
        read(process)
    assert raised.value.stage == "score"


def test_a_child_that_a_stage_leaves_behind_does_not_hold_the_run_up(
    start: Start, project: Path, tmp_path: Path
) -> None:
    write_pipeline(
        project, f"sleep 1000 & echo $! > {tmp_path}/pid; setsid sleep 7 & echo 1 > score.json"
    )
    started = time.monotonic()
    with start() as process:
        read(process)
    assert time.monotonic() - started < 7
    assert process.outcome("score") is Outcome.RAN
    assert ends(int((tmp_path / "pid").read_text()))


def test_the_cost_includes_what_stages_took(start: Start, project: Path) -> None:
    code = "b = bytearray(400 << 20); sum(range(10**7))"
    write_pipeline(project, f'python -c "{code}" && echo 1 > score.json')
    with start() as process:
        read(process)
        cost = process.cost
    assert cost.peak_memory_bytes > 400 << 20
    assert 0.2 < cost.cpu_s < 60
    assert cost.cpu_s / 4 < cost.duration_s < 60


@pytest.mark.parametrize("command", ["while :; do :; done", "(while :; do :; done) & wait"])
def test_what_takes_more_cpu_time_than_it_may_is_ended_and_counted(
    start: Start, project: Path, tmp_path: Path, command: str
) -> None:
    write_pipeline(project, f"echo $$ > {tmp_path}/pid; {command}")
    with start(cpu_s=8.0) as process:
        with pytest.raises(CpuSpent, match="8 s of CPU time"):
            read(process)
        assert process.outcome("score") is Outcome.FAILED
        assert 8 < process.cost.cpu_s < 16
    assert ends(int((tmp_path / "pid").read_text()))


def test_what_may_take_more_cpu_time_than_it_does_goes_on(start: Start) -> None:
    with start(cpu_s=60.0) as process:
        assert list(read(process)) == ALL
        assert outcomes(process, ALL) == [Outcome.RAN] * len(ALL)


def test_a_log_that_cannot_be_written_ends_the_run_with_that_error(
    start: Start, tmp_path: Path
) -> None:
    (tmp_path / "logs" / "03-join.log").mkdir(parents=True)
    with start() as process:
        with pytest.raises(IsADirectoryError):
            read(process)
        with pytest.raises(IsADirectoryError):
            list(process.stages())


def test_many_readers_follow_one_stage(start: Start, project: Path) -> None:
    write_pipeline(project, "seq 1000; echo 1 > score.json")
    found: list[int] = []
    with start() as process:
        stages = list(process.stages())
        readers = [
            threading.Thread(target=lambda: found.append(len(list(process.lines("score")))))
            for _ in range(4)
        ]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
    assert stages == ALL
    assert len(set(found)) == 1 and found[0] > 1000
