"""Read a filter or an order: text to entities, through the grammar beside this file."""

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from registry_tasks.entities.search import (
    MAX_FILTER,
    And,
    Comparison,
    Field,
    Filter,
    Not,
    Operator,
    Or,
    Order,
    Value,
)
from registry_tasks.rules.search.pointing import mistake

if TYPE_CHECKING:
    from lark import Lark, Token

MAX_DEPTH: Final = 20
MAX_COMPARISONS: Final = 100
_HINTS: Final = {
    "&": "write and",
    "|": "write or",
    "!": "write != or not",
    "$": "values are written out",
    ";": "a filter is one condition",
    "'": "the text has no end: close it with ', and double a ' within it",
    '"': "the key has no end; text stands in single quotes: 'text'",
}
_WANTED: Final = {
    "FIELD": "a field",
    "OPERATOR": "a comparison such as = or >",
    "TEXT": "'text'",
    "NUMBER": "a number",
    "TRUE": "true",
    "FALSE": "false",
    "LPAR": "(",
    "RPAR": ")",
    "COMMA": ",",
    "$END": "the end",
    "<END-OF-FILE>": "the end",
    "ASC": "asc",
    "DESC": "desc",
}


@lru_cache(maxsize=512)
def parse_filter(text: str) -> Filter | None:
    """Read a filter, None if it is empty. Raises InvalidFilter."""
    if not text.strip():
        return None
    read: Filter = _read(text, "filter")
    _check_size(text, read)
    return read


@lru_cache(maxsize=512)
def parse_order(text: str) -> Order:
    """Read ``field``, ``field asc`` or ``field desc``. Raises InvalidFilter."""
    read: Order = _read(text, "order")
    return read


def _read(text: str, start: str) -> Any:
    from lark.exceptions import UnexpectedCharacters, UnexpectedToken

    if len(text) > MAX_FILTER:
        shown = f"it has {len(text)} characters, at most {MAX_FILTER} are allowed"
        raise mistake(text, MAX_FILTER + 1, shown)
    for column, character in enumerate(text, 1):
        if character == "\0" or "\ud800" <= character <= "\udfff":
            raise mistake(text, column, "no text in a store has this character")
    try:
        tree = _parser().parse(text, start=start)
    except UnexpectedCharacters as error:
        found = (error.pos_in_stream or 0) + 1, _unreadable(text, error)
    except UnexpectedToken as error:
        found = _misplaced(text, error)
    else:
        return _Reading(text).read(tree)
    raise mistake(text, *found)  # out here, so that it carries no parser along when pickled


@lru_cache(maxsize=1)
def _parser() -> "Lark":
    from lark import Lark

    grammar = files(__package__).joinpath("grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", start=["filter", "order"], maybe_placeholders=False)


def _unreadable(text: str, error: Any) -> str:
    character = text[error.pos_in_stream]
    if character == '"' and text.count('"', error.pos_in_stream) > 1:
        return "text stands in single quotes: 'text'; double quotes are for keys: tags.\"a key\""
    if character in _HINTS:
        return _HINTS[character]
    if not character.isascii() and character.isalnum():
        return f"{character!a} is no ASCII letter; a key that has others stands in quotes"
    return f"{character!a} cannot stand here; expected {_expected(error.allowed or ())}"


def _misplaced(text: str, error: Any) -> tuple[int, str]:
    wanted, token = _expected(error.expected), error.token
    if token.type == "$END":
        return len(text) + 1, f"it ends too early; expected {wanted}"
    column = token.start_pos + 1
    if token.type == "OPERATOR" and text[token.start_pos - 1 : token.end_pos] == "==":
        return column, "write = once"
    if token.type == "_NULL":
        return column, "write is null, or is not null"
    if token.type == "FIELD" and "TEXT" in error.expected:
        return column, f"text stands in single quotes: '{token}'"
    return column, f"{str(token)!r} cannot stand here; expected {wanted}"


