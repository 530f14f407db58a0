"""A point in time as people write it: never without its zone."""

from datetime import UTC, datetime

from registry_tasks.entities.errors import InvalidSetting


def to_instant(value: datetime | str, name: str = "at") -> datetime:
    """Return an aware UTC time. Raises InvalidSetting, named after where it was written."""
    try:
        time = datetime.fromisoformat(value) if isinstance(value, str) else value
        aware = time.tzinfo is not None and time.utcoffset() is not None
        if aware:
            return time.astimezone(UTC)
    except (ValueError, OverflowError, AttributeError):  # of what is neither text nor time
        raise InvalidSetting(name, str(value), "write it as 2026-03-02T14:05Z") from None
    reason = "a time without its zone means another hour elsewhere; write 2026-03-02T14:05Z"
    raise InvalidSetting(name, str(value), f"{reason} or 2026-03-02T15:05+01:00")
