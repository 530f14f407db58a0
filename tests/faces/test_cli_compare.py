"""``registry compare``, ``diff`` and ``plot`` as people and programs use them."""

import csv
import io
import json
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from registry_tasks import Client
from registry_tasks.entities.side_by_side import Row, SideBySide

from .conftest import Cli

pytestmark = pytest.mark.slow

M = "flight-delay"
REGISTRY = Path(sys.executable).with_name("registry")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


def test_csv_has_a_column_for_each_version(told: Client, cli: Cli) -> None:
    rows = list(csv.reader(io.StringIO(cli("compare", f"{M}@1", f"{M}@2", "--all", "--csv").out)))
    assert rows[0] == ["group", "name", f"{M}@1", f"{M}@2"]
    assert ["metrics", "auc", "0.7", "0.75"] in rows
    assert ["parameters", "months", *['["2013-01", "2013-02"]'] * 2] in rows
    assert cli("compare", f"{M}@1", f"{M}@2", "--csv", "--json").code == 2


def test_runs_are_named_with_a_prefix(told: Client, cli: Cli) -> None:
    run = told.resolve(f"{M}@2").run
    document = cli("compare", f"{M}@1", f"run:{run}", "--json").document
    assert document["versions"] == [f"{M}@1", f"run:{run}"]
    assert document["runs"][1] == run


def test_points_are_printed_on_request(told: Client, cli: Cli) -> None:
    document = cli("compare", f"{M}@1", f"{M}@2", "--points", "--json").document
    assert document == {"versions": [f"{M}@1", f"{M}@2"], "curves": []}
    assert (
        cli("compare", f"{M}@1", f"{M}@2", "--points", "--csv").out == "version,series,step,value\n"
    )


@pytest.mark.parametrize(("versions", "differing"), [(30, 3), (4, 60), (60, 60)])
def test_a_wide_table_fits_the_terminal(versions: int, differing: int) -> None:
    rows = tuple(
        Row(
            group="parameters",
            name=f"parameter_{r}",
            values=tuple(f"value {r} {v}" for v in range(versions)),
            differs=True,
        )
        for r in range(differing)
    )
    names = tuple(f"{M}@{v}" for v in range(versions))
    found = SideBySide(versions=names, runs=names, rows=rows)
    program = (
        "import sys\n"
        "from registry_tasks.entities.side_by_side import SideBySide\n"
        "from registry_tasks.faces.cli.wide_table import print_side_by_side\n"
        "print_side_by_side(SideBySide.model_validate_json(sys.argv[1]))\n"
    )
    page = in_terminal([sys.executable, "-c", program, found.model_dump_json()], 100)
    assert max(map(len, page.splitlines())) <= 100
    shown = set(re.findall(r"value \d+ \d+", page))
    assert shown == {f"value {r} {v}" for r in range(differing) for v in range(versions)}
    assert "parameter_0" in page
    assert f"@{versions - 1}" in page


def test_what_is_cut_short_still_differs(told: Client, cli: Cli, tmp_path: Path) -> None:
    for number, text in enumerate(("a" * 50 + "1", "a" * 50 + "2")):
        (tmp_path / "file").write_text(str(number))
        told.register(tmp_path / "file", model="long", parameters={"text": text, "kind": number})
    page = cli("compare", "long@1", "long@2").out
    assert "a" * 50 + "1" in page
    assert "a" * 50 + "2" in page
    digest = told.resolve("long@1").sha256
    assert digest[:10] in page
    assert digest not in page


def test_diff_tells_in_words_what_changed_and_what_did_not(told: Client, cli: Cli) -> None:
    page = cli("diff", f"{M}@1", f"{M}@2").out
    assert page == (
        f"from {M}@1 (grade {told.resolve(f'{M}@1').grade}) to {M}@2 (grade {told.resolve(f'{M}@2').grade})\n"
        "metrics\n"
        "  auc: 0.7 -> 0.75 (+0.05, better)\n"
        "parameters\n"
        "  learning_rate: 0.1 -> 0.05\n"
        "the same in both: code, data, packages, signature\n"
    )
    assert "  learning_rate: 0.05 -> not there\n" in cli("diff", f"{M}@2", f"{M}@3").out
    assert cli("diff", f"{M}@1", f"{M}@1").out.endswith(
        "the same in both: code, data, parameters, packages, signature\n"
    )


def test_frames_have_a_row_for_each_version(told: Client) -> None:
    frame = told.compare(f"{M}@1", f"{M}@2").to_frame()
    assert list(frame.index) == [f"{M}@1", f"{M}@2"]
    assert list(frame["metrics"]["auc"]) == [0.7, 0.75]
    assert list(frame["parameters", "learning_rate"]) == [0.1, 0.05]
    assert told.compare(f"{M}@1", f"{M}@1").differing().to_frame().empty
    assert list(told.curves(f"{M}@1").to_frame().columns) == ["version", "series", "step", "value"]


