"""How the stories of this room are told: form, share, join, read back."""

from decimal import Decimal

from django.db import connection

from proposals import workflow
from proposals.enums import JoiningKind, JointAction
from proposals.harmonisation import actions
from proposals.harmonisation.actions import ShareGiven
from proposals.models import JointProgramme
from proposals.workflow import Given
from tests import cast, lists
from tests.builders import current_year

MILLION = 1_000_000


def check_now():
    """Let the database check what it otherwise checks at the commit."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")


def form(by, members, *, lead=None, kind=JoiningKind.CONSOLIDATE, title="Tepung tapioka bersama"):
    for key in ("apbd_prov", "apbd_kab"):
        lists.funding(key)
    return actions.form_group(
        year=current_year(),
        by=by,
        proposals=members,
        kind=kind,
        title=title,
        lead_office=lead or cast.make_office(cast.PROVINCE),
    )


def fresh(joint):
    return JointProgramme.objects.get(pk=joint.pk)


def given(joint, *amounts):
    """Give amounts in the order of the members' numbers, from the sources that stand."""
    shares = list(joint.shares.select_related("funding_source").order_by("proposal__number"))
    return {
        share.pk: ShareGiven(Decimal(amount), share.funding_source, share.delivery, share.note)
        for share, amount in zip(shares, amounts, strict=True)
    }


def give(joint, *amounts, by, total=None, row_version=None):
    return actions.set_shares(
        joint=joint,
        by=by,
        row_version=row_version or fresh(joint).row_version,
        shares=given(joint, *amounts),
        amount_rp=None if total is None else Decimal(total),
    )


def ready(by, members, *amounts, **how):
    """Form a group whose shares add up and whose code is chosen: it may be joined."""
    joint = form(by, members, **how)
    give(joint, *amounts, by=by, total=sum(amounts))
    actions.save_programme(
        joint=joint,
        by=by,
        row_version=fresh(joint).row_version,
        values={"nomenclature": lists.nomenclature()},
    )
    return fresh(joint)


def take(action, joint, by, note="Hasil pembahasan"):
    return workflow.take_joint(action, joint=fresh(joint), by=by, given=Given(note=note))


def joined(by, members, *amounts, **how):
    joint = take(JointAction.JOIN, ready(by, members, *amounts, **how), by)
    check_now()
    return joint


def amounts(joint):
    """Return number and share of every member."""
    rows = joint.shares.order_by("proposal__number")
    return [(row.proposal.number, int(row.amount_rp)) for row in rows.select_related("proposal")]


def statuses(*proposals):
    for proposal in proposals:
        proposal.refresh_from_db()
    return [proposal.status for proposal in proposals]
