"""What a search should find, worked out in plain Python over all records; and filters to try.

Nothing here comes from the language's own code: a filter is a tree of tuples, printed as text for the
registry and judged here by itself.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cmp_to_key
from typing import Any, Final

from hypothesis import strategies as st
from packaging.version import InvalidVersion, Version

from .catalogue import DATA, MODELS, Model, Thing

Tree = tuple[Any, ...]
_DAYS: Final = ("2013-05-30", "2013-06-02", "2013-06-10")
_TIMES: Final = ("2013-06-01T05:00:00", "2013-06-05 04:00Z", "2013-06-10T00:00:00+02:00")

# ------------------------------------------------------------------ what a thing's fields hold


def values(thing: Any, models: dict[str, Model], field: str, key: str | None) -> list[Any]:
    """Return all values of a field; none where there is none."""
    if isinstance(thing, Model):
        return _of_model(thing, models, field, key)
    match field:
        case "metrics" | "params" | "tags":
            found = getattr(thing, field).get(key, _NONE)
            if field == "params" and found is not _NONE and not _is_number(found):
                found = found if isinstance(found, str) else _AS_JSON[repr(found)]
            return [] if found is _NONE else [found]
        case "package":
            known = thing.packages if thing.status != "running" else {}
            return [known[key]] if key in known else []
        case "python":
            return [thing.python] if thing.status != "running" else []
        case "dataset":
            return [f"md5:{digest}" for digest in sorted(thing.datasets.get(key or "", ()))]
        case "stage":
            return [s for e, s in thing.stages.items() if key in (None, e)]
        case "alias":
            return thing.aliases
        case "owner" | "team":
            own = getattr(thing, field) or getattr(models[thing.model], field)
            return [own] if own else []
        case "model" | "name":
            return [thing.model]
        case "version":
            return [] if thing.number is None else [thing.semantic]
        case "created":
            return [thing.started]
        case "created_by":
            return [thing.by]
        case "run":
            return [thing.uuid]
        case "ended":
            return [] if thing.status == "running" else [thing.started + timedelta(minutes=1)]
        case "commit" | "format" if thing.status == "running":
            return []
        case "deleted":
            return [thing.deleted]
    found = getattr(thing, field)
    return [] if found is None or found == "" else [found]


def _of_model(model: Model, _: object, field: str, key: str | None) -> list[Any]:
    if field == "tags":
        return [model.tags[key]] if key in model.tags else []
    found = model.name if field in ("model", "name") else getattr(model, field)
    return [] if found == "" else [found]


_NONE: Final = object()
_AS_JSON: Final = {"True": "true", "None": "null", "[1, 2]": "[1, 2]"}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


# ------------------------------------------------------------------ judging


def judge(tree: Tree, value_of: Callable[[str, str | None], list[Any]]) -> bool:
    """Tell whether a filter leaves a thing."""
    match tree:
        case ("and", *terms):
            return all(judge(term, value_of) for term in terms)
        case ("or", *terms):
            return any(judge(term, value_of) for term in terms)
        case ("not", term):
            return not judge(term, value_of)
        case ("null", name, key):
            return not value_of(name, key)
        case ("has", name, key):
            return bool(value_of(name, key))
    name, key, operator, *wanted = tree
    found = value_of(name, key)
    if operator in ("!=", "not in", "not like"):
        same = {"!=": "=", "not in": "in", "not like": "like"}[operator]
        return bool(found) and not judge((name, key, same, *wanted), value_of)
    return any(_meets(name, value, operator, wanted) for value in found)


def _meets(name: str, value: Any, operator: str, wanted: list[Any]) -> bool:
    match operator:
        case "in":
            return any(_meets(name, value, "=", [one]) for one in wanted)
        case "between":
            low, high = wanted
            return _meets(name, value, ">=", [low]) and _meets(name, value, "<=", [high])
        case "~":
            return not _is_number(value) and _lower(wanted[0]) in _lower(value)
        case "like":
            return not _is_number(value) and bool(_pattern(wanted[0]).fullmatch(_lower(value)))
    (other,) = wanted
    if name == "commit":
        return bool(value.startswith(other))
    if name in ("created", "ended"):
        return _meets_time(value, operator, other)
    if name == "version":
        other = tuple(map(int, other.removeprefix("v").split(".")))
    if name in ("package", "python"):
        return _meets_release(value, operator, other)
    if isinstance(other, bool):
        other = other if name == "deleted" else str(other).lower()
    if _is_number(value) != _is_number(other):
        return False
    return _compare(value, operator, other)


def _compare(value: Any, operator: str, other: Any) -> bool:
    return bool(
        {
            "=": value == other,
            "<": operator == "<" and value < other,
            "<=": operator == "<=" and value <= other,
            ">": operator == ">" and value > other,
            ">=": operator == ">=" and value >= other,
        }[operator]
    )


def _meets_time(value: datetime, operator: str, text: str) -> bool:
    start = datetime.fromisoformat(text)
    start = start if start.tzinfo else start.replace(tzinfo=UTC)
    last = start + timedelta(days=1, microseconds=-1) if len(text) == 10 else start
    match operator:
        case "=":
            return start <= value <= last
        case ">" | "<=":
            return _compare(value, operator, last)
    return _compare(value, operator, start)


def _meets_release(value: str, operator: str, text: str) -> bool:
    if text.endswith(".*"):
        return f"{value}.".startswith(text[:-1])
    try:
        return _compare(Version(value), operator, Version(text))
    except InvalidVersion:
        return operator == "=" and value == text


def _lower(text: str) -> str:
    return "".join(c.lower() if c.isascii() else c for c in text)


def _pattern(text: str) -> re.Pattern[str]:
    parts = re.findall(r"\\.|.", _lower(text), re.DOTALL)
    known = {"%": ".*", "_": "."}
    return re.compile("".join(known.get(p, re.escape(p[-1])) for p in parts), re.DOTALL)


# ------------------------------------------------------------------ order


def ordered(things: list[Any], key_of: Callable[[Any], Any], *, descending: bool) -> list[Any]:
    """Sort by a value and then by id, those without a value last; descending turns both."""
    there = [x for x in things if key_of(x) is not None]
    sign = -1 if descending else 1

    def compare(a: Any, b: Any) -> int:
        left, right = (key_of(a), a.id), (key_of(b), b.id)
        return sign * ((left > right) - (left < right))

    absent = sorted((x for x in things if key_of(x) is None), key=lambda x: sign * x.id)
    return sorted(there, key=cmp_to_key(compare)) + absent


def release_key(text: str) -> Any:
    """PEP 440's order, what it does not know first."""
    try:
        return (1, Version(text), "")
    except InvalidVersion:
        return (0, Version("0"), text)


