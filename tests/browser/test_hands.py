"""Hands on the form and the own list: double clicks, back and reload, keys, dragging, the tree."""

import re

import pytest
from playwright.sync_api import expect

from proposals.enums import Role, TreeStage
from proposals.models import DerivativeStage, Proposal
from tests import cast, lists
from tests.browser.typist import Typist
from tests.builders import make_proposal

pytestmark = pytest.mark.django_db(transaction=True)
FILLED = re.compile(r"/isi/$")


@pytest.fixture
def desk(open_desk):
    return open_desk(cast.person(Role.OFFICER))


@pytest.fixture
def typist(browser, live_server):
    proposal = make_proposal(n_lines=3)
    typist = Typist(browser, live_server.url, cast.person(Role.OFFICER), proposal)
    yield typist
    typist.context.close()


def test_double_click_back_and_reload_make_one_draft(desk):
    make_proposal()
    desk.open("filing:new")
    desk.check("request_to", "province")
    desk.fill(title="Satu usulan saja")
    desk.page.locator("main form button.btn-primary").dblclick(no_wait_after=True)
    expect(desk.page).to_have_url(FILLED, timeout=15_000)  # the second press may cut the first off
    desk.page.wait_for_load_state("load")
    desk.page.go_back()
    desk.page.locator("main form button.btn-primary").click()
    expect(desk.page).to_have_url(FILLED, timeout=15_000)
    desk.page.reload()
    assert Proposal.objects.filter(title="Satu usulan saja").count() == 1


def ranks(*proposals):
    return [Proposal.objects.get(pk=one.pk).own_rank for one in proposals]


def test_the_own_order_moves_by_keys_and_by_dragging(desk):
    a, b, c = (make_proposal(title=f"Usulan {one}", own_rank=at) for at, one in enumerate("abc", 1))
    desk.open("filing:own_list")
    page = desk.page
    with page.expect_response("**/usulan/**"):
        page.locator(f"#usulan-{a.pk} a").first.press("Alt+ArrowDown")
    expect(page.locator("#own-table .rk-judul")).to_have_text(["Usulan b", "Usulan a", "Usulan c"])
    handle, target = (page.locator(f"#usulan-{one.pk} [data-drag]") for one in (c, b))
    start, end = handle.bounding_box(), target.bounding_box()
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(end["x"] + 5, end["y"] + 20, steps=8)
    page.mouse.move(end["x"] + 5, end["y"] - 4, steps=4)
    with page.expect_response("**/usulan/**"):
        page.mouse.up()
    expect(page.locator("#own-table .rk-judul")).to_have_text(["Usulan c", "Usulan b", "Usulan a"])
    assert ranks(a, b, c) == [3, 2, 1]


def test_budget_lines_move_by_keys_and_the_cursor_goes_along(typist):
    page = typist.page
    first = typist.shown("budget_lines-0-text")
    with page.expect_response("**/isi/"):
        typist.box("budget_lines-0-text").press("Alt+ArrowDown")
    expect(typist.box("budget_lines-1-text")).to_have_value(first)
    expect(typist.box("budget_lines-1-text")).to_be_focused()
    typist.leave()
    typist.wait_until_kept()
    page.wait_for_timeout(400)
    lines = typist.proposal.budget_lines.order_by("position")
    assert [line.text for line in lines][1] == first


def test_the_tree_is_shown_from_raw_material_to_product_and_chosen_by_keys(browser, live_server):
    made = [
        DerivativeStage.objects.create(
            key=f"SINGKONG-{at}",
            tree="SINGKONG",
            tree_name_id="Pohon industri singkong",
            name_id=name,
            stage=stage,
            upstream_commodity=lists.commodity(),
        )
        for at, (name, stage) in enumerate(
            (("Umbi segar", "hulu"), ("Gaplek", "antara"), ("Mocaf", "hilir"))
        )
    ]
    proposal = make_proposal()
    typist = Typist(browser, live_server.url, cast.person(Role.OFFICER), proposal)
    page = typist.page
    page.locator(f"[name='main-commodity'][value='{lists.commodity().pk}']").check()
    columns = page.locator(".rk-pohon > div")
    expect(columns.locator("b")).to_have_text([str(one.label) for one in TreeStage])
    expect(columns.locator("label")).to_have_text(["Umbi segar", "Gaplek", "Mocaf"])
    page.locator(f"[name='main-stage'][value='{made[0].pk}']").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    typist.leave()
    typist.wait_until_kept()
    page.wait_for_timeout(400)
    assert proposal.commodity_uses.get(role="main").stage == made[2]
    typist.context.close()