def _expected(terminals: Any) -> str:
    words = {_WANTED.get(name, name.lstrip("_").lower()) for name in terminals}
    return " or ".join(sorted(words - {"ignore_0"})) or "nothing more"


class _Reading:
    """One text on its way to entities."""

    def __init__(self, text: str) -> None:
        self._text = text

    def read(self, tree: Any, depth: int = 0) -> Any:
        """Return the entity of a branch."""
        parts = tree.children
        if depth > MAX_DEPTH:
            raise mistake(self._text, _start(tree), f"nested more than {MAX_DEPTH} deep")
        match tree.data:
            case "any":
                return Or(tuple(self.read(part, depth) for part in parts))
            case "all":
                return And(tuple(self.read(part, depth) for part in parts))
            case "group":
                return self.read(parts[0], depth + 1)
            case "negated":
                return Not(self.read(parts[0], depth + 1))
            case "order":
                direction = parts[1:]
                descending = bool(direction) and direction[0].type == "DESC"
                return Order(self._field(parts[0]), descending, _column(parts[0]))
        return self._comparison(str(tree.data), parts)

    def _comparison(self, kind: str, parts: "list[Token]") -> Filter:
        name, *rest = parts
        operator = {
            "between": Operator.BETWEEN,
            "among": Operator.IN,
            "not_among": Operator.NOT_IN,
            "like": Operator.LIKE,
            "not_like": Operator.NOT_LIKE,
            "has": Operator.HAS,
            "null": Operator.HAS,
        }.get(kind)
        shown = _column(name)
        if operator is None:
            sign, *rest = rest
            operator, shown = Operator(str(sign)), _column(sign)
        values = tuple(self._value(token) for token in rest)
        at = (_column(name), shown, *map(_column, rest))
        made = Comparison(self._field(name), operator, values, at)
        return Not(made) if kind == "null" else made

    def _field(self, token: "Token") -> Field:
        name, dot, rest = str(token).partition(".")
        return Field(name, _key(rest) if dot else None)

    def _value(self, token: "Token") -> Value:
        match token.type:
            case "TEXT":
                return str(token)[1:-1].replace("''", "'")
            case "TRUE" | "FALSE":
                return token.type == "TRUE"
        return self._number(token)

    def _number(self, token: "Token") -> int | float:
        written = str(token)
        if written.lstrip("+-").isdigit():
            if len(written) > 18:
                raise mistake(self._text, _column(token), "the number is too large")
            return int(written)
        number = float(written)
        if number in (float("inf"), float("-inf")):
            raise mistake(self._text, _column(token), "the number is too large")
        return number


def _key(rest: str) -> str:
    """Take the quotes off the parts of a key."""
    key, at = "", 0
    while at < len(rest):
        if rest[at] == '"':
            end = at + 1
            while rest[end] != '"' or rest[end + 1 : end + 2] == '"':
                end += 2 if rest[end] == '"' else 1
            key += rest[at + 1 : end].replace('""', '"')
            at = end + 1
        else:
            key += rest[at]
            at += 1
    return key


def _column(token: "Token") -> int:
    return (token.start_pos or 0) + 1


def _start(tree: Any) -> int:
    return next((_column(token) for token in tree.scan_values(lambda _: True)), 1)


def _check_size(text: str, read: Filter) -> None:
    found = list(comparisons(read))
    if len(found) > MAX_COMPARISONS:
        column = found[MAX_COMPARISONS].at[0]
        raise mistake(text, column, f"more than {MAX_COMPARISONS} comparisons in one filter")


def comparisons(read: Filter | None) -> tuple[Comparison, ...]:
    """Return all comparisons of a filter, from left to right."""
    match read:
        case Comparison():
            return (read,)
        case Not():
            return comparisons(read.term)
        case And() | Or():
            return tuple(found for term in read.terms for found in comparisons(term))
    return ()