# ------------------------------------------------------------------ filters to try

_TEXTS: Final[dict[str, tuple[str, ...]]] = {
    "tags": ("ops", "research", "it's 100%_", "x", ""),
    "owner": ("ada", "bob", "eve", "nobody"),
    "team": ("ops", "it"),
    "description": ("Gradient boosting", "50% of the DATA_set", "naïve", "data"),
    "created_by": ("ada", "bob", "Zoe"),
    "format": ("lightgbm", "skops", "x"),
    "grade": ("A", "B", "C", "F"),
    "experiment": ("default", "sweep", "none"),
    "model": (*MODELS, "dogs"),
    "status": ("finished", "failed", "running"),
    "stage": ("production", "staging", "experiment", "archived"),
    "alias": ("champion", "blue", "challenger", "night-shift", "none"),
}
_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "tags": ("team", "a key", "none"),
    "metrics": ("auc", "val/a.b", "none"),
    "params": ("train.leaves", "odd key"),
    "package": ("lightgbm", "scikit-learn", "none"),
    "dataset": (*DATA, "none"),
}
_MANY: Final = ("stage", "alias")
_ORDERED: Final = ("=", "!=", "<", "<=", ">", ">=")
_VERSIONS: Final = (
    *("tags", "owner", "team", "description", "created_by", "format", "grade", "experiment"),
    *("model", "stage", "alias", "metrics", "params", "package", "dataset", "python", "commit"),
    *("created", "number", "version", "deleted"),
)
_RUNS: Final = (
    *("created_by", "format", "experiment", "model", "status", "metrics", "params", "package"),
    *("dataset", "python", "commit", "created", "ended", "number", "duration"),
    *("stage", "alias"),
)
_MODELS: Final = ("model", "owner", "team", "description", "created", "tags")
FIELDS: Final = {"versions": _VERSIONS, "runs": _RUNS, "models": _MODELS}


@st.composite
def trees(draw: st.DrawFn, subject: str, depth: int = 3) -> Tree:
    """Filters of any shape over the fields of a subject."""
    shapes = ("leaf", "leaf", "and", "or", "not") if depth else ("leaf",)
    shape = draw(st.sampled_from(shapes))
    if shape == "leaf":
        return draw(_leaf(draw(st.sampled_from(FIELDS[subject]))))
    if shape == "not":
        return ("not", draw(trees(subject, depth - 1)))
    count = draw(st.integers(2, 3))
    return (shape, *(draw(trees(subject, depth - 1)) for _ in range(count)))


