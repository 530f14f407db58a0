"""Secrets of tokens and of webhooks: how they look, so that one is known where it does not belong."""

import re
from typing import Final

PREFIX: Final = "rt_"
SIGNING_PREFIX: Final = "whsec_"
_SECRET: Final = re.compile(
    rf"({PREFIX})[A-Za-z0-9_-]{{16,}}|({SIGNING_PREFIX})[A-Za-z0-9+/=]{{16,}}"
)


def hide_secrets(text: str) -> str:
    """Return a text that is shown or kept, without what somebody pasted into the wrong place."""
    return _SECRET.sub(r"\1\2...", text)
