"""Every address x everybody: who is answered, who finds the door shut, who is led to the log-in."""

from contextlib import nullcontext
from copy import copy
from http.cookies import SimpleCookie
from unittest import mock

import pytest
from django.template.backends.django import Template
from django.test import Client, override_settings
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver

from proposals.web.adapter import PersonBackend
from tests.house import scenery
from tests.house.doors import DOORS
from tests.scenes import kept_for_module, scribble

ANSWERED = {200, 302, 303, 409, 422}
"""An empty form is answered in one of these ways: the page again with its errors, or led on."""
LOG_IN = {"get": 302, "post": 401}


def names(resolver, space=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names(pattern, inner)
        else:
            yield f"{space}{pattern.name}"


def test_every_address_is_in_the_table_of_doors():
    assert {name.split("#")[0] for name in DOORS} == set(names(get_resolver()))


def test_every_person_is_somebody(db):
    people = {scenery.person_of(letter) for letter in scenery.PEOPLE if letter != "-"}
    assert len(people) == len(scenery.PEOPLE) - 1


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    with kept_for_module(django_db_blocker):
        yield scenery.make_scene()


@pytest.fixture(scope="module")
def clients(scene):
    """Return a browser for each person, logged in once; sessions are cookies, people are kept.

    Thousands of askings look each person up once: what they may do is asked of the same rows.
    """
    opened = {letter: Client(raise_request_exception=False) for letter in scenery.PEOPLE}
    people = {}
    cookies = "django.contrib.sessions.backends.signed_cookies"
    with override_settings(SESSION_ENGINE=cookies):
        for letter, client in opened.items():
            if letter != "-":
                person = scenery.person_of(letter)
                client.force_login(person)
                people[str(person.pk)] = PersonBackend().get_user(person.pk)
        known = mock.patch.object(
            PersonBackend, "get_user", lambda _self, pk: copy(people[str(pk)])
        )
        with known:
            yield opened


def ask(client, method, url, *, is_drawn):
    """Ask once, with the page drawn or not, and rub out what the asking wrote."""
    kept = SimpleCookie(client.cookies.output(header="", sep=";"))
    undrawn = mock.patch.object(Template, "render", return_value="")
    with scribble(), nullcontext() if is_drawn else undrawn:
        status = getattr(client, method)(url).status_code
    client.cookies = kept
    return status


def expected(door, letter, method):
    """Return the statuses with which this person may be answered."""
    if letter == "-":
        return {door.stranger or LOG_IN[method]} | (
            {405} if door.stranger and not (door.sends if method == "post" else door.get) else set()
        )
    if method == "get" and door.get is None:
        return {405}
    if method == "post" and not door.sends:
        return {405}
    if letter not in (door.reads if method == "get" else door.sends):
        return {door.shut}
    return {door.get} if method == "get" else ANSWERED


@pytest.mark.parametrize("name", DOORS)
def test_the_door(scene, clients, name, many):
    """The page is drawn for the first who is answered; `make proof` draws it for everybody."""
    door = DOORS[name]
    url = reverse(name.split("#")[0], args=[scene.get(word, word) for word in door.at.split()])
    drawn = {("get", door.reads[:1]), ("post", door.sends[:1])}
    wrong = []
    for method, letter in askings(door):
        is_drawn = many((method, letter) in drawn, True)
        status = ask(clients[letter], method, url, is_drawn=is_drawn)
        if status not in expected(door, letter, method):
            wrong.append(f"{method} {letter}: {status}")
    assert wrong == []


def askings(door):
    """Return who asks and how; one person is enough for a method that the address never takes."""
    reads = scenery.PEOPLE if door.get else "-o"
    sends = scenery.PEOPLE if door.sends else "-o"
    return [*(("get", letter) for letter in reads), *(("post", letter) for letter in sends)]
