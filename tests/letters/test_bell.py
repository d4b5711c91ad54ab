"""The bell: what a person was told, how many are unread, and what comes by letter."""

import pytest
from django.urls import reverse

from proposals import notices, workflow
from proposals.catalogue.actions import people
from proposals.enums import Action, NoticeKind, NoticeWay, Role, Status
from proposals.home import actions
from proposals.home.forms import KINDS, WaysForm
from proposals.models import LetterChoice, Notice
from proposals.workflow import Given
from tests import cast
from tests.builders import make_proposal, make_year

LIST = "/akun/pemberitahuan/"
CHOICES = "/akun/pemberitahuan/pilihan/"


def tell(reader, n=1, **fields):
    """Tell a person of n proposals that were sent."""
    rows = []
    proposal = make_proposal(is_bare=True)
    for i in range(n):
        words = {"label": f"RT22-6301-{i:02d}", "title": "Pelatihan", "office": "Dinas"}
        rows.append(
            Notice(
                recipient=reader,
                kind=NoticeKind.SENT,
                proposal=proposal,
                key=f"x:{i}",
                way=NoticeWay.IN_APP,
                words=words | {"who": "Ahmad Fauzi"},
                **fields,
            )
        )
    return Notice.objects.bulk_create(rows)


@pytest.mark.parametrize("n_rows", [1, 30])
def test_the_list_costs_the_same_for_any_number(
    client_of, officer, n_rows, django_assert_num_queries
):
    make_year()
    tell(officer, n_rows)
    client = client_of(officer)
    with django_assert_num_queries(5):  # session, person with count, year, count, rows
        response = client.get(LIST)
    titles = [story.title for _, story in response.context["told"]]
    assert titles == [f"RT22-6301-{i:02d} diajukan" for i in reversed(range(n_rows))][:25]


@pytest.mark.parametrize("unread", [0, 1, 30])
def test_the_bell_counts_in_the_query_of_the_person(
    client_of, officer, unread, django_assert_num_queries
):
    make_year()
    tell(officer, unread) if unread else None
    client = client_of(officer)
    with django_assert_num_queries(3):  # session, person, year: what every page asks
        response = client.get("/akun/")
    assert response.context["user"].unread_notices == unread
    told = f"Pemberitahuan, {unread} belum dibaca" if unread > 1 else "Pemberitahuan"
    assert told in response.content.decode()


def test_a_link_marks_as_read_and_leads_to_the_thing(client_of, officer, head):
    proposal = make_proposal(status=Status.AWAITING_HEAD)
    workflow.take(Action.SEND, proposal=proposal, by=head)
    notice = Notice.objects.get(recipient=officer)
    response = client_of(officer).get(reverse("home:notice", args=[notice.pk]))
    assert (response.status_code, response["Location"]) == (302, f"/usulan/{proposal.pk}/")
    notice.refresh_from_db()
    read_at = notice.read_at
    assert read_at is not None
    client_of(officer).get(reverse("home:notice", args=[notice.pk]))
    notice.refresh_from_db()
    assert notice.read_at == read_at  # the first time counts


def test_a_notice_of_somebody_else_is_not_there(client_of, officer, head):
    (notice,) = tell(officer)
    url = reverse("home:notice", args=[notice.pk])
    client = client_of(head)
    assert [client.get(url).status_code, client.post(url).status_code] == [404, 404]
    assert Notice.objects.unread().count() == 1


def test_whoever_moved_is_told_no_more_of_the_former_office(
    client_of, officer, admin, other_office
):
    (notice,) = tell(officer)
    people.change_person(
        officer,
        officer.row_version,
        by=admin,
        email=officer.email,
        full_name=officer.full_name,
        role=officer.role,
        office=other_office,
        division=None,
    )
    client = client_of(officer)
    response = client.get(LIST)
    assert (response.context["told"], response.context["user"].unread_notices) == ([], 0)
    old_link = client.get(reverse("home:notice", args=[notice.pk]), follow=True)
    assert "Hal yang diberitahukan ini tidak lagi dapat Anda baca." in old_link.content.decode()


