"""The consent of a head: whose it is, what it is given to, and when it falls."""

import pytest
from django.urls import reverse

from proposals.enums import Delivery, RequestTo, Status
from proposals.harmonisation import actions
from proposals.harmonisation.actions import ShareGiven
from proposals.models import Notice, Share
from proposals.notices.wording import story_of
from proposals.refused import Refused
from tests import cast, lists
from tests.builders import make_proposal
from tests.harmonisation.story import MILLION, form, fresh, give, given, joined

pytestmark = pytest.mark.django_db


@pytest.fixture
def share(office, other_office, reviewer):
    """Make a group in which 63.01 gives up its own money, and 63.02 only asks."""
    own = make_proposal(office, Status.AT_DESK, request_to=RequestTo.OWN)
    asked = make_proposal(other_office, Status.UNDER_REVIEW)
    joint = form(reviewer, [own, asked])
    give(joint, 300 * MILLION, 100 * MILLION, by=reviewer, total=400 * MILLION)
    return joint.shares.get(proposal=own)


def read(share):
    return Share.objects.select_related("joint", "funding_source").get(pk=share.pk)


def test_the_head_consents_and_takes_it_back_with_a_reason(share, head):
    actions.consent(share=share, by=head, note="Sudah dengan Bupati")
    row = read(share)
    assert (row.consent_by, row.consent_note) == (head, "Sudah dengan Bupati")
    with pytest.raises(Refused):
        actions.withdraw_consent(share=share, by=head, note="  ")
    actions.withdraw_consent(share=share, by=head, note="DPRD menolak")
    row = read(share)
    assert (row.consent_at, row.consent_by, row.consent_note) == (None, None, "DPRD menolak")


def test_a_head_may_refuse_at_once_with_a_reason(share, head):
    actions.withdraw_consent(share=share, by=head, note="Sudah masuk Renja")
    assert (read(share).consent_at, read(share).consent_note) == (None, "Sudah masuk Renja")
    actions.consent(share=share, by=head)
    assert (read(share).consent_by, read(share).consent_note) == (head, "")


@pytest.mark.parametrize("who", ["other_head", "officer", "coordinator", "province_head"])
def test_nobody_else_consents(share, who, request):
    with pytest.raises(Refused):
        actions.consent(share=share, by=request.getfixturevalue(who))
    assert read(share).consent_at is None


def test_where_no_money_is_given_up_there_is_nothing_to_consent_to(share, other_head):
    asked = share.joint.shares.exclude(pk=share.pk).get()
    with pytest.raises(Refused):
        actions.consent(share=asked, by=other_head)


CHANGES = {
    "amount": {"amount_rp": 200 * MILLION},
    "source": {"funding_source": "dak_fisik_ikm"},
    "delivery": {"delivery": Delivery.TRANSFER},
}


@pytest.mark.parametrize("what", CHANGES)
def test_other_terms_void_the_consent(share, reviewer, head, what):
    actions.consent(share=share, by=head)
    row = read(share)
    wanted = {
        "amount_rp": row.amount_rp,
        "funding_source": row.funding_source,
        "delivery": row.delivery,
    } | CHANGES[what]
    if what == "source":
        wanted["funding_source"] = lists.funding("dak_fisik_ikm")
    actions.set_shares(
        joint=row.joint,
        by=reviewer,
        row_version=row.joint.row_version,
        shares={row.pk: ShareGiven(**wanted)},
    )
    assert (read(share).consent_at, read(share).consent_by) == (None, None)


def test_another_word_or_another_member_leaves_the_consent(share, reviewer, head):
    actions.consent(share=share, by=head)
    joint = fresh(share.joint)
    give(joint, 300 * MILLION, 50 * MILLION, by=reviewer, total=350 * MILLION)
    wanted = given(joint, 300 * MILLION, 50 * MILLION)
    wanted[share.pk] = ShareGiven(
        wanted[share.pk].amount_rp, share.funding_source, share.delivery, "Pabrik utama"
    )
    actions.set_shares(
        joint=joint, by=reviewer, row_version=fresh(joint).row_version, shares=wanted
    )
    assert (read(share).consent_by, read(share).note) == (head, "Pabrik utama")


