"""What bodies are: said in one place, and looked at in one way."""

from typing import Final

from fastapi import HTTPException, Request

JSON: Final = "application/json"
BYTES: Final = "application/octet-stream"


def check(request: Request, *wanted: str) -> str:
    """Return what a body says it is; 415 unless that is wanted, which no form of another site can say."""
    found = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if found not in wanted:
        raise HTTPException(415, f"send {' or '.join(wanted)}")
    return found
