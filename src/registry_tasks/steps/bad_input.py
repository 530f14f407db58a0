"""How a step refuses input that it cannot work on: one sentence and exit code 1, no traceback."""

import sys
from collections.abc import Callable


class BadInput(Exception):
    """A partition, parameter or argument is missing or malformed; no output was written."""


def run_step(step: Callable[[list[str]], None], usage: str) -> None:
    """Run ``step`` on the command line's arguments; exit 1 on bad input, 2 on a wrong call.

    Args:
        step: does the work; gets exactly the arguments that ``usage`` names.
        usage: the arguments' names separated by blanks, as in ``"MONTH OUT_DIR"``.
    """
    name, *arguments = sys.argv
    if len(arguments) != len(usage.split()):
        sys.stderr.write(f"usage: python {name} {usage}\n")
        sys.exit(2)
    try:
        step(arguments)
    except BadInput as error:
        sys.stderr.write(f"{name}: {error}\n")
        sys.exit(1)
