"""The end of every example proposal and joint programme is what the files say."""

from decimal import Decimal

import pytest

from proposals.catalogue.loading import rows
from proposals.enums import JointState, OfficeKind, RequestTo, Status
from proposals.models import Attachment, Decision, JointProgramme, Proposal, Share

STATUSES = {
    "disepakati": (Status.AGREED, False),
    "disepakati_catatan": (Status.AGREED, True),
    "digabung": (Status.MERGED, False),
    "dialihkan": (Status.REDIRECTED, False),
    "dikembalikan": (Status.RETURNED, False),
}
KINDS = {
    "kabupaten_kota": RequestTo.OWN,
    "provinsi": RequestTo.PROVINCE,
    "pusat": RequestTo.CENTRE,
}
STAGES = {
    "draft_begun": Status.DRAFT,
    "draft_complete": Status.DRAFT,
    "awaiting_head": Status.AWAITING_HEAD,
    "sent": Status.SENT,
    "gates_begun": Status.SENT,
    "under_review": Status.UNDER_REVIEW,
    "review_begun": Status.UNDER_REVIEW,
    "sent_again": Status.UNDER_REVIEW,
    "at_desk": Status.AT_DESK,
    "at_desk_unscored": Status.AT_DESK,
    "returned": Status.RETURNED,
    "returned_answered": Status.RETURNED,
    "deferred": Status.DEFERRED,
    "rejected": Status.REJECTED,
    "withdrawn": Status.WITHDRAWN,
    "redirected": Status.REDIRECTED,
    "grouped": Status.UNDER_REVIEW,
    "consent_missing": Status.MERGED,
}
pytestmark = pytest.mark.usefixtures("demo")


def wanted_content(line, kind):
    """Return what a proposal's columns must say, as the file has it."""
    return {
        "title": line["title"],
        "background": line["background"],
        "request_to": kind,
        "office__region__code": line["region_code"],
        "sector__key": line["sector_key"] or None,
        "intervention__key": line["intervention_key"],
        "nomenclature__key": line["nomenclature_key"],
        "requested_rp": Decimal(line["budget_rp"]),
        "funding_source__key": line["funding_key"],
        "beneficiary_ikm": int(line["beneficiary_ikm"]),
        "beneficiary_workers": int(line["beneficiary_workers"]),
        "own_rank": int(line["own_rank"]),
    }


def wanted_results(line):
    names = (("output_1", "output"), ("output_2", "output"), ("outcome", "outcome"))
    return sorted(
        (kind, line[name], line[f"{name}_unit"], Decimal(line[f"{name}_target"]))
        for name, kind in names
        if line[name]
    )


def papers_of(proposal):
    keys = Attachment.objects.filter(proposal=proposal).values_list("document__key", flat=True)
    return set(keys)


def assert_content(line, kind):
    content = wanted_content(line, kind)
    proposal = Proposal.objects.filter(number=line["proposal_no"]).order_by("pk")
    assert proposal.values(*content).get() == content
    row = proposal.get()
    assert sorted(row.outputs.values_list("kind", "text", "unit", "target")) == wanted_results(line)
    main = row.commodity_uses.filter(role="main").values_list("commodity__key", flat=True)
    assert list(main) == ([line["commodity_key"]] if line["commodity_key"] else [])
    assert papers_of(row) == set(line["attached_documents"].split("|")) - {"surat_usulan"}
    return row


def test_all_sixty_proposals_hold_what_the_file_says():
    lines = rows.read("proposals_example")
    assert len(lines) == 60
    for line in lines:
        row = assert_content(line, KINDS[line["request_to"]])
        places = row.locations.values_list("district__region__code", "district__name")
        assert list(places) == [(line["region_code"], line["kecamatan"])]


