"""P17, of pages: whatever stands in an address, no answer is of a failure that nobody foresaw."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlencode

import pytest
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, Phase, given, seed, settings, strategies as st
from support.http_server import serving
from support.pages import PAGES
from support.site import AUTHOR, let_people_in
from support.trials import Trial
from support.visiting import Visitor
from support.world import World, copy_tree

import registry_tasks.faces.web
from registry_tasks.faces.http.app import create_app
from registry_tasks.faces.http.config import ServerConfig
from registry_tasks.faces.web.version import VIEWS
from registry_tasks.registry.catalogue.datasets import list_datasets
from registry_tasks.registry.catalogue.show import list_runs
from registry_tasks.registry.registry import Registry

SHORT, FULL = 7, 100
"""How many addresses of each page are asked for."""
LONG: Final = 5000
"""Digits, more than Python reads as a number."""
READ: Final = {
    "format": ["csv", "CSV", "json"],
    "table": ["metrics", "files", "code", "history", "importance", "drills", "risks", "none"],
    "view": [name for name, _ in VIEWS],
    "stage": ["train", "../x"],
    "as": ["model"],
    "after": ["model.bin", "on-the-way/1"],
    "all": ["1", "0"],
}
"""What pages read without declaring it; a test below finds what is not here."""
USUAL: Final = {
    "risks": ["all"],
    "way": ["both", "back"],
    "show": ["all"],
    "whose": ["all", AUTHOR],
}
FIRST: Final = ("9" * LONG, "9999-12-31", "0001-01-01", "٣", str(2**63))
NUMBERS: Final = ("0", "1", "-1", "2", "1.5", "007", "1e999", "nan", "٣", "²", "1_000", "+1", " 1")
LARGE: Final = (str(2**31), "9" * 30, "9" * LONG, "1" * LONG)
TIMES: Final = (
    *("0001-01-01", "9999-12-31", "9999-12-31T23:59:59.999999Z", "0001-01-01T00:00+14:00"),
    *("9999-12-31T23:59-14:00", "2026-02-30", "2026-01-01T24:00Z", "2026-W01-1", "-999-01-01"),
)
FILTERS: Final = (
    *("name ~ 'a'", "number > 1", "metrics.auc > 0.5", "metrics.auc > 1e999", "not", "(", "a = "),
    *(f"number = {'9' * LONG}", f"number in ({'1,' * 3000}1)", "not " * 3000 + "number = 1"),
    *("(" * 3000, "created > '9999-12-31'", "created < '0001-01-01'", "owner = '", "name ~ '%_\\'"),
    *('metrics."auc" desc', "number desc", "created", "metrics.none", "number desc, number"),
)
TEXTS: Final = (
    *(
        "",
        " ",
        "'",
        '"',
        "<b>",
        "%",
        "_",
        "\t",
        "\n",
        "é",
        "\U0001f680",
        "\u202e",
        "\ufeff",
        "\ud7ff",
    ),
    *("mower", "kite", "mower@1", "kite@production", "kite@latest", "mower@0", "mower@v1.0.0"),
    *("mower@99999999999", f"mower@{'9' * LONG}", "@", "@@", "mower@", "run:", "run:x", "a" * 9000),
    *("mower@2026-01-01", "mower@production@9999-12-31", "mower@production@0001-01-01"),
    *("version.promoted", "version", "all", "auc", "loss", "default", "ada", "0" * 32, "0" * 8),
)
ODD: Final = (*FIRST, *LARGE, *TIMES, *NUMBERS, *FILTERS, *TEXTS)
SWEPT: Final = len(FIRST)
TEXT: Final = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PROGRAMS: Final = ("/api/", "/health", "/ready", "/metrics")
ROUTES: Final = tuple(
    route
    for route in create_app(ServerConfig(World(Path()).settings)).routes
    if isinstance(route, APIRoute) and "GET" in (route.methods or ())
    if not route.path.startswith(PROGRAMS)
)


class There(NamedTuple):
    """What is really there: addresses of pages, and values of parameters."""

    addresses: tuple[str, ...]
    values: dict[str, list[str]]

    def of(self, route: APIRoute) -> list[str]:
        """Return addresses of a page."""
        return [at for at in self.addresses if _route_of(at) is route] or [route.path]


Visited = tuple[Visitor, There]


@pytest.fixture(params=["without accounts", "as a developer"])
def visited(request: pytest.FixtureRequest, filled: Path, tmp_path: Path) -> Iterator[Visited]:
    """A visitor of a registry that has everything in it."""
    copy_tree(filled, tmp_path / "fuzzed")
    world, token = World(tmp_path / "fuzzed"), None
    there = _look(world.registry())
    if request.param == "as a developer":
        token = let_people_in(world)[AUTHOR]
    with serving(world.settings) as url, Visitor(url) as visitor:
        if token is not None:
            visitor.client.headers["Authorization"] = f"Bearer {token}"
        yield visitor, there
    world.close()


@pytest.mark.slow
def test_no_address_of_a_page_breaks_it(
    visited: Visited, trial: Trial, request: pytest.FixtureRequest
) -> None:
    visitor, there = visited
    asked: Counter[int] = Counter()
    for route in ROUTES:
        found = _ask(visitor, route, there, trial)
        assert found, route.path
        asked += found
    assert asked[200] > asked.total() / 10, asked
    counted = ", ".join(f"{count:,} {status}" for status, count in sorted(asked.items()))
    who = request.node.callspec.params["visited"]
    trial.report("P17", f"{asked.total():,} addresses of pages {who}", f"0 5xx: {counted}")


@pytest.mark.slow
@pytest.mark.parametrize("visited", ["without accounts"], indirect=True)
def test_each_parameter_bears_each_odd_value(visited: Visited, trial: Trial) -> None:
    visitor, there = visited
    values = ODD[: trial.size(SWEPT, len(ODD))]
    asked = Counter(
        _get(visitor, address) for route in ROUTES for address in _swept(route, there, values)
    )
    figure = f"0 5xx of {len(values)} odd values"
    trial.report("P17", f"{asked.total():,} addresses, a parameter at a time", figure)


@pytest.mark.slow
@pytest.mark.parametrize("visited", ["as a developer"], indirect=True)
def test_a_stranger_breaks_no_page(visited: Visited) -> None:
    visitor, there = visited
    visitor.client.headers.pop("Authorization")
    asked = Counter(
        _get(visitor, address) for route in ROUTES for address in _swept(route, there, ODD[:SWEPT])
    )
    assert {*asked} <= {200, 303, 400, 404}


def test_every_parameter_that_a_page_reads_is_asked_for() -> None:
    folder = Path(registry_tasks.faces.web.__file__).parent
    sources = "".join(file.read_text("utf-8") for file in folder.glob("*.py"))
    assert {*re.findall(r'query_params\.get\(\s*"(\w+)"', sources)} == {*READ}


def _look(registry: Registry) -> There:
    data = list_datasets(registry)[0]
    values = {
        "name": [data.name],
        "state": [data.newest.md5],
        "subject": [data.name, f"{data.name}@{data.newest.md5}"],
        "before": ["100", list_runs(registry, "mower", limit=2)[0].uuid],
    }
    return There(tuple(of(registry) for of in PAGES.values()), values)


def _route_of(address: str) -> APIRoute:
    return next(route for route in ROUTES if route.path_regex.match(_split(address)[0]))


def _ask(visitor: Visitor, route: APIRoute, there: There, trial: Trial) -> Counter[int]:
    asked: Counter[int] = Counter()

    @seed(trial.seed)
    @settings(
        max_examples=trial.size(SHORT, FULL),
        suppress_health_check=list(HealthCheck),
        deadline=None,
        database=None,
        phases=[Phase.generate],
    )
    @given(address=_addresses(route, there))
    def ask(address: str) -> None:
        asked[_get(visitor, address)] += 1

    ask()
    return asked


def _get(visitor: Visitor, address: str) -> int:
    answer = visitor.client.get(address)
    assert answer.status_code < 500, (answer.status_code, address[:300])
    return answer.status_code


def _addresses(route: APIRoute, there: There) -> st.SearchStrategy[str]:
    """Give addresses of a page: mostly of what is there, and asked something odd of it."""
    names = sorted({of.alias for of in route.dependant.query_params} | {*READ})
    of_one = [st.fixed_dictionaries({name: _values(name, there)}) for name in names]
    of_many = st.dictionaries(st.sampled_from(names), st.sampled_from(ODD) | TEXT, max_size=4)
    asked = st.one_of(*of_one, *of_one, of_many)
    parts = re.findall(r"{(\w+)", route.path)
    elsewhere = st.tuples(*(_values(name, there) for name in parts)).map(partial(_at, route))
    usual = st.sampled_from(there.of(route))
    return st.builds(_with, usual | usual | elsewhere, asked)


def _swept(route: APIRoute, there: There, values: Iterable[str]) -> Iterator[str]:
    """Give each value to each parameter of a page, one at a time."""
    names = re.findall(r"{(\w+)", route.path)
    usual = there.of(route)[-1]
    for value in values:
        yield from (_with(usual, {of.alias: value}) for of in route.dependant.query_params)
        for name in names:
            yield _at(route, tuple(value if n == name else "1" for n in names))


def _values(name: str, there: There) -> st.SearchStrategy[str]:
    usual = [*there.values.get(name, ()), *READ.get(name, ()), *USUAL.get(name, ())]
    found = st.sampled_from(ODD) | TEXT
    return st.sampled_from(usual) | found if usual else found


def _split(address: str) -> tuple[str, dict[str, str]]:
    path, _, query = address.partition("?")
    return unquote(path), dict(parse_qsl(query))


def _with(address: str, asked: dict[str, str]) -> str:
    path, usual = _split(address)
    return f"{quote(path)}?{urlencode(usual | asked)}"


def _at(route: APIRoute, said: tuple[str, ...]) -> str:
    parts = iter(said)
    return re.sub(r"{[^}]*}", lambda _: quote(next(parts), safe=""), route.path)
