"""Measure the pages of one database: latency and CPU per request, interleaved with the yardstick.

Latency is wall time of one request through the whole Django stack (middleware, view, template) in
this process; CPU is that of this process plus that of its PostgreSQL backend, from the kernel's
counters. Rounds take every page once, in turn, and the sizes take their rounds in turn, so a busy
moment of the machine meets all alike.
"""

import gc
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import django

COMPARED = 100
WARM_UP = int(os.environ["BENCH_WARM_UP"])
TICK = os.sysconf("SC_CLK_TCK")

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rakortek.settings")
django.setup()

from django.conf import settings  # noqa: E402 (after django.setup)
from django.core.management import call_command  # noqa: E402 (as above)
from django.db import connection  # noqa: E402 (as above)
from django.test import Client  # noqa: E402 (as above)
from django.test.utils import override_settings  # noqa: E402 (as above)
from django.urls import reverse  # noqa: E402 (as above)

from bench.comparing import Comparison, lay_signs  # noqa: E402 (as above)
from bench.forms import FormReader  # noqa: E402 (as above)
from proposals.enums import Role, Status  # noqa: E402 (as above)
from proposals.models import Proposal, User  # noqa: E402 (as above)

Act = Callable[[], object]


def fill(size: int) -> float:
    """Load lists, demo and copies up to the size; return the seconds it took, 0 when it stood."""
    begun = time.monotonic()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if not User.objects.exists():
        call_command("make_demo", stdout=sys.stderr)
    missing = size - Proposal.objects.count()
    if missing > 0:
        call_command("make_demo", scale=missing, stdout=sys.stderr)
    if not lay_signs() and missing <= 0:
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")
    return time.monotonic() - begun


def backend_cpu(pid: int) -> float:
    """Return the seconds of CPU that the PostgreSQL backend has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def log_in(role: Role) -> Client:
    """Return a client logged in as the first person of this role."""
    client = Client()
    client.force_login(User.objects.filter(role=role).order_by("pk")[0])
    return client


def checked(client: Client, address: str, wanted: int = 200) -> Act:
    """Return the act of asking for a page and looking at its status."""

    def act() -> object:
        response = client.get(address)
        if response.status_code != wanted:
            raise SystemExit(f"{address} answered {response.status_code}")
        return response.content

    return act


def saver(client: Client, draft: Proposal) -> Act:
    """Return the act of saving the whole form of a draft as the browser sends it."""
    address = reverse("filing:fill", args=[draft.pk])
    turn = iter(range(10**9))

    def act() -> object:
        fields = dict(posted(client.get(address).content.decode()))
        fields["title"] = f"{draft.title[:150]} {next(turn)}"
        begun = time.perf_counter(), time.process_time()
        response = client.post(address, fields)
        if response.status_code != 302:
            raise SystemExit(f"saving answered {response.status_code}")
        return begun

    return act


def posted(html: str) -> Iterator[tuple[str, str]]:
    """Yield the fields a browser would send for the page's main form."""
    yield from FormReader.fields_of(html)


def acts() -> dict[str, Act]:
    """Return the acts to measure; the yardstick is one of them."""
    coordinator, reviewer, officer = (
        log_in(role) for role in (Role.COORDINATOR, Role.REVIEWER, Role.OFFICER)
    )
    under_review = Proposal.objects.filter(status=Status.UNDER_REVIEW).order_by("pk")[0]
    person = User.objects.get(pk=officer.session["_auth_user_id"])
    draft = Proposal.objects.filter(status=Status.DRAFT, office=person.office).order_by("pk")[0]
    return {
        "yardstick": checked(reviewer, reverse("yardstick", args=[under_review.pk])),
        "queue": checked(coordinator, reverse("review:queue")),
        "proposal page": checked(reviewer, reverse("filing:proposal", args=[under_review.pk])),
        "review page": checked(reviewer, reverse("review:proposal", args=[under_review.pk])),
        "form save": saver(officer, draft),
        "recap": checked(coordinator, reverse("reports:dashboard")),
    }


class Tally:
    """What one act has cost so far."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.own = 0.0
        self.database = 0.0

    def take(self, act: Act, pid: int, *, counts: bool) -> None:
        """Do the act once; a warm-up does not count."""
        before = backend_cpu(pid)
        begun = time.perf_counter(), time.process_time()
        answer = act()
        if isinstance(answer, tuple):
            begun = answer  # the act had to prepare itself first
        ended = time.perf_counter(), time.process_time()
        if counts:
            self.times.append(ended[0] - begun[0])
            self.own += ended[1] - begun[1]
            self.database += backend_cpu(pid) - before

    def figures(self) -> dict[str, float]:
        """Return median latency and mean CPU in milliseconds."""
        return {
            "latency_ms": median(self.times) * 1000,
            "cpu_ms": self.own / len(self.times) * 1000,
            "database_cpu_ms": self.database / len(self.times) * 1000,
        }


def measure_all(comparison: Comparison) -> dict[str, dict[str, float]]:
    """Run a round, every act once, for each line of standard input; return each act's figures.

    Whoever writes the lines lets the sizes take turns; the comparisons come last, by themselves.
    """
    todo = acts()
    tallies = {name: Tally() for name in todo}
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        pid = cursor.fetchone()[0]
    gc.disable()
    print("ready", flush=True)
    for turn, _line in enumerate(sys.stdin, start=-WARM_UP):
        for name, act in todo.items():
            tallies[name].take(act, pid, counts=turn >= 0)
        gc.collect()
        print("done", flush=True)
    tallies["one compared with all"] = compared(comparison, pid)
    return {name: tally.figures() for name, tally in tallies.items()}


def compared(comparison: Comparison, pid: int) -> Tally:
    """Compare one proposal after the other, when the rounds are over.

    What each leaves in the tables, though rolled back, would slow the pages.
    """
    tally = Tally()
    for turn in range(-WARM_UP, COMPARED):
        if turn == 0:
            comparison.in_database.clear()
        tally.take(comparison, pid, counts=turn >= 0)
    return tally


def main() -> None:
    """Fill, measure, and print the figures as one line of JSON."""
    seconds = fill(int(os.environ["BENCH_SIZE"]))
    settings.ALLOWED_HOSTS = ["testserver"]
    static = "django.contrib.staticfiles.storage.StaticFilesStorage"
    storages = settings.STORAGES | {"staticfiles": {"BACKEND": static}}
    with override_settings(ROOT_URLCONF="bench.urls", STORAGES=storages):
        comparison = Comparison()
        figures = measure_all(comparison)
    told = {
        "rows": Proposal.objects.count(),
        "fill_s": seconds,
        "acts": figures,
        "compared_in_database_ms": comparison.figures(),
    }
    print(json.dumps(told))


main()
