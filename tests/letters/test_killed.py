"""The worker is killed again and again among many letters: each is delivered once.

`make test` kills children that deliver in a loop; `make proof` kills the real worker 50 times among
500 letters. What cannot be known after a kill, whether a mail server had just taken a letter, is
never guessed: such a letter is uncertain, is not sent twice, and waits for a person.
"""

import random
import time
from collections import Counter
from functools import partial

import pytest

from proposals.enums import LetterState, NoticeKind, NoticeWay, Role
from proposals.models import Letter, Notice
from proposals.notices import telling
from tests import cast
from tests.letters.postmen import Forked, Post, Worker, finish

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60


def write_letters(n):
    """Write letters with a notice each; they are written before any is sent."""
    person = cast.person(Role.OFFICER)
    fixed = {"text": "isi", "html": "<p>isi</p>"}
    rows = [telling.new_letter(person, subject=f"Rakortek: kabar {i}", **fixed) for i in range(n)]
    Letter.objects.bulk_create(rows)
    about = {"recipient": person, "kind": NoticeKind.INVITED, "way": NoticeWay.AT_ONCE}
    Notice.objects.bulk_create(Notice(key=f"kabar-{one.pk}", letter=one, **about) for one in rows)
    return sorted(one.message_id for one in rows)


def kill_often(kills, letters, start, count):
    """Start, let some letters leave, kill in the middle of the next ones; start again."""
    dice = random.Random(22)
    for _ in range(kills):
        before = count()
        wanted = min(before + dice.randint(1, max(1, letters // kills - 1)), letters)
        victim = start()
        until = time.monotonic() + PATIENCE
        while count() < wanted and time.monotonic() < until:
            time.sleep(0.001)
        assert count() >= wanted, "nobody delivers"
        time.sleep(dice.uniform(0, 0.02))
        victim.kill()


@pytest.fixture
def counts(many):
    """Return kills, letters, and what starts a victim."""
    return many((3, 30, lambda *_, **__: Forked()), (50, 500, Worker))


def test_each_letter_is_delivered_once(counts, settings, tmp_path, figure):
    kills, letters, start = counts
    folder = tmp_path / "mail"
    folder.mkdir()
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "rakortek.mail.FileBackend", folder
    wanted = write_letters(letters)

    def count():
        return len(list(folder.glob("*.eml")))

    kill_often(kills, letters, lambda: start(tmp_path), count)
    finish()
    assert sorted(f"<{file.stem}>" for file in folder.glob("*.eml")) == wanted
    assert set(Letter.objects.values_list("state", flat=True)) == {LetterState.SENT}
    attempts = sum(Letter.objects.values_list("attempts", flat=True))
    figure("kills of the worker", kills)
    figure("letters, each delivered once into files", letters)
    figure("letters handed over once more after a kill", attempts - letters)


def test_a_mail_server_never_gets_a_letter_twice(counts, settings, tmp_path, figure):
    kills, letters, start = counts
    post = Post(tmp_path / "book")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", post.port
    wanted = write_letters(letters)
    try:
        url = f"smtp://127.0.0.1:{post.port}"
        begin = partial(start, tmp_path, EMAIL_URL=url)
        kill_often(kills, letters, begin, lambda: len(post.taken()))
        finish()
    finally:
        post.close()
    arrived = Counter(post.taken())
    assert set(arrived.values()) == {1}
    assert set(arrived) <= set(wanted)
    states = dict(Letter.objects.values_list("message_id", "state"))
    assert set(states.values()) <= {LetterState.SENT, LetterState.UNCERTAIN}
    sent = {one for one, state in states.items() if state == LetterState.SENT}
    assert sent <= set(arrived)
    uncertain = set(states) - sent
    assert set(wanted) - set(arrived) <= uncertain  # whatever did not arrive is listed
    figure("letters through a mail server, none twice", letters)
    figure("left uncertain by a kill, never sent twice", len(uncertain))
    figure("of the uncertain ones had arrived", len(uncertain & set(arrived)))
