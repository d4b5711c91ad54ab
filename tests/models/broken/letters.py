"""Letters, notices and choices that must not be."""

import uuid

from django.utils import timezone

from proposals.enums import LetterState, NoticeKind, NoticeWay, Role
from proposals.models import Letter, LetterChoice, Notice
from tests import cast
from tests.builders import make_joint, make_proposal
from tests.models.refusals import again, asleep, breaks, changed, gone

ON_ITS_WAY = {
    LetterState.WAITING: (),
    LetterState.SENDING: (LetterState.SENDING,),
    **{state: (LetterState.SENDING, state) for state in ("sent", "failed", "uncertain")},
}


def letter(state=LetterState.WAITING, role=Role.OFFICER, **fields):
    """Make a letter and bring it to this state."""
    person = cast.person(role)
    start = {"recipient": person, "address": person.email, "subject": "Rakortek: usulan dikirim"}
    row = Letter.objects.create(**(start | {"message_id": f"<{uuid.uuid4()}@x.test>"} | fields))
    for step in ON_ITS_WAY[state]:
        row.state = step
        row.attempts += step == LetterState.SENDING
        row.claim = uuid.uuid4() if step == LetterState.SENDING else None
        row.text, row.html = "isi", "<p>isi</p>"
        row.sent_at = timezone.now() if step == LetterState.SENT else None
        row.last_error = "ditolak" if step in {"failed", "uncertain"} else ""
        row.save()
    return row


def notice(role=Role.OFFICER, **fields):
    """Make a notice about a proposal, told by letter."""
    start = {"recipient": cast.person(role), "kind": NoticeKind.SENT, "key": str(uuid.uuid4())}
    start |= {"way": NoticeWay.AT_ONCE}
    start |= {} if "proposal" in fields else {"proposal": make_proposal(is_bare=True)}
    return Notice.objects.create(**(start | fields))


def choice():
    person = cast.person(Role.OFFICER)
    return LetterChoice.objects.create(person=person, kind=NoticeKind.SENT, way=NoticeWay.DAILY)


@breaks("letter_has_address_and_subject")
def a_letter_to_nowhere():
    fresh = {"message_id": "<a@x.test>"}
    return [again(letter(), address=" ", **fresh), again(letter(), subject=" ", **fresh)]


@breaks("letter_has_address_and_subject")
def a_letter_without_a_name():
    return [again(letter(), message_id=" ")]


@breaks("proposals_letter_message_id_key")
def a_message_id_twice():
    return [again(letter())]


@breaks("letter_sent_at_iff_sent")
def a_waiting_letter_that_was_sent():
    return [changed(letter(), sent_at=timezone.now())]


@breaks("letter_sent_at_iff_sent")
def a_sent_letter_without_a_time():
    row = letter(LetterState.SENDING)
    return [changed(row, state="sent", claim=None)]


@breaks("letter_claim_iff_being_sent")
def a_claim_on_a_waiting_letter():
    return [changed(letter(), claim=str(uuid.uuid4()))]


@breaks("letter_claim_iff_being_sent")
def a_letter_that_nobody_sends():
    return [changed(letter(), state="sending", attempts=1, text="isi", html="isi")]


@breaks("letter_leaves_written")
def an_empty_letter_that_leaves():
    claim = str(uuid.uuid4())
    return [
        changed(letter(), state="sending", attempts=1, claim=claim, text=text, html=html)
        for text, html in (("", "isi"), ("isi", ""))
    ]


@breaks("letter_ends_after_an_attempt")
def a_letter_that_ended_untried():
    row = letter(LetterState.SENT)
    moved = changed(row, attempts=0)
    return [[*asleep(Letter, "rk_letter_moves"), moved]]


@breaks("letter_failure_says_why")
def a_failure_without_a_word():
    row = letter(LetterState.SENDING)
    return [changed(row, state=state, claim=None) for state in ("failed", "uncertain")]


@breaks("letter_is_not_its_own_repeat")
def a_letter_that_repeats_itself():
    row = letter()
    return [[*asleep(Letter, "rk_letter_moves"), changed(row, again_of_id=row.pk)]]