def test_looking_loads_neither_pandas_nor_plotly(told: Client) -> None:
    program = (
        "import sys\n"
        "from registry_tasks.faces.cli.app import run\n"
        f"assert run(['compare', '{M}@1', '{M}@2']) == run(['diff', '{M}@1', '{M}@2']) == 0\n"
        "assert not {'pandas', 'plotly', 'kaleido', 'prefect', 'numpy'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)


@pytest.mark.parametrize(
    ("module", "asked", "extra"),
    [
        ("pandas", "client.compare('{m}@1').to_frame()", "frames"),
        ("plotly", "client.plot_trend('{m}', 'x.html', metric='auc')", "plots"),
        ("kaleido", "client.plot_trend('{m}', 'x.png', metric='auc')", "plots"),
    ],
)
def test_what_is_not_installed_is_named(told: Client, module: str, asked: str, extra: str) -> None:
    program = (
        "import sys\n"
        f"sys.modules['{module}'] = None\n"
        "from registry_tasks import connect, errors\n"
        "client = connect()\n"
        "try:\n"
        f"    {asked.format(m=M)}\n"
        "except errors.ExtraMissing as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert f"registry-tasks[{extra}]" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("trend", M, "--metric", "auc"),
        ("trend", M),  # the policy's metric
        ("parallel", M),
        ("parallel", f"{M}@1", f"{M}@2", "--metric", "auc", "--axis", "learning_rate"),
    ],
)
def test_a_plot_is_a_page_that_needs_nothing_beside_it(
    told: Client, cli: Cli, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    page = tmp_path / "plot.html"
    assert cli("plot", *arguments, "--to", str(page)).out == f"written to {page}\n"
    text = page.read_text()
    assert not re.search(r"<(?:script|link)[^>]*(?:src|href)=", text)
    call = text[text.rindex("Plotly.newPlot(") :]
    traces, _ = json.JSONDecoder().raw_decode(call[call.index("[") :])
    assert traces
    assert {t["type"] for t in traces} == {"scatter"}, "others make code as they draw"


@pytest.mark.parametrize(("suffix", "begins"), [(".png", b"\x89PNG"), (".svg", b"<svg")])
def test_a_plot_is_drawn_by_a_browser(
    told: Client, cli: Cli, tmp_path: Path, suffix: str, begins: bytes
) -> None:
    if not any(map(shutil.which, BROWSERS)):
        pytest.fail("install Chromium: plots as PNG and SVG are drawn by it")
    picture = tmp_path / f"plot{suffix}"
    answer = cli("plot", "trend", M, "--to", str(picture))
    assert answer.code == 0, answer.err
    assert picture.read_bytes().startswith(begins)
    assert picture.stat().st_size > 5000


def test_a_page_draws_where_no_code_may_be_made_and_nothing_loaded(
    told: Client, cli: Cli, tmp_path: Path
) -> None:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        pytest.fail("install Chromium: it shows whether a page draws under a strict policy")
    page = tmp_path / "plot.html"
    assert cli("plot", "parallel", M, "--to", str(page)).code == 0
    policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'"
    head = f'<head><meta http-equiv="Content-Security-Policy" content="{policy}">'
    page.write_text(page.read_text().replace("<head>", head, 1))
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=10000")
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    command = [browser, *options, profile, "--dump-dom", page.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.count('class="trace scatter') >= 2


def test_without_a_browser_a_picture_says_what_to_install(
    told: Client, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "no-browser"))
    answer = cli("plot", "trend", M, "--to", str(tmp_path / "plot.png"))
    assert answer.code == 6
    assert "apt install chromium" in answer.err
    assert not (tmp_path / "plot.png").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("trend", M, "--metric", "nix", "--to", "x.html"), 3, "there is auc"),
        (("trend", "nobody", "--metric", "auc", "--to", "x.html"), 3, "no registered model"),
        (("trend", "nobody", "--to", "x.html"), 3, "no registered model"),
        (("trend", M, "--to", "x.gif"), 2, "let it end in one of .html, .png, .svg"),
        (("trend", M, "--to", "no/folder/x.html"), 2, "there is no folder"),
        (("curves", f"{M}@1", "--to", "x.html"), 3, "there is none at all"),
        (("parallel", f"{M}@1", f"{M}@9", "--to", "x.html"), 3, "no such version"),
        (("parallel", M, "--axis", "nix", "--to", "x.html"), 3, "'nix'"),
        (("parallel", M, "--metric", "nix", "--to", "x.html"), 3, "'nix'"),
    ],
)
def test_a_plot_that_cannot_be_says_why(
    told: Client, cli: Cli, arguments: tuple[str, ...], code: int, words: str
) -> None:
    answer = cli("plot", *arguments)
    assert (answer.code, Path("x.html").exists()) == (code, False)
    assert words in answer.err


def test_names_in_a_page_are_no_markup(one: Client, cli: Cli, tmp_path: Path) -> None:
    evil = "<img src=x onerror=alert(1)>"
    for number in (1, 2):
        (tmp_path / "file").write_text(str(number))
        values = {evil: f"</script><script>alert({number})</script>"}
        one.register(tmp_path / "file", model="evil", metrics={"auc": number}, parameters=values)
    page = tmp_path / "plot.html"
    assert cli("plot", "parallel", "evil", "--metric", "auc", "--to", str(page)).code == 0
    drawn = page.read_text().rpartition("Plotly.newPlot(")[2]
    assert drawn.count("<script") == 0
    assert "<img" not in drawn


def test_the_examples_of_the_page_on_comparing_run(alone: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "compare.md").read_text()
    examples = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(examples) == 3
    exec(compile("\n".join(examples), "compare.md", "exec"), {})  # noqa: S102
    assert Path("trend.html").stat().st_size > 1_000_000


def in_terminal(command: list[str], columns: int) -> str:
    """Run a program in a terminal of so many columns; what it showed."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(columns), "LINES": "50", "TERM": "dumb"}
    process = subprocess.Popen(command, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # its end, as a terminal says it
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    assert process.wait() == 0, shown.decode()
    return re.sub(r"\x1b\[[0-9;]*m", "", shown.decode()).replace("\r\n", "\n")
