"""What became of a message: taken, or why not."""

from typing import Final, NamedTuple

_LONGEST: Final = 300


class Answer(NamedTuple):
    """``is_away`` says that nobody answered, so that nothing else need be tried there now."""

    is_taken: bool
    why: str = ""
    is_away: bool = False
    is_gone: bool = False
    """The receiver says that it will never take anything again."""


TAKEN: Final = Answer(True)


def away(why: str) -> Answer:
    """Say that nobody answered."""
    return Answer(False, why[:_LONGEST], is_away=True)
