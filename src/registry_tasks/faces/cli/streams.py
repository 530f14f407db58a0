"""Standard output and error for a command that goes on when nobody reads it any more.

Such as ``registry retrain MODEL | head -6``: who leaves early must not end a run under way.
"""

import io
import os
import sys
from typing import Any


class Outliving(io.FileIO):
    """A stream of bytes whose reader may go away; from then on what is written goes nowhere."""

    reader_gone = False

    def write(self, data: Any, /) -> int:
        """Write, or do as if."""
        try:
            return super().write(data)
        except BrokenPipeError:
            self.reader_gone = True
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)
            return len(data)


def outlive_readers() -> Outliving:
    """Let this process print to nobody if need be; returns what knows whether it came to that."""
    sys.stderr, _ = _outliving(sys.stderr)
    sys.stdout, raw = _outliving(sys.stdout)
    return raw


def _outliving(stream: Any) -> tuple[io.TextIOWrapper, Outliving]:
    stream.flush()
    raw = Outliving(stream.fileno(), "wb", closefd=False)
    text = io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=stream.encoding,
        errors="backslashreplace",  # for letters that a terminal lacks
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )
    return text, raw
