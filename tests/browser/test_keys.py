"""People who use no mouse: every step by Tab, arrows, Space and Enter, and never a lost focus."""

import pytest
from django.urls import reverse

from proposals.enums import DecisionResult, GateResult, Role, Status
from proposals.models import PriorityFlag, Proposal
from tests import builders, lists

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_proposal_is_begun_saved_handed_over_and_sent(transactional_db, keys):
    draft = builders.make_proposal()
    officer = keys(Role.OFFICER)
    officer.open("filing:new")
    officer.enter(".rk-skip")
    officer.reach("[name=request_to]")
    officer.press("Space")
    officer.reach("[name=title]")
    officer.type("Rumah kemasan")
    officer.enter("main .btn-primary")
    made = Proposal.objects.get(title="Rumah kemasan")
    officer.reach("[name=background]")
    officer.type("Perajin mengemas dengan plastik tipis.")
    officer.enter("main button[value=simpan]")
    made.refresh_from_db()
    assert made.background == "Perajin mengemas dengan plastik tipis."
    officer.open("filing:act", draft.pk, "hand_to_head")
    officer.enter("main .btn-primary")
    head = keys(Role.HEAD)
    head.open("filing:act", draft.pk, "send")
    head.enter("main .btn-primary")
    draft.refresh_from_db()
    assert draft.status == Status.SENT


def test_a_refused_form_puts_the_focus_on_what_is_wrong(transactional_db, keys):
    builders.current_year()
    officer = keys(Role.OFFICER)
    officer.open("filing:new")
    officer.enter("main .btn-primary")
    assert officer.page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    officer.reach("[role=alert] a")
    officer.press("Enter")
    assert officer.page.evaluate("location.hash").startswith("#id_")
    officer.press("Tab")
    assert officer.page.evaluate("document.activeElement.closest('form') !== null")


def test_a_refusal_told_on_the_next_page_has_the_focus(transactional_db, keys):
    sent = builders.make_proposal(status=Status.SENT)
    officer = keys(Role.OFFICER)
    officer.open("filing:proposal", sent.pk)
    officer.reach("form[action$='/komentar/'] button")
    with officer.page.expect_navigation():
        officer.press("Enter")
    assert officer.page.evaluate("document.activeElement.getAttribute('role')") == "alert"


def test_gates_scores_and_the_decision_are_given_by_keys(transactional_db, keys):
    sent = builders.make_proposal(status=Status.SENT)
    gates, criteria = lists.gates(sent.request_to), lists.criteria()
    checker = keys(Role.GATE_CHECKER)
    checker.open("review:proposal", sent.pk)
    for gate in gates:
        checker.reach(f"[name=gate_{gate.pk}]")
        checker.press("ArrowDown")
    assert set(
        checker.page.locator("[name^=gate_]").evaluate_all("all => all.map(one => one.value)")
    ) == {GateResult.PASSED}
    checker.enter("main .btn-primary")
    reviewer = keys(Role.REVIEWER)
    reviewer.open("review:proposal", sent.pk)
    for criterion in criteria:
        reviewer.reach(f"[name=score_{criterion.pk}]")
        for _ in range(3):
            reviewer.press("ArrowRight")
    reviewer.reach("[name=recommendation]")
    reviewer.press("Space")
    with reviewer.page.expect_navigation():
        reviewer.press("Control+Enter")
    builders.make_ceiling(10**12)
    head = keys(Role.PROVINCE_HEAD)
    head.open("meeting:decide", sent.pk)
    head.reach("[name=action]")
    head.press("Space")
    head.enter("main button[value=record], main .btn-primary")
    sent.refresh_from_db()
    assert (sent.status, sent.decisions.get().result) == (Status.AGREED, DecisionResult.AGREED)


def test_a_sector_is_renamed_and_flagged_by_keys(transactional_db, keys):
    builders.current_year()
    sector = lists.sector()
    admin = keys(Role.ADMIN)
    admin.open("catalogue:sector", sector.pk)
    admin.reach("[name=flag-reason]")
    admin.type("Bahan baku surplus.")
    admin.enter("#flag-card .btn-primary")
    assert admin.page.url.endswith(reverse("catalogue:sector", args=[sector.pk]))
    admin.reach("#row-form [name=name_id]")
    admin.press("Control+a")
    admin.type("Singkong dan olahannya")
    admin.enter("#row-form .btn-primary")
    sector.refresh_from_db()
    assert (sector.name_id, PriorityFlag.objects.get().sector) == ("Singkong dan olahannya", sector)
