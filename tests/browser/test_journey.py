"""From draft to decision by six people, a joint programme with a consent included."""

import pytest

from proposals import completeness
from proposals.enums import JointState, RequestTo, ReviewState, Role, Status
from proposals.models import (
    JointProgramme,
    Proposal,
    ReadinessDocument,
    ReviewCriterion,
    Share,
    Version,
)
from proposals.workflow.hindrances import office_year_of
from tests import builders, cast, lists

pytestmark = pytest.mark.django_db(transaction=True)
TITLE = "Pelatihan olahan singkong untuk 25 IKM di Bati-Bati"


@pytest.fixture
def world(transactional_db):
    """Make the year, the lists, and another regency's own programme that looks alike."""
    office, other = cast.make_office(cast.REGENCY), cast.make_office(cast.OTHER_REGENCY)
    builders.make_office_year(office)
    alike = builders.make_proposal(
        other, Status.UNDER_REVIEW, request_to=RequestTo.OWN, title="Pelatihan singkong Kotabaru"
    )
    lists.district(office.region)
    lists.papers()
    lists.funding("apbd_prov")
    lists.nomenclature()
    lists.gates(RequestTo.PROVINCE)
    lists.criteria()
    return alike


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_six_people_bring_a_draft_to_its_decision(world, open_desk, js):
    desks = {
        role: open_desk(cast.person(role), js=js)
        for role in (
            Role.OFFICER,
            Role.HEAD,
            Role.GATE_CHECKER,
            Role.REVIEWER,
            Role.COORDINATOR,
            Role.PROVINCE_HEAD,
        )
    }
    officer_writes(desks[Role.OFFICER])
    proposal = Proposal.objects.get(title=TITLE)
    assert proposal.status == Status.AWAITING_HEAD
    head_sends(desks[Role.HEAD], proposal)
    gate_checker_accepts(desks[Role.GATE_CHECKER], proposal)
    reviewer_scores(desks[Role.REVIEWER], proposal)
    joint = coordinator_joins(desks[Role.COORDINATOR], proposal, world)
    other_head = open_desk(cast.person(Role.HEAD, world.office), js=js)
    province_head_waits_for_consent(desks[Role.PROVINCE_HEAD], joint)
    head_consents(other_head, world)
    province_head_agrees(desks[Role.PROVINCE_HEAD], joint)
    regency_reads_its_share(desks[Role.OFFICER], proposal)


def officer_writes(desk):
    desk.open("filing:new")
    desk.check("request_to", "province")
    desk.fill(title=TITLE)
    desk.press("Make the draft and fill it in")
    place = lists.district(desk.person.office.region)
    desk.choose(intervention=lists.intervention().pk, origin="musrenbang")
    find_code(desk, lists.nomenclature())
    desk.choose(**{"locations-0-district": place.pk, "sector": lists.sector().pk})
    desk.check("main-commodity", lists.commodity().pk)
    desk.fill(background="Perajin di Bati-Bati menjual umbi segar.", target_group="25 IKM singkong")
    rows = [("output", "IKM terlatih", "25"), ("outcome", "IKM memakai cara baru", "20")]
    for at, (kind, text, target) in enumerate(rows):
        if not desk.page.locator(f"[name='outputs-{at}-text']").count():
            add_row(desk, "outputs")
        desk.choose(**{f"outputs-{at}-kind": kind})
        desk.fill(
            **{
                f"outputs-{at}-{name}": value
                for name, value in (("text", text), ("unit", "IKM"), ("target", target))
            }
        )
    desk.fill(beneficiary_ikm=25, beneficiary_workers=60, requested_rp="125 juta")
    desk.choose(funding_source=lists.funding("apbd_prov").pk)
    for paper in ReadinessDocument.objects.filter(blocks_sending=True, is_per_office=False):
        desk.upload(f"file-{paper.pk}")
    desk.press("Save the draft")
    assert desk.errors() == []
    draft = Proposal.objects.get(title=TITLE)
    assert (draft.requested_rp, draft.attachments.count()) == (125_000_000, 2)
    lacks = completeness.missing(draft, completeness.blocking_documents(), office_year_of(draft))
    assert [item.message for item in lacks] == []
    desk.open("filing:act", draft.pk, "hand_to_head")
    desk.press("Hand to the head")


def find_code(desk, code):
    """Search the sub-activity by its number and choose it."""
    desk.fill(kode_cari=code.code)
    desk.page.locator("#cari-kode").click()
    desk.page.wait_for_selector(f"[name=nomenclature][value='{code.pk}']")
    desk.check("nomenclature", code.pk)


