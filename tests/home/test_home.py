"""The first page: what waits for each person, and what everybody may read."""

import pytest
from django.urls import reverse

from proposals.enums import JointState, Role, Status, YearState
from proposals.models import Comment
from tests import builders, cast

pytestmark = pytest.mark.django_db
HOME = "/"


def tasks_of(client, person):
    client.force_login(person)
    return [(task.title, task.button) for task in client.get(HOME).context["home"].tasks]


def test_officer_sees_what_is_missing_and_what_is_ready(client, officer):
    builders.make_proposal(officer.office, Status.DRAFT)
    bare = builders.make_proposal(officer.office, Status.DRAFT, is_bare=True)
    client.force_login(officer)
    home = client.get(HOME).context["home"]
    lacks = {proposal.pk: n for proposal, n in home.rows}[bare.pk]
    assert {task.title for task in home.tasks} == {
        "Siap dikirim, semua isian lengkap",
        f"Lengkapi {lacks} isian, lalu kirim",
    }


def test_head_sends_where_the_officer_hands_over(client, officer, head):
    builders.make_proposal(officer.office, Status.DRAFT)
    assert tasks_of(client, officer) == [("Siap dikirim, semua isian lengkap", "Serahkan")]
    assert tasks_of(client, head) == [("Siap dikirim, semua isian lengkap", "Kirim")]


def test_returned_proposal_names_its_point_first(client, officer):
    proposal = builders.make_proposal(officer.office, Status.RETURNED)
    what = proposal.return_points.get().what
    assert tasks_of(client, officer) == [(what, "Perbaiki")]


def test_question_of_the_province_waits_until_the_office_speaks(client, officer, reviewer):
    proposal = builders.make_proposal(officer.office, Status.UNDER_REVIEW)
    Comment.objects.create(proposal=proposal, author=reviewer, text="Dari mana bahannya?")
    asks = f"Jawab pertanyaan {reviewer.full_name}"
    assert tasks_of(client, officer) == [(asks, "Jawab")]
    Comment.objects.create(proposal=proposal, author=officer, text="Dari Bati-Bati.")
    assert tasks_of(client, officer) == []


def test_internal_note_never_reaches_the_office(client, officer, reviewer):
    proposal = builders.make_proposal(officer.office, Status.UNDER_REVIEW)
    Comment.objects.create(
        proposal=proposal, author=reviewer, text="Terlalu mahal.", is_internal=True
    )
    assert tasks_of(client, officer) == []
    assert "Terlalu mahal." not in client.get(HOME).content.decode()


@pytest.mark.parametrize(
    ("role", "status", "title"),
    [
        (Role.GATE_CHECKER, Status.SENT, "Periksa syarat administrasi"),
        (Role.COORDINATOR, Status.UNDER_REVIEW, "Pilih penelaah"),
        (Role.PROVINCE_HEAD, Status.AT_DESK, "Putuskan"),
    ],
)
def test_each_role_sees_its_own_step(client, role, status, title):
    for other in (Status.SENT, Status.UNDER_REVIEW, Status.AT_DESK):
        builders.make_proposal(status=other, lead_reviewer=None)
    assert [task for task, _button in tasks_of(client, cast.person(role))] == [title]


def test_province_head_finds_joined_programmes(client, province_head):
    joint = builders.make_joint(state=JointState.JOINED)
    client.force_login(province_head)
    tasks = client.get(HOME).context["home"].tasks
    assert [(task.title, task.url) for task in tasks] == [
        ("Putuskan", reverse("meeting:decide_joint", args=[joint.pk]))
    ]


def test_a_drafts_title_never_reaches_the_province(client, officer):
    builders.make_proposal(officer.office, Status.DRAFT, title="Rahasia dapur Tanah Laut")
    for role in (Role.COORDINATOR, Role.PROVINCE_HEAD, Role.ADMIN, Role.BAPPEDA):
        client.force_login(cast.person(role))
        assert "Rahasia dapur" not in client.get(HOME).content.decode()


def test_observer_lands_on_the_public_page(client, observer):
    client.force_login(observer)
    assert client.get(HOME).url == reverse("home:public")


def test_nothing_is_public_before_signing(client):
    builders.make_proposal(status=Status.AGREED, title="Disepakati tetapi belum terbit")
    text = client.get(reverse("home:public")).content.decode()
    assert "Disepakati tetapi belum terbit" not in text
    assert "Belum ada berita acara yang disetujui" in text


def test_agreed_programmes_are_public_after_signing(client):
    agreed = builders.make_proposal(status=Status.AGREED, agreed_rp=200)
    builders.make_proposal(status=Status.REJECTED)
    builders.set_state(agreed.year, YearState.SIGNED)
    page = client.get(reverse("home:public")).context["page"]
    assert [(row.pk, row.result_rp) for row in page] == [(agreed.pk, 200)]


def test_home_without_a_year_says_who_makes_it(client, officer):
    client.force_login(officer)
    response = client.get(HOME)
    assert response.status_code == 200
    assert "Belum ada tahun rencana" in response.content.decode()


@pytest.mark.parametrize("n_rows", [1, 30])
def test_home_costs_the_same_for_any_number_of_rows(client_of, django_assert_num_queries, n_rows):
    for _ in range(n_rows):
        for status in (Status.DRAFT, Status.SENT, Status.RETURNED, Status.AT_DESK):
            builders.make_proposal(status=status)
    costs = {Role.OFFICER: 9, Role.HEAD: 10, Role.GATE_CHECKER: 8, Role.PROVINCE_HEAD: 10}
    for role, n_queries in costs.items():
        client = client_of(cast.person(role))
        with django_assert_num_queries(n_queries):
            assert client.get(HOME).status_code == 200


@pytest.mark.parametrize("n_rows", [1, 30])
def test_public_list_costs_the_same_for_any_number_of_rows(
    client, django_assert_num_queries, n_rows
):
    for _ in range(n_rows):
        last = builders.make_proposal(status=Status.AGREED)
    builders.set_state(last.year, YearState.SIGNED)
    with django_assert_num_queries(4):
        assert client.get(reverse("home:public")).status_code == 200
