"""Lists cut into pages: how much is counted, what the addresses keep, what a bad key does."""

from base64 import urlsafe_b64encode
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import RequestFactory
from django.utils import timezone

from proposals import web
from proposals.models import District
from proposals.web import pages
from tests import lists

ORDER = ("name", "-pk")


@pytest.fixture
def districts(db):
    region = lists.region("63.01")
    for n in range(7):
        District.objects.create(code=f"63.01.{n:02}x", region=region, name=f"Kecamatan {n // 2}")
    return District.objects.filter(code__endswith="x").order_by(*ORDER)


def asked(query=""):
    query = query if isinstance(query, str) else f"?{urlencode(query)}"
    return RequestFactory().get(f"/daftar/kecamatan/{query}")


def codes(page):
    return [row.code[-3:-1] for row in page]


def test_pages_by_number_say_where_they_are(districts, django_assert_num_queries):
    with django_assert_num_queries(2):
        page = web.numbered(
            asked("?page=2&q=banjar&status=sent&status=draft"), districts, per_page=3
        )
    assert codes(page) == ["02", "05", "04"]
    assert (page.first, page.last, page.total_text, len(page)) == (4, 6, "7", 3)
    assert page.previous == "?q=banjar&status=sent&status=draft&page=1"
    assert page.next == "?q=banjar&status=sent&status=draft&page=3"


@pytest.mark.parametrize(
    ("page", "first"), [("", 1), ("0", 1), ("-4", 1), ("x", 1), ("9" * 30, 1), ("99", 7), ("3", 7)]
)
def test_a_page_that_is_not_there_becomes_one_that_is(districts, page, first):
    assert web.numbered(asked({"page": page}), districts, per_page=3).first == first


def test_an_empty_list_is_one_empty_page(db):
    page = web.numbered(asked(), District.objects.none())
    assert (codes(page), page.first, page.last, page.total_text) == ([], 0, -1, "0")
    assert not page.has_others


def test_counting_stops_at_a_thousand(districts, monkeypatch):
    monkeypatch.setattr(pages, "COUNT_LIMIT", 5)
    page = web.numbered(asked("?page=3"), districts, per_page=3)
    assert (page.total_text, codes(page), page.next) == ("5+", ["06"], "")


def test_pages_by_key_walk_there_and_back(districts, django_assert_num_queries):
    seen, address = [], ""
    while True:
        with django_assert_num_queries(2):
            page = web.keyed(asked(address), districts, ORDER, per_page=3)
        seen.append(codes(page))
        if not page.next:
            break
        address = page.next
    assert seen == [["01", "00", "03"], ["02", "05", "04"], ["06"]]
    back = web.keyed(asked(page.previous), districts, ORDER, per_page=3)
    assert codes(back) == ["02", "05", "04"]
    first = web.keyed(asked(back.previous), districts, ORDER, per_page=3)
    assert (codes(first), first.previous, bool(first.next)) == (["01", "00", "03"], "", True)


def word(text):
    return urlsafe_b64encode(text.encode()).decode()


ENDLESS = word('["Kecamatan 0",1e999]')
HIDDEN = word(r'["\u0000",1]')


@pytest.mark.parametrize(
    "key", ["x", "%%%", "W10", "bnVsbA", "eyJhIjoxfQ", "A" * 500, ENDLESS, HIDDEN]
)
def test_a_key_written_by_hand_gives_the_first_page(districts, key):
    page = web.keyed(asked({"after": key}), districts, ORDER, per_page=3)
    assert (codes(page), page.previous) == (["01", "00", "03"], "")


def test_a_key_may_hold_a_moment(db):
    moment = timezone.now() - timedelta(days=1)
    word = pages._cursor(type("Row", (), {"sent_at": moment, "pk": 3})(), ("-sent_at", "pk"))
    assert word.isascii()
