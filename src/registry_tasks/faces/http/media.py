"""What bodies are: said in one place, and looked at in one way."""

from typing import Final

from fastapi import HTTPException, Request

JSON: Final = "application/json"
BYTES: Final = "application/octet-stream"


def check(request: Request, wanted: str) -> None:
    """Raise 415 unless a body says that it is this, which no form of another site can say."""
    found = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if found != wanted:
        raise HTTPException(415, f"send {wanted}")