def test_what_its_office_took_back_leaves_the_bell_of_the_province(
    client_of, officer, head, gate_checker
):
    proposal = make_proposal(status=Status.AWAITING_HEAD)
    workflow.take(Action.SEND, proposal=proposal, by=head)
    assert Notice.objects.unread().filter(recipient=gate_checker).count() == 1
    workflow.take(Action.TAKE_BACK, proposal=proposal, by=head)
    assert Notice.objects.unread().filter(recipient=gate_checker).count() == 0
    assert Notice.objects.unread().filter(recipient=officer).count() == 1
    assert client_of(gate_checker).get(LIST).context["told"] == []


def test_buttons_mark_one_or_all_as_read(client_of, officer, head):
    first, *_ = tell(officer, 3)
    tell(head)
    client = client_of(officer)
    assert client.post(reverse("home:notice", args=[first.pk]))["Location"] == LIST
    assert Notice.objects.unread().filter(recipient=officer).count() == 2
    response = client.post(reverse("home:read_all_notices"), follow=True)
    assert "2 pemberitahuan ditandai dibaca." in response.content.decode()
    assert Notice.objects.unread().count() == 1  # the head's stays


def test_only_the_unread_are_shown_where_asked(client_of, officer):
    first, *_ = tell(officer, 3)
    actions.read(first)
    response = client_of(officer).get(f"{LIST}?show=unread")
    assert len(response.context["told"]) == 2


WHERE = {
    Role.GATE_CHECKER: "/telaah/{pk}/",
    Role.PROVINCE_HEAD: "/telaah/{pk}/",
    Role.OFFICER: "/usulan/{pk}/",
}


@pytest.mark.parametrize("role", WHERE)
def test_each_reader_is_led_to_a_page_that_opens(client_of, role, db):
    proposal = make_proposal(status=Status.SENT)
    person = cast.person(role)
    notice = Notice.objects.create(
        recipient=person, kind=NoticeKind.SENT, proposal=proposal, key="x", way=NoticeWay.IN_APP
    )
    client = client_of(person)
    response = client.get(reverse("home:notice", args=[notice.pk]))
    assert response["Location"] == WHERE[role].format(pk=proposal.pk)
    assert client.get(response["Location"]).status_code == 200


def test_returned_points_are_read_in_the_list(client_of, officer, gate_checker):
    proposal = make_proposal(status=Status.SENT)
    point = workflow.Point("outputs", "Tulis satuan", proposal.year.return_due_on)
    given = Given(points=(point,))
    workflow.take(Action.RETURN, proposal=proposal, by=gate_checker, given=given)
    response = client_of(officer).get(LIST)
    ((_, story),) = response.context["told"]
    assert story.quotes == ["Keluaran dan hasil: Tulis satuan"]
    assert story.url == f"/usulan/{proposal.pk}/isi/"


def test_choosing_another_way_changes_what_comes_by_letter(client_of, officer, head):
    client = client_of(officer)
    page = client.get(CHOICES)
    usual = {name: field.initial for name, field in page.context["form"].fields.items()}
    assert (usual["sent"], usual["returned"]) == ("daily", "at_once")
    response = client.post(CHOICES, usual | {"sent": "at_once", "decided": "in_app"})
    assert response["Location"] == CHOICES
    chosen = LetterChoice.objects.order_by("kind").values_list("kind", "way")
    assert list(chosen) == [("decided", "in_app"), ("sent", "at_once")]
    workflow.take(Action.SEND, proposal=make_proposal(status=Status.AWAITING_HEAD), by=head)
    assert Notice.objects.get(recipient=officer).letter.recipient == officer
    client.post(CHOICES, usual)
    assert dict(LetterChoice.objects.values_list("kind", "way")) == {
        "decided": "at_once",
        "sent": "daily",
    }


def test_a_way_that_is_none_is_refused(client_of, officer):
    client = client_of(officer)
    usual = {name: f.initial for name, f in client.get(CHOICES).context["form"].fields.items()}
    assert client.post(CHOICES, usual | {"sent": "pigeon"}).status_code == 422
    assert LetterChoice.objects.count() == 0


@pytest.mark.parametrize("role", Role)
def test_every_role_chooses_among_what_it_is_told(role, db):
    form = WaysForm(cast.person(role), {})
    assert set(form.fields) == set(KINDS.get(role, ()))


def test_the_invitation_always_comes(officer):
    notices.invited(officer)
    notices.invited(officer)  # told once
    assert Notice.objects.get().letter is not None
