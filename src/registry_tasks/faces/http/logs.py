"""Logs: one JSON object a line, so that programs read them as well as people."""

import json
import logging
from datetime import UTC, datetime
from typing import Any, Final

from registry_tasks.entities.secrets import hide_secrets


class JsonLines(logging.Formatter):
    """Writes a record as JSON; what was given as ``told`` stands beside its message."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        line |= getattr(record, "told", {})
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return hide_secrets(json.dumps(line, ensure_ascii=False, default=str))


LOGGING: Final[dict[str, Any]] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": f"{__name__}.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"registry_tasks": {"level": "INFO"}, "uvicorn.error": {"level": "INFO"}},
}
"""For ``logging.config.dictConfig``; uvicorn's own line for each request is left out."""
