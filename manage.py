#!/usr/bin/env python
"""Run Django's commands with the project's settings."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rakortek.settings")
    try:
        from django.core.management import execute_from_command_line  # noqa: PLC0415 - says what to do below
    except ImportError as error:
        raise SystemExit("Rakortek: Django is missing here. Run `make setup` first.") from error
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
