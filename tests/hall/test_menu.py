"""The menu: at most five links per role, and the one that holds the page is marked."""

import pytest

from proposals.enums import Role
from proposals.web import menu
from tests.cast import person


def test_every_role_has_a_menu_of_at_most_five_links():
    assert set(menu.MENU) == set(Role)
    assert max(len(entries) for entries in menu.MENU.values()) == 5
    assert all(entries for entries in menu.MENU.values())


@pytest.mark.parametrize("role", Role)
def test_every_link_leads_to_a_page_and_the_profile_marks_none(client, db, role):
    client.force_login(person(role))
    links = list(client.get("/akun/").context["menu"])
    assert [link.word for link in links] == [entry.word for entry in menu.MENU[role]]
    assert [link.is_here for link in links] == [False] * len(links)


@pytest.mark.parametrize(
    ("path", "here"),
    [("/", "/"), ("/usulan/7/isi/", "/usulan/"), ("/usulan/provinsi/", "/usulan/provinsi/")],
)
def test_the_closest_link_is_marked(monkeypatch, rf, officer, path, here):
    addresses = {"home:home": "/", "filing:own_list": "/usulan/"}
    addresses |= {"filing:summary": "/usulan/provinsi/", "harmonisation:programmes": "/program/"}
    monkeypatch.setattr(menu, "reverse", lambda name: addresses.get(name, "/laporan/"))
    request = rf.get(path)
    request.user = officer
    assert [link.href for link in menu.menu_for(request) if link.is_here] == [here]


def test_a_stranger_has_no_menu(client, db):
    assert list(client.get("/masuk/").context["menu"]) == []
