"""Log lines as JSON, one object a line, for whatever collects them."""

import json
import logging


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
