"""What stands before every page: closed doors, the true address, answers to monitors, logs."""

import json
import logging
import sys

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from proposals.home import health
from rakortek.logs import JsonFormatter
from rakortek.proxy import TrueAddressMiddleware


def test_monitor_hears_that_the_process_lives_without_the_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_monitor_hears_that_database_and_tables_are_ready(client, db):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_monitor_hears_when_a_migration_is_missing(client, db, monkeypatch):
    monkeypatch.setattr(health, "_migrated", set())
    with connection.cursor() as cursor:
        cursor.execute("delete from django_migrations where app = 'sessions'")
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"migrations are missing\n")


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "203.0.113.7", "10.0.0.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "6.6.6.6, 203.0.113.7", "203.0.113.7"),
        (2, "203.0.113.7, 10.0.0.9", "203.0.113.7"),
        (2, "203.0.113.7", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "<script>", "10.0.0.1"),
    ],
)
def test_only_trusted_proxies_tell_the_address(settings, proxies, forwarded, seen):
    settings.PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
    TrueAddressMiddleware(lambda _request: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == seen


def test_log_line_is_one_object_with_its_traceback():
    try:
        int("Ubi kayu é")
    except ValueError:
        info = sys.exc_info()
    record = logging.LogRecord("web", logging.ERROR, "", 1, "lost %s", ("a row",), info)
    line = JsonFormatter().format(record)
    written = json.loads(line)
    last = written.pop("traceback").splitlines()[-1]
    del written["at"]
    assert written == {"level": "ERROR", "logger": "web", "message": "lost a row"}
    assert (last, "\n" in line) == (
        "ValueError: invalid literal for int() with base 10: 'Ubi kayu é'",
        False,
    )