# The page ---------------------------------------------------------------------------------------


def address(share):
    return reverse("harmonisation:consent", args=[share.pk])


def test_the_head_reads_what_is_given_up_and_answers(client_of, share, head):
    client = client_of(head)
    page = client.get(address(share))
    text = page.content.decode()
    assert page.status_code == 200
    for words in ("Rp\xa0250.000.000", "dilaksanakan provinsi di daerah Anda, senilai Rp\xa0300"):
        assert words in text
    version = fresh(share.joint).row_version
    answer = client.post(address(share), {"row_version": version, "do": "refuse", "note": ""})
    assert (answer.status_code, answer.context["form"].non_field_errors()) == (
        422,
        ["Tulis alasannya."],
    )
    sent = {"row_version": version, "do": "consent", "note": "Setuju"}
    assert client.post(address(share), sent).status_code == 302
    assert client.post(address(share), sent).status_code == 302  # sent twice
    assert read(share).consent_by == head


def test_a_consent_is_to_what_was_read(client_of, share, head, reviewer):
    version = fresh(share.joint).row_version
    give(share.joint, 10 * MILLION, 390 * MILLION, by=reviewer)
    sent = {"row_version": version, "do": "consent", "note": "Setuju"}
    answer = client_of(head).post(address(share), sent)
    assert answer.status_code == 409
    assert "senilai Rp\xa010.000.000" in answer.content.decode()
    assert answer.context["form"]["note"].value() == "Setuju"
    assert read(share).consent_at is None


@pytest.mark.parametrize(
    "who", ["officer", "other_head", "reviewer", "coordinator", "admin", "bappeda", "observer"]
)
def test_the_page_is_the_own_heads_alone(client_of, share, who, request):
    client = client_of(request.getfixturevalue(who))
    assert client.get(address(share)).status_code == 404
    assert client.post(address(share), {"do": "consent"}).status_code == 404


def test_a_head_of_another_regency_does_not_answer_by_number(client_of, share):
    stranger = cast.person("head", cast.make_office("63.03"))
    assert client_of(stranger).post(address(share), {"do": "consent"}).status_code == 404
    assert read(share).consent_at is None


def test_the_province_reads_what_the_head_answered_wherever_the_shares_stand(
    client_of, office, other_office, head, coordinator
):
    own = make_proposal(office, Status.AT_DESK, request_to=RequestTo.OWN)
    asked = make_proposal(other_office, Status.UNDER_REVIEW)
    joint = joined(coordinator, [own, asked], 300 * MILLION, 100 * MILLION)
    share = joint.shares.get(proposal=own)
    pages = [
        reverse("harmonisation:board", query={"grup": joint.pk}),
        reverse("harmonisation:group", args=[joint.pk]),
        reverse("meeting:decide_joint", args=[joint.pk]),
    ]

    def words():
        texts = [client_of(coordinator).get(page).content.decode() for page in pages]
        return [[word in text for word in ("tidak setuju", "disetujui")] for text in texts]

    actions.withdraw_consent(share=share, by=head, note="Sudah masuk Renja")
    assert words() == [[True, False], [True, False], [True, False]]
    told = Notice.objects.get(kind="consent_answer")
    assert (told.recipient, told.joint) == (coordinator, joint)
    story = story_of(told)
    assert story.title == f"{office.name} tidak setuju: {own.number}"
    assert story.quotes == ["Sudah masuk Renja"]
    actions.consent(share=share, by=head)
    assert words()[:2] == [[False, True], [False, True]]


def test_an_answer_pressed_twice_is_told_once(share, head):
    for _press in range(2):
        actions.withdraw_consent(share=share, by=head, note="Sudah masuk Renja")
    assert Notice.objects.filter(kind="consent_answer").count() == 1
