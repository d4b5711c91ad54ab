"""Log lines on standard error: plain for people, JSON for whatever collects them."""

import json
import logging
from typing import Any


class JsonFormatter(logging.Formatter):
    """Write time, level, logger and message; a traceback stays in its line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def configuration(style: str, level: str) -> dict[str, Any]:
    """Return Django's LOGGING: everything goes to one place in one style."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
            "json": {"()": JsonFormatter},
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": style}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"level": level, "handlers": [], "propagate": True},
            "django_tasks_db": {"level": "ERROR"},  # it warns of each orderly stop
        },
    }
