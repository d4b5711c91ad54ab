"""Who is meant in a comment, and that nobody learns of what stays inside the province."""

import pytest

from proposals.enums import Role, Status
from proposals.filing import actions as filing_actions
from proposals.models import Notice
from proposals.notices import mentions
from proposals.review import actions as review_actions
from tests import cast
from tests.builders import make_proposal


class Person:
    def __init__(self, full_name, email):
        self.full_name, self.email = full_name, email


SITI = Person("Siti Rahmah (contoh)", "siti@tala.test")
SITI_TWO = Person("Siti Aminah", "aminah@tala.test")
BUDI = Person("Budi Santoso", "budi@prov.test")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Mohon @Budi periksa", [BUDI]),
        ("mohon budi santoso periksa", [BUDI]),
        ("Budi saja tidak cukup", []),
        ("@budi, tolong", [BUDI]),
        ("@budiman bukan budi", []),
        ("kirim ke BUDI@prov.test ya", [BUDI]),
        ("kirim ke xbudi@prov.test ya", []),
        ("@Siti siapa?", []),  # two have this name
        ("@Siti  Rahmah dan @Siti\nAminah", [SITI, SITI_TWO]),
        ("aminah@tala.test", [SITI_TWO]),
        ("tidak ada siapa-siapa", []),
    ],
)
def test_who_is_meant(text, meant):
    assert mentions.mentioned(text, [SITI, SITI_TWO, BUDI]) == meant


def told_of(text, *, by, is_internal):
    proposal = make_proposal(status=Status.UNDER_REVIEW)
    for role in Role:
        cast.person(role)
    cast.person(Role.OFFICER, cast.make_office(cast.OTHER_REGENCY), full_name="Zainal Ilmi")
    review_actions.comment(proposal=proposal, by=by, text=text, is_internal=is_internal)
    return sorted(Notice.objects.values_list("recipient__full_name", flat=True))


EVERYBODY = "@Siti @Ahmad Fauzi @Dewi @Rina @Muhammad Noor @Agus Salim @Fitriani @Hasan @Zainal"


def test_a_shared_comment_reaches_office_and_province(reviewer):
    """Admin, planning agency, observer and other offices write and read no comments."""
    told = told_of(EVERYBODY, by=reviewer, is_internal=False)
    assert told == ["Ahmad Fauzi", "Dewi Lestari", "Muhammad Noor", "Rina Hayati", "Siti Rahmah"]


def test_a_note_inside_the_province_reaches_the_province_alone(reviewer):
    told = told_of(EVERYBODY, by=reviewer, is_internal=True)
    assert told == ["Dewi Lestari", "Muhammad Noor", "Rina Hayati"]


def test_whoever_names_oneself_is_not_told(reviewer):
    assert told_of("Saya, Budi Santoso", by=reviewer, is_internal=False) == []


def test_an_officers_remark_reaches_whom_it_names(officer, reviewer):
    proposal = make_proposal(status=Status.UNDER_REVIEW)
    filing_actions.remark(proposal=proposal, by=officer, text="@Budi angkanya sudah kami tambah")
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind, notice.actor) == (reviewer, "mentioned", officer)
    assert notice.words["note"] == "@Budi angkanya sudah kami tambah"


def test_whoever_left_the_reviewers_reads_an_internal_comment_no_more(
    client_of, reviewer, coordinator
):
    text = f"@{coordinator.full_name}, pagu ini meragukan"
    told_of(text, by=reviewer, is_internal=True)
    bell = "/akun/pemberitahuan/"
    assert "pagu ini meragukan" in client_of(coordinator).get(bell).content.decode()
    coordinator.role = Role.ADMIN
    coordinator.save()
    page = client_of(coordinator).get(bell).content.decode()
    assert ("menyebut Anda" in page, "pagu ini meragukan" in page) == (True, False)