@breaks("letter_is_kept")
def a_letter_thrown_away():
    return [gone(letter()), gone(letter(LetterState.SENT))]


@breaks("letter_born_waiting")
def a_letter_born_sent():
    row = letter(LetterState.SENT)
    return [
        again(row, message_id="<b@x.test>"),
        again(letter(), message_id="<c@x.test>", attempts=2),
    ]


@breaks("letter_repeats_its_first")
def a_repeat_of_a_repeat():
    first = letter()
    repeat = letter(again_of=first)
    return [again(letter(), message_id="<d@x.test>", again_of_id=repeat.pk)]


@breaks("letter_repeats_its_first")
def a_repeat_to_somebody_else():
    return [again(letter(), message_id="<e@x.test>", again_of_id=letter(role=Role.HEAD).pk)]


@breaks("letter_stays_as_written")
def a_letter_reworded():
    row = letter(LetterState.SENDING)
    other = cast.person(Role.HEAD)
    changes = ({"text": "lain"}, {"html": "lain"}, {"subject": "lain"}, {"address": "l@x.test"})
    changes += ({"recipient_id": other.pk}, {"message_id": "<f@x.test>"}, {"is_digest": True})
    return [changed(row, **one) for one in changes]


@breaks("letter_state_moves")
def a_letter_sent_twice():
    row, now = letter(LetterState.SENT), timezone.now()
    claim = str(uuid.uuid4())
    return [
        changed(row, state="waiting", sent_at=None),
        changed(row, state="sending", sent_at=None, claim=claim),
        changed(letter(), state="sent", sent_at=now, text="isi", html="isi", attempts=0),
        changed(letter(LetterState.UNCERTAIN), state="waiting"),
        changed(letter(LetterState.FAILED), state="waiting"),
    ]


@breaks("letter_counts_its_attempts")
def an_attempt_that_is_not_counted():
    row = letter()
    claim = str(uuid.uuid4())
    written = {"text": "isi", "html": "isi"}
    return [
        changed(row, state="sending", claim=claim, **written),
        changed(row, attempts=1),
        changed(row, state="sending", claim=claim, attempts=2, **written),
    ]


@breaks("notice_told_once")
def a_notice_twice():
    return [again(notice())]


@breaks("notice_has_a_key")
def a_notice_without_a_key():
    return [again(notice(), key=" ")]


@breaks("notice_is_about_one_thing")
def a_notice_about_nothing_or_two_things():
    row = notice()
    return [
        again(row, key="a", proposal_id=None),
        again(row, key="b", year_id=row.proposal.year_id),
        again(row, key="c", joint_id=make_joint().pk),
        again(row, key="d", kind="invited"),
    ]


@breaks("notice_is_not_of_ones_own_act")
def a_notice_of_ones_own_act():
    row = notice()
    return [again(row, key="e", actor_id=row.recipient_id)]


@breaks("notice_in_the_portal_has_no_letter")
def a_notice_of_the_portal_by_letter():
    return [again(notice(letter=letter()), key="f", way="in_app")]


@breaks("notice_stays")
def a_notice_changed_or_lost():
    read = notice(read_at=timezone.now(), letter=letter())
    return [
        gone(read),
        changed(read, read_at=None),
        changed(read, letter_id=letter().pk),
        changed(read, letter_id=None),
        changed(read, kind="decided"),
        changed(read, words='{"label": "lain"}'),
        changed(read, recipient_id=cast.person(Role.HEAD).pk),
    ]


@breaks("notice_carried_to_its_reader")
def a_notice_in_somebody_elses_letter():
    return [
        changed(notice(), letter_id=letter(role=Role.HEAD).pk),
        again(notice(), key="g", letter_id=letter(role=Role.HEAD).pk),
    ]


@breaks("letter_choice_once_per_kind")
def two_choices_of_one_kind():
    return [again(choice())]


@breaks("letter_choice_not_of_an_invitation")
def a_choice_of_the_invitation():
    return [again(choice(), kind="invited")]
