"""What the state machine draws: arguments, ways to name a version, and which step comes next."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

import hypothesis.strategies as st

from support.plain_model import Content

environments = st.sampled_from(["default", "default", "default", "eu"])
contents = st.builds(
    Content,
    trees=st.integers(1, 3),
    month=st.integers(1, 2),
    columns=st.sampled_from([0, 0, 0, 0, 1]),
    content=st.integers(1, 4),
)
words = st.sampled_from(["", "a", "b", "ümläut\n\u2603", "x" * 300])
reasons = st.sampled_from(["case 7", "case 8", "\u2603"])
aliases = st.sampled_from(["hero", "hero", "night", "night", "champion", "production"])
ways = ("nth",) * 8 + ("nth semantic", "nth uuid") * 2 + ("latest",) * 2
ways += ("label",) * 6 + ("digest", "number", "semantic")
labels = ("staging", "production", "staging-eu", "production-eu", "champion", "hero", "night")


@st.composite
def _references(draw: st.DrawFn) -> tuple[str, Any]:
    """A way to name a version, and what it takes; ``nth`` counts those that there are."""
    match draw(st.sampled_from(ways)):
        case "label":
            return "label", draw(st.sampled_from(labels))
        case "semantic":
            return "semantic", (1, draw(st.integers(0, 2)), draw(st.integers(0, 2)))
        case "digest":
            return "digest", draw(st.integers(1, 4))
        case "latest":
            return "latest", None
        case way:
            return way, draw(st.integers(1, 20))


references = _references()
expectations = st.sampled_from([None, None, None, "right", "wrong"])
keyed = st.sampled_from([False, False, True])


Deed = TypeVar("Deed", bound=Callable[..., None])
DEEDS: Final[dict[str, tuple[int, dict[str, st.SearchStrategy[Any]]]]] = {}


def deed(weight: int, **strategies: st.SearchStrategy[Any]) -> Callable[[Deed], Deed]:
    """A step that is taken so often, with arguments of chance.

    Not a rule of Hypothesis' own: of those it leaves many out of each example, and it takes most
    of them together to get a version to where it can be deleted.
    """

    def keep(method: Deed) -> Deed:
        DEEDS[method.__name__] = weight, strategies
        return method

    return keep
