"""Rows that builders look up again and again are read once per test."""

import threading
from functools import wraps

import pytest
from django.db import connection

_kept = {}


def remembered(function):
    """Keep what a builder returned, until the test ends or the savepoint it was made in is left."""

    @wraps(function)
    def looked_up(*args, **named):
        key = (function, threading.get_ident(), args, tuple(sorted(named.items())))
        row, made_in = _kept.get(key, (None, ()))
        now_in = tuple(name for name in connection.savepoint_ids if name)
        if row is None or now_in[: len(made_in)] != made_in:
            row = function(*args, **named)
            _kept[key] = (row, now_in)
        return row

    return looked_up


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    _kept.clear()
