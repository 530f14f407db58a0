"""Whether a server answers, as whoever started it asks."""

import urllib.error
import urllib.request
from typing import Final

PATIENCE_S: Final = 5


def answers(address: str) -> bool:
    """Whether a server answers there, and not with a failure of its own."""
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE_S):
            return True
    except urllib.error.HTTPError as error:  # such as one that wants to know who asks
        return error.code < 500
    except OSError:  # also URLError: nobody is there yet
        return False