def test_the_five_programmes_of_the_province_are_its_own():
    lines = rows.read("province_programmes_example")
    for line in lines:
        assert_content(line, RequestTo.OWN)
    numbers = [line["proposal_no"] for line in lines]
    own = Proposal.objects.filter(number__in=numbers).order_by("number")
    assert list(own.values_list("status", flat=True)) == [
        Status.AGREED,
        Status.AGREED,
        Status.AT_DESK,
        Status.UNDER_REVIEW,
        Status.SENT,
    ]
    named = own.get(number="RT22-6300-01").locations.values_list("region__short_name", flat=True)
    assert sorted(named) == ["Banjar", "Banjarbaru", "Banjarmasin"]
    assert own.get(number="RT22-6300-03").locations.count() == 13


def test_every_decision_of_the_file_stands_on_its_proposal():
    lines = rows.read("decisions_example")
    ends = {}
    for line in lines:
        proposal = Proposal.objects.get(number=line["proposal_no"])
        share = Share.objects.filter(proposal=proposal).first()
        agreed = share.amount_rp if share else proposal.agreed_rp
        joint = share.joint.number if share else ""
        ends[line["proposal_no"]] = (proposal.status, proposal.is_changed, agreed or 0, joint)
    assert ends == {
        line["proposal_no"]: (
            *STATUSES[line["status_key"]],
            Decimal(line["agreed_budget_rp"]),
            line["merged_into"],
        )
        for line in lines
    }


def test_every_note_of_the_file_stands_with_its_result():
    for line in rows.read("decisions_example"):
        if line["decision"] in {"setuju_catatan", "alihkan"}:
            proposal = Proposal.objects.get(number=line["proposal_no"])
            assert proposal.result_note == line["note_id"]
            assert Decision.objects.get(proposal=proposal).note == line["note_id"]
            assert proposal.result_reason is not None


def test_all_ten_joint_programmes_are_agreed_as_the_file_says():
    lines = rows.read("joint_programmes_example")
    assert len(lines) == 10
    for line in lines:
        content = {
            "title": line["title"],
            "kind": line["kind"],
            "amount_rp": Decimal(line["budget_rp"]),
            "intervention__key": line["intervention_key"],
            "nomenclature__key": line["nomenclature_key"],
            "commodity__key": line["commodity_key"] or None,
            "lead_office__region__code": line["lead_region"],
            "lead_office__kind": OfficeKind.INDUSTRY,
            "state": JointState.AGREED,
        }
        joint = JointProgramme.objects.filter(number=line["number"]).order_by("pk")
        assert joint.values(*content).get() == content
        results = joint.get().outputs.values_list("kind", "text", "unit", "target")
        assert sorted(results) == sorted(
            (name, line[name], line[f"{name}_unit"], Decimal(line[f"{name}_target"]))
            for name in ("output", "outcome")
        )


def test_all_twenty_nine_shares_are_what_the_file_says():
    lines = rows.read("joint_shares_example")
    assert len(lines) == 29
    wanted = {
        (
            line["number"],
            line["proposal_no"],
            Decimal(line["amount_rp"]),
            line["funding_key"],
            line["delivery"],
            line["consent"] == "true",
        )
        for line in lines
    }
    shares = Share.objects.filter(joint__state=JointState.AGREED).order_by("pk")
    assert {
        (
            share.joint.number,
            share.proposal.number,
            share.amount_rp,
            share.funding_source.key,
            share.delivery,
            share.consent_at is not None,
        )
        for share in shares
    } == wanted


def test_the_further_proposals_stand_where_their_stage_says():
    lines = rows.read("further_proposals_example")
    stands = {
        line["title"]: Proposal.objects.values_list("number", "status").get(title=line["title"])
        for line in lines
    }
    assert stands == {
        line["title"]: (line["proposal_no"] or None, STAGES[line["stage"]]) for line in lines
    }
    assert {status for _number, status in stands.values()} == set(Status) - {Status.AGREED}
    states = JointProgramme.objects.exclude(state=JointState.AGREED).order_by("pk")
    assert [(joint.number, joint.state) for joint in states] == [
        (None, JointState.FORMING),
        ("PROV-05", JointState.JOINED),
    ]
    waiting = [share for share in states[1].shares.all() if share.needs_consent]
    assert [(share.proposal.number, share.consent_at) for share in waiting] == [
        ("RT22-6308-06", None)
    ]
