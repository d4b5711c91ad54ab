"""The story of joint programmes, told through the actions that the pages call."""

from decimal import Decimal

import pytest
from django.db import connection

from proposals import workflow
from proposals.enums import Delivery, JoiningKind, JointAction, JointState, RequestTo, Status
from proposals.harmonisation import actions
from proposals.harmonisation.actions import ShareGiven
from proposals.models import JointProgramme, Share
from proposals.refused import Refused
from proposals.workflow import Given
from tests import cast, lists
from tests.builders import current_year, make_proposal

pytestmark = pytest.mark.django_db

MILLION = 1_000_000


def check_now():
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")


def form(by, members, *, lead=None, kind=JoiningKind.CONSOLIDATE, title="Tepung tapioka bersama"):
    lists.funding("apbd_prov"), lists.funding("apbd_kab")
    return actions.form_group(
        year=current_year(),
        by=by,
        proposals=members,
        kind=kind,
        title=title,
        lead_office=lead or cast.make_office(cast.PROVINCE),
    )


def give(joint, *amounts, by, total=None, row_version=None):
    """Share amounts in the order of the members' numbers, from the sources that stand."""
    shares = list(joint.shares.select_related("funding_source"))
    return actions.set_shares(
        joint=joint,
        by=by,
        row_version=row_version or JointProgramme.objects.get(pk=joint.pk).row_version,
        shares={
            share.pk: ShareGiven(Decimal(amount), share.funding_source, share.delivery)
            for share, amount in zip(shares, amounts, strict=True)
        },
        amount_rp=None if total is None else Decimal(total),
    )


def statuses(*proposals):
    found = []
    for proposal in proposals:
        proposal.refresh_from_db()
        found.append(proposal.status)
    return found


def test_one_programme_with_a_consent_from_group_to_dissolving(
    reviewer, coordinator, province_head, office, other_office, head
):
    request = make_proposal(other_office, Status.UNDER_REVIEW, requested_rp=900 * MILLION)
    own = make_proposal(
        office, Status.AT_DESK, request_to=RequestTo.OWN, requested_rp=600 * MILLION
    )

    joint = form(reviewer, [request, own])
    terms = {s.proposal: (s.amount_rp, s.funding_source.key, s.delivery) for s in joint.shares.all()}
    assert terms == {
        request: (0, "apbd_prov", Delivery.ACTIVITY),
        own: (0, "apbd_prov", Delivery.ACTIVITY),
    }
    assert (joint.state, joint.number, statuses(request, own)) == (
        JointState.FORMING,
        None,
        [Status.UNDER_REVIEW, Status.AT_DESK],
    )

    joint = give(joint, 300 * MILLION, 500 * MILLION, by=reviewer, total=1_000 * MILLION)
    with pytest.raises(Refused) as refusal:
        workflow.take_joint(JointAction.JOIN, joint=joint, by=coordinator)
    assert [r for r in refusal.value.reasons if "add up" in r] != []
    actions.save_programme(
        joint=joint,
        by=reviewer,
        row_version=joint.row_version,
        values={"nomenclature": lists.nomenclature()},
        outputs=[{"kind": "output", "text": "Unit tapioka", "unit": "unit", "target": Decimal(1)}],
    )
    joint = give(joint, 400 * MILLION, 600 * MILLION, by=reviewer)
    joint = workflow.take_joint(JointAction.JOIN, joint=joint, by=coordinator)
    check_now()
    assert (joint.number, statuses(request, own)) == ("PROV-01", [Status.MERGED] * 2)

    with pytest.raises(Refused) as refusal:
        workflow.take_joint(JointAction.AGREE, joint=joint, by=province_head, given=Given())
    assert len(refusal.value.reasons) == 1
    share = Share.objects.get(proposal=own)
    actions.consent(share=share, by=head, note="Sudah dengan Bupati")
    joint = workflow.take_joint(JointAction.AGREE, joint=joint, by=province_head, given=Given())
    check_now()
    assert joint.state == JointState.AGREED