def _leaf(name: str) -> st.SearchStrategy[Tree]:
    key = st.sampled_from(_KEYS[name]) if name in _KEYS else st.none()
    if name == "stage":
        key = st.sampled_from([None, None, "default", "eu"])
    value, operators = _values(name)
    compared = st.tuples(st.just(name), key, st.sampled_from(operators), value)
    listed = st.lists(value, min_size=1, max_size=3)
    among = st.builds(
        lambda k, o, v: (name, k, o, *v), key, st.sampled_from(("in", "not in")), listed
    )
    there = st.tuples(st.sampled_from(("has", "null")), st.just(name), key)
    kinds = [compared, among]
    if name != "deleted":
        kinds.append(there)
    if "<" in operators:
        kinds.append(st.builds(lambda k, a, b: (name, k, "between", a, b), key, value, value))
    if name in _TEXTS and name != "status" or name == "params":
        words = st.sampled_from(("ops", "DATA", "%a%", "a_a", "50\\%%", "_", "%", "100%_", "ï"))
        kinds.append(
            st.tuples(st.just(name), key, st.sampled_from(("like", "not like", "~")), words)
        )
    return st.one_of(kinds)


def _values(name: str) -> tuple[st.SearchStrategy[Any], tuple[str, ...]]:
    same = ("=", "!=")
    if name in _TEXTS:
        return st.sampled_from(_TEXTS[name]), same if name in _MANY else _ORDERED
    match name:
        case "metrics":
            return st.sampled_from([0, 0.25, 0.5, 1, -1.0, 1e300, 1 / 3]), _ORDERED
        case "params":
            return st.sampled_from([15, 31, 31.5, "31", "many", True, False, "x", "null"]), _ORDERED
        case "package" | "python":
            ordered_ = st.sampled_from(("4.6", "4.6.0", "4.9", "3.11", "3.12"))
            return ordered_, _ORDERED
        case "dataset":
            hashes = [f"md5:{c * 32}" for c in "0f"] + _KNOWN_HASHES
            return st.sampled_from(hashes), same
        case "commit":
            return st.sampled_from(_KNOWN_COMMITS), same
        case "created" | "ended":
            return st.sampled_from(_DAYS + _TIMES), _ORDERED
        case "number":
            return st.sampled_from([0, 1, 5, 12, 10**9, 10**12, -3]), _ORDERED
        case "duration":
            return st.sampled_from([0, 1.5, 2, 100]), _ORDERED
        case "version":
            return st.sampled_from(["v1.2.0", "1.5.1", "v2.0.0", "v0.0.0"]), _ORDERED
    return st.booleans(), same


def _digests() -> tuple[list[str], list[str]]:
    from .catalogue import make

    _, things = make()
    hashes = sorted({f"md5:{d}" for x in things for ds in x.datasets.values() for d in ds})
    commits = sorted({x.commit for x in things if x.commit})
    return hashes, [c[:4] for c in commits[:5]] + commits[5:8] + ["ffff", "0000"]


_KNOWN_HASHES, _KNOWN_COMMITS = _digests()


def written(tree: Tree) -> str:
    """Print a filter."""
    match tree:
        case (("and" | "or") as word, *terms):
            return "(" + f" {word} ".join(map(written, terms)) + ")"
        case ("not", term):
            return f"not {written(term)}"
        case ("null", name, key):
            return f"{_name(name, key)} is null"
        case ("has", name, key):
            return f"has {_name(name, key)}"
    name, key, operator, *values_ = tree
    shown = list(map(_literal, values_))
    match operator:
        case "in" | "not in":
            return f"{_name(name, key)} {operator} ({', '.join(shown)})"
        case "between":
            return f"{_name(name, key)} between {shown[0]} and {shown[1]}"
    return f"{_name(name, key)} {operator} {shown[0]}"


def _name(name: str, key: str | None) -> str:
    if key is None:
        return name
    return f"{name}.{key}" if re.fullmatch(r"[\w.-]+", key) else f'{name}."{key}"'


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else repr(value)


def known(thing: Thing | Model, models: dict[str, Model]) -> Callable[[str, str | None], list[Any]]:
    """Return how to look at a thing."""
    return lambda name, key: values(thing, models, name, key)
