"""The postman: each letter once, tried again where the post is closed, never lost, never silent."""

import smtplib
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from proposals import notices, workflow
from proposals.catalogue.actions import letters as admin_actions
from proposals.enums import Action, LetterState, NoticeKind, NoticeWay, Status
from proposals.models import Letter, LetterChoice, Notice
from proposals.notices import delivering
from proposals.notices.news import News, words_of
from proposals.notices.telling import tell
from proposals.refused import Refused
from tests.builders import make_proposal

S = LetterState


def write(person):
    """Write a letter to somebody, as making an account does."""
    notices.invited(person)
    return Letter.objects.get(recipient=person)


def fresh(letter):
    return Letter.objects.get(pk=letter.pk)


class Closed(EmailBackend):
    """A post that nobody answers at."""

    def open(self):
        raise ConnectionRefusedError("no post here")


class Refusing(EmailBackend):
    """A post that says no."""

    error = smtplib.SMTPDataError(554, b"never")

    def send_messages(self, messages):
        raise self.error


class Later(Refusing):
    error = smtplib.SMTPRecipientsRefused({"a@x.test": (451, b"later")})


class CutOff(Refusing):
    """A post that hangs up in the middle: nobody knows whether the letter was taken."""

    error = smtplib.SMTPServerDisconnected("Connection unexpectedly closed")


def through(backend):
    return override_settings(EMAIL_BACKEND=f"{__name__}.{backend.__name__}")


def test_a_letter_arrives_whole(officer, settings):
    settings.SITE_ADDRESS = "https://rakortek.contoh.go.id"
    letter = write(officer)
    assert delivering.deliver.func() == {"sent": 1}
    (sent,) = mail.outbox
    assert sent.to == [officer.email]
    assert sent.subject == "Rakortek: akun Anda siap dipakai"
    assert sent.extra_headers == {
        "Message-ID": letter.message_id,
        "List-Unsubscribe": "<https://rakortek.contoh.go.id/akun/pemberitahuan/pilihan/>",
        "Auto-Submitted": "auto-generated",
    }
    assert sent.body.startswith("Yth. Siti Rahmah,\n")
    assert "https://rakortek.contoh.go.id/" in sent.body
    html, kind = sent.alternatives[0]
    assert kind == "text/html"
    assert '<html lang="id">' in html
    assert "<img" not in html
    stored = fresh(letter)
    assert (stored.state, stored.attempts, stored.text, stored.html) == (S.SENT, 1, sent.body, html)


def test_a_letter_speaks_the_language_of_its_reader(officer, head):
    officer.language = "en"
    officer.save()
    workflow.take(Action.SEND, proposal=make_proposal(status=Status.AWAITING_HEAD), by=head)
    notices.invited(officer)
    delivering.deliver.func()
    assert [one.subject for one in mail.outbox] == ["Rakortek: your account is ready"]
    assert mail.outbox[0].body.startswith("Dear Siti Rahmah,")


def test_delivering_again_sends_nothing_twice(officer):
    write(officer)
    assert (delivering.deliver.func(), delivering.deliver.func()) == ({"sent": 1}, {})
    assert len(mail.outbox) == 1


def test_the_act_and_its_letter_are_one(officer, head):
    """A rolled back act leaves no notice, no letter and no job."""
    with transaction.atomic():
        notices.invited(officer)
        transaction.set_rollback(True)
    counts = (Notice.objects.count(), Letter.objects.count(), DBTaskResult.objects.count())
    assert counts == (0, 0, 0)


def test_one_delivery_waits_however_many_letters_are_written(officer, head):
    write(officer)
    write(head)
    assert DBTaskResult.objects.filter(task_path=delivering.deliver.module_path).count() == 1


@through(Closed)
def test_a_closed_post_is_tried_again_later_and_later_then_given_up(officer):
    letter = write(officer)
    pauses = []
    for _ in delivering.PAUSES:
        assert delivering.deliver.func() == {"waiting": 1}
        letter = fresh(letter)
        pauses.append(round((letter.due_at - timezone.now()).total_seconds() / 60))
        Letter.objects.filter(pk=letter.pk).update(due_at=timezone.now())
    assert pauses == [1, 5, 15, 60, 180, 720, 1440]
    assert delivering.deliver.func() == {"failed": 1}
    letter = fresh(letter)
    assert (letter.state, letter.attempts) == (S.FAILED, 8)
    assert letter.last_error == "ConnectionRefusedError: no post here"


def test_a_letter_put_back_is_not_due_yet(officer):
    letter = write(officer)
    with through(Closed):
        delivering.deliver.func()
    assert (delivering.deliver.func(), fresh(letter).state) == ({}, S.WAITING)
    Letter.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    assert (delivering.deliver.func(), fresh(letter).last_error) == ({"sent": 1}, "")


@pytest.mark.parametrize(
    ("backend", "state"),
    [(Refusing, S.FAILED), (Later, S.WAITING), (CutOff, S.UNCERTAIN)],
)
def test_what_the_post_answers_decides(officer, backend, state):
    letter = write(officer)
    with through(backend):
        delivering.deliver.func()
    assert fresh(letter).state == state
    delivering.deliver.func()
    assert mail.outbox == []  # a refused one is given up, a doubtful one left to a person


def crashed(person):
    """Leave a letter as a worker leaves it that dies while it sends."""
    letter = write(person)
    claimed = delivering.claim()
    assert claimed.pk == letter.pk
    return claimed


def test_after_a_crash_a_letter_is_uncertain_and_not_sent_twice(officer):
    letter = crashed(officer)
    assert delivering.deliver.func() == {"lost, now uncertain": 1}
    assert (fresh(letter).state, fresh(letter).last_error, mail.outbox) == (
        S.UNCERTAIN,
        delivering.LOST,
        [],
    )


