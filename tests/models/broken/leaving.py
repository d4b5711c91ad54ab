"""Leaving the office: approvals, a fixed order, notes and verdicts that must not be."""

from django.utils import timezone

from proposals.enums import Role, Status
from proposals.models import OfficeNote, OfficeYear, Proposal
from tests import cast
from tests.builders import make_office_year, make_proposal
from tests.models.refusals import again, breaks, changed, gone

NOW = timezone.now()


def head():
    return cast.person(Role.HEAD, cast.make_office())


def approved(proposal, by=None):
    return changed(proposal, approved_at=NOW, approved_by_id=(by or head()).pk)


@breaks("proposal_is_approved_by_somebody")
def approved_by_nobody():
    ready = make_proposal()
    Proposal.objects.filter(pk=ready.pk).update(approved_at=NOW, approved_by=head())
    return [changed(ready, approved_by_id=None), changed(ready, approved_at=None)]


@breaks("proposal_approved_before_sending")
def approved_after_it_left():
    return [approved(make_proposal(status=Status.SENT))]


@breaks("proposal_approved_by_its_head")
def approved_by_another():
    other = cast.person(Role.HEAD, cast.make_office(cast.OTHER_REGENCY))
    officer = cast.person(Role.OFFICER, cast.make_office())
    return [approved(make_proposal(), other), approved(make_proposal(), officer)]


@breaks("office_year_order_is_fixed_by_somebody")
def an_order_fixed_by_nobody():
    own = make_office_year(cast.make_office())
    return [changed(own, order_fixed_at=NOW), changed(own, order_fixed_by_id=head().pk)]


@breaks("order_is_fixed")
def a_rank_moved_after_fixing():
    ready = make_proposal(own_rank=1)
    fixed = {"order_fixed_at": NOW, "order_fixed_by": head()}
    OfficeYear.objects.filter(office=ready.office).update(**fixed)
    return [changed(ready, own_rank=2)]


def note():
    return OfficeNote.objects.create(proposal=make_proposal(), author=head(), text="Turunkan")


@breaks("office_note_is_not_empty")
def a_note_of_spaces():
    return [again(note(), text=" \n")]


@breaks("office_note_stays")
def a_note_changed_or_gone():
    return [changed(note(), text="Naikkan"), gone(note())]


@breaks("office_note_of_the_own_office")
def a_note_from_outside():
    return [again(note(), author_id=cast.person(Role.REVIEWER).pk)]


VERDICTS = [
    {"state": "clean"},
    {"state": "infected", "at": NOW},
    {"state": "infected", "found": "Eicar"},
    {"state": "pending", "at": NOW},
    {"state": "clean", "at": NOW, "found": "Eicar"},
]


def half(row, prefix):
    return [
        changed(row, **{f"{prefix}{name}": value for name, value in verdict.items()})
        for verdict in VERDICTS
    ]


@breaks("attachment_scan_is_whole")
def a_verdict_by_half():
    return half(make_proposal().attachments.first(), "scan_")


@breaks("office_year_letter_scan_is_whole")
def a_verdict_on_a_letter_by_half():
    return half(make_office_year(cast.make_office()), "letter_scan_")