def add_row(desk, part):
    """Press the button for one more row; with htmx the part alone is swapped."""
    desk.page.locator(f"main button[value='tambah:{part}']").click()
    desk.page.wait_for_selector(f"[name='{part}-1-text']")


def head_sends(desk, proposal):
    desk.open("filing:act", proposal.pk, "send")
    desk.press("Send")
    proposal.refresh_from_db()
    version = Version.objects.get(proposal=proposal)
    assert (proposal.status, proposal.number) == (Status.SENT, "RT22-6301-01")
    desk.open("filing:receipt", proposal.pk)
    assert "RT22-6301-01" in desk.text()
    assert version.sha256 in desk.text()


def gate_checker_accepts(desk, proposal):
    desk.open("review:proposal", proposal.pk)
    for gate in ReviewCriterion.objects.filter(is_gate=True, applies_to_requests=True):
        desk.choose(**{f"gate_{gate.pk}": "passed"})
    desk.press("Accept for review")
    proposal.refresh_from_db()
    assert proposal.status == Status.UNDER_REVIEW


def reviewer_scores(desk, proposal):
    desk.open("review:proposal", proposal.pk)
    for criterion in ReviewCriterion.objects.filter(is_gate=False, applies_to_requests=True):
        desk.check(f"score_{criterion.pk}", "4")
        if desk.page.locator(f"[name=why_{criterion.pk}]").is_visible():  # asked where it departs
            desk.fill(**{f"why_{criterion.pk}": "Sesuai berkas dan kunjungan lapangan."})
    desk.check("recommendation", "merge")
    desk.press("Save and next")
    review = proposal.reviews.get()
    assert (review.state, review.score_pct) == (ReviewState.FINAL, 80)


def coordinator_joins(desk, proposal, alike):
    query = f"?usulan={proposal.pk}&usulan={alike.pk}"
    desk.open("harmonisation:new_group", query=query)
    desk.fill(title="Pelatihan singkong bersama")
    desk.check("kind", "consolidate")
    desk.choose(lead_office=cast.make_office(cast.PROVINCE).pk)
    desk.press("Make the group")
    joint = JointProgramme.objects.get()
    shares = {share.proposal_id: share for share in joint.shares.all()}
    desk.open("harmonisation:edit", joint.pk)
    desk.choose(nomenclature=lists.nomenclature().pk)
    desk.press("Save")
    desk.open("harmonisation:shares", joint.pk)
    payer = lists.funding("apbd_prov").pk
    desk.fill(amount_rp="300.000.000")
    for member, amount in ((proposal, "100.000.000"), (alike, "200.000.000")):
        share = shares[member.pk]
        desk.fill(**{f"amount_{share.pk}": amount})
        desk.choose(**{f"source_{share.pk}": payer, f"delivery_{share.pk}": "activity"})
    desk.press("Save the shares")
    assert desk.errors() == []
    desk.open("harmonisation:act", joint.pk, "gabungkan")
    desk.press("Join")
    joint.refresh_from_db()
    assert (joint.state, joint.number) == (JointState.JOINED, "PROV-01")
    assert {member.status for member in Proposal.objects.all()} == {Status.MERGED}
    return joint


def province_head_waits_for_consent(desk, joint):
    desk.open("meeting:decide_joint", joint.pk)
    desk.check("action", "agree")
    desk.press("Record the decision")
    joint.refresh_from_db()
    assert joint.state == JointState.JOINED
    assert "belum menyetujui" in desk.text()


def head_consents(desk, alike):
    share = Share.objects.get(proposal=alike)
    desk.open("harmonisation:consent", share.pk)
    desk.press("Consent")
    share.refresh_from_db()
    assert share.consent_by == desk.person


def province_head_agrees(desk, joint):
    desk.open("meeting:decide_joint", joint.pk)
    desk.check("action", "agree")
    desk.press("Record the decision")
    joint.refresh_from_db()
    assert joint.state == JointState.AGREED
    assert joint.decisions.get().agreed_rp == 300_000_000


def regency_reads_its_share(desk, proposal):
    desk.open("filing:proposal", proposal.pk)
    text = desk.text().replace("\N{NO-BREAK SPACE}", " ")
    assert "PROV-01" in text
    assert "dilaksanakan provinsi di daerah Anda" in text
    assert "Rp 100.000.000" in text