def test_after_a_crash_a_post_that_knows_its_letters_gets_it_again(officer, settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "rakortek.mail.FileBackend", tmp_path
    letter = crashed(officer)
    assert delivering.deliver.func() == {"lost, now waiting": 1, "sent": 1}
    assert (fresh(letter).attempts, len(list(tmp_path.glob("*.eml")))) == (2, 1)


def test_a_claim_that_was_settled_sends_nothing(officer):
    """A slow worker that was taken for dead finds its claim gone."""
    letter = crashed(officer)
    post = delivering.get_connection()
    delivering.settle_lost(post)
    assert delivering.hand_over(letter, post).state == S.UNCERTAIN
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_a_letter_claimed_and_not_yet_handed_over_is_not_taken_for_lost(officer, head):
    post = delivering.get_connection()
    write(officer)
    with ThreadPoolExecutor(1) as other_worker:
        letter = other_worker.submit(delivering.claim).result()
        assert delivering.settle_lost(post) == {}
        assert other_worker.submit(delivering.hand_over, letter, post).result().state == S.SENT
        write(head)
        other_worker.submit(delivering.claim).result()
        assert delivering.settle_lost(post) == {}
        other_worker.submit(die).result()
    assert ended(lambda: delivering.settle_lost(post)) == {"lost, now uncertain": 1}
    assert [row.state for row in Letter.objects.order_by("pk")] == [S.SENT, S.UNCERTAIN]


def die():
    connection.close()


def ended(settle):
    """Return what settling gives once the database has seen the session end."""
    for _wait in range(100):
        if found := settle():
            return found
        time.sleep(0.02)
    return {}


def test_the_file_post_takes_a_letter_once(officer, settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "rakortek.mail.FileBackend", tmp_path
    write(officer)
    delivering.deliver.func()
    (file,) = tmp_path.iterdir()
    before = file.read_bytes()
    message = mail.EmailMessage("lain", "lain", None, ["l@x.test"])
    message.extra_headers["Message-ID"] = Letter.objects.get().message_id
    assert delivering.get_connection().send_messages([message]) == 1
    assert (list(tmp_path.iterdir()), file.read_bytes()) == ([file], before)


def test_without_mail_letters_are_held_and_the_bell_tells(officer, settings):
    settings.LETTERS_LEAVE = False
    letter = write(officer)
    assert (letter.state, delivering.deliver.func(), mail.outbox) == (S.HELD, {}, [])
    assert Notice.objects.unread().filter(recipient=officer).count() == 1
    assert DBTaskResult.objects.count() == 0


def test_no_letter_goes_to_a_closed_account(officer):
    letter = write(officer)
    officer.is_active = False
    officer.save()
    assert delivering.deliver.func() == {"held": 1}
    assert fresh(letter).last_error == delivering.CLOSED


def test_a_letter_never_tells_what_its_reader_lost_the_right_to_read(officer, other_office, head):
    LetterChoice.objects.create(person=officer, kind="sent", way=NoticeWay.AT_ONCE)
    workflow.take(Action.SEND, proposal=make_proposal(status=Status.AWAITING_HEAD), by=head)
    officer.office = other_office
    officer.save()
    assert delivering.deliver.func() == {"held": 1}


def test_a_letter_sent_again_is_asked_anew_what_its_reader_may_read(officer, other_office, head):
    LetterChoice.objects.create(person=officer, kind="sent", way=NoticeWay.AT_ONCE)
    workflow.take(Action.SEND, proposal=make_proposal(status=Status.AWAITING_HEAD), by=head)
    assert delivering.deliver.func() == {"sent": 1}
    admin_actions.send_again(Letter.objects.get())
    officer.office = other_office
    officer.save()
    assert (delivering.deliver.func(), len(mail.outbox)) == ({"held": 1}, 1)


def test_a_letter_that_cannot_be_written_holds_up_no_other(officer, head):
    proposal = make_proposal()
    words = words_of(proposal, due="2022-03-01", points=[{"field": "gone", "what": "x"}])
    tell(News(NoticeKind.RETURN_DUE, "broken", proposal, None, words), [officer])
    broken, later = Letter.objects.get(), write(head)
    assert delivering.deliver.func() == {"waiting": 1, "sent": 1}
    broken = fresh(broken)
    assert (broken.state, broken.attempts, broken.last_error) == (S.WAITING, 0, "KeyError: 'gone'")
    assert (broken.due_at > timezone.now(), fresh(later).state) == (True, S.SENT)


def test_sending_again_is_a_new_letter_with_the_same_words(officer):
    first = write(officer)
    delivering.deliver.func()
    officer.email = "baru@x.test"
    officer.save()
    again = admin_actions.send_again(fresh(first))
    assert (again.again_of, again.address, again.text) == (first, "baru@x.test", fresh(first).text)
    with pytest.raises(Refused):
        admin_actions.send_again(fresh(first))
    delivering.deliver.func()
    third = admin_actions.send_again(fresh(again))
    assert third.again_of == first
    assert [one.to[0] for one in mail.outbox] == ["officer1@63.01-industry.test", "baru@x.test"]


def test_a_held_letter_sent_again_is_written_then(officer, settings):
    settings.LETTERS_LEAVE = False
    held = write(officer)
    settings.LETTERS_LEAVE = True
    again = admin_actions.send_again(held)
    assert delivering.deliver.func() == {"sent": 1}
    assert fresh(again).text.startswith("Yth. Siti Rahmah,")
