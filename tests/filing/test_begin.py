"""Beginning: the kind first, then a title; many clicks make one draft; a copy is a new one."""

from uuid import uuid4

import pytest
from django.urls import reverse

from proposals.enums import Status
from proposals.filing.actions import begin_proposal
from proposals.models import Attachment, OfficeYear, Proposal
from proposals.refused import Refused
from tests.builders import current_year, make_proposal, make_year, set_state

pytestmark = pytest.mark.django_db

NEW = reverse("filing:new")


def ask(client, **data):
    return client.post(NEW, {"request_to": "province", "title": "Pelatihan mocaf"} | data)


def test_the_form_leads_on_to_the_draft(client_of, officer):
    year = make_year()
    response = ask(client_of(officer), creation_key=str(uuid4()))
    made = Proposal.objects.get()
    assert response.url == f"/usulan/{made.pk}/isi/"
    assert (made.year, made.office, made.created_by) == (year, officer.office, officer)
    assert (made.request_to, made.title, made.status) == ("province", "Pelatihan mocaf", "draft")


def test_the_page_explains_the_three_kinds(client_of, officer):
    make_year()
    page = client_of(officer).get(NEW).content.decode()
    assert [page.count(f'name="request_to" {end}') for end in ('id="id_request_to"', "value=")] == [
        1,
        2,
    ]
    assert "Kementerian atau DAK yang membiayai." in page


def test_the_same_form_three_times_makes_one_draft(client_of, officer):
    make_year()
    key = str(uuid4())
    addresses = {ask(client_of(officer), creation_key=key).url for _click in range(3)}
    assert addresses == {f"/usulan/{Proposal.objects.get().pk}/isi/"}


def test_a_broken_key_is_told_above_the_form_and_renewed(client_of, officer):
    make_year()
    answer = ask(client_of(officer), creation_key="bukan-kunci", title="Pelatihan <b>mocaf</b>")
    form = answer.context["form"]
    told = "Kunci halaman ini rusak. Isian Anda masih ada: tekan tombolnya sekali lagi."
    assert (answer.status_code, dict(form.errors)) == (422, {"__all__": [told]})
    assert "Pelatihan &lt;b&gt;mocaf&lt;/b&gt;" in answer.content.decode()
    key = form["creation_key"].value()
    assert f'value="{key}"' in answer.content.decode()
    addresses = {ask(client_of(officer), creation_key=key).url for _click in range(2)}
    assert addresses == {f"/usulan/{Proposal.objects.get().pk}/isi/"}


def test_a_key_of_another_office_opens_nothing_of_it(officer, other_officer):
    year, key = make_year(), uuid4()
    asked = {"year": year, "request_to": "own", "title": "Satu", "creation_key": key}
    begin_proposal(by=other_officer, **asked)
    with pytest.raises(Exception, match="creation_key"):
        begin_proposal(by=officer, **asked)


@pytest.mark.parametrize(
    ("data", "box", "sentence"),
    [
        ({"request_to": ""}, "request_to", "Pilih jenis usulan."),
        (
            {"request_to": "bupati"},
            "request_to",
            "Pilihan ini tidak ada dalam daftar: pilih lagi.",
        ),
        ({"title": " "}, "title", "Tulis judul usulan."),
        ({"title": "a" * 201}, "title", "Tulis paling banyak 200 huruf; sekarang 201."),
    ],
)
def test_what_is_missing_is_told_at_its_box(client_of, officer, data, box, sentence):
    make_year()
    response = ask(client_of(officer), **data)
    assert response.status_code == 422
    assert response.context["form"].errors[box] == [sentence]
    assert Proposal.objects.count() == 0


def test_the_province_begins_own_programmes_only(client_of, province_officer):
    year = make_year()
    ask(client_of(province_officer), request_to="own")
    assert Proposal.objects.get().request_to == "own"
    with pytest.raises(Refused):
        begin_proposal(by=province_officer, year=year, request_to="centre", title="Lain")


@pytest.mark.parametrize("role", ["reviewer", "bappeda", "observer", "admin", "province_head"])
def test_others_begin_nothing(client_of, request, role):
    make_year()
    visitor = client_of(request.getfixturevalue(role))
    assert (visitor.get(NEW).status_code, ask(visitor).status_code) == (404, 404)


def test_the_limit_of_proposals_holds_and_a_withdrawn_one_frees_a_place(client_of, head):
    first = make_proposal(status=Status.SENT)
    OfficeYear.objects.update(proposal_limit=1)
    response = ask(client_of(head))
    assert response.context["form"].non_field_errors() == [
        "Kantor Anda boleh mengajukan paling banyak 1 usulan tahun ini."
    ]
    client_of(head).post(f"/usulan/{first.pk}/langkah/withdraw/", {"note": "Diganti"})
    assert ask(client_of(head)).status_code == 302


def test_nothing_begins_after_signing_or_before_the_first_year(client_of, officer):
    assert ask(client_of(officer)).status_code == 404
    set_state(current_year(), "signed")
    assert ask(client_of(officer)).status_code == 422


def test_a_copy_has_the_content_without_papers_number_and_rank(client_of, officer):
    sent = make_proposal(status=Status.SENT, n_lines=2, own_rank=1, title="a" * 200)
    response = client_of(officer).post(f"/usulan/{sent.pk}/salin/")
    copy = Proposal.objects.exclude(pk=sent.pk).get()
    assert response.url == f"/usulan/{copy.pk}/isi/"
    assert (copy.title, copy.status) == ("a" * 190 + " (salinan)", Status.DRAFT)
    assert (copy.number, copy.own_rank, copy.requested_rp) == (None, None, 250_000_000)
    assert [line.total_rp for line in copy.budget_lines.all()] == [125_000_000, 125_000_000]
    assert copy.outputs.count() == 2
    assert Attachment.objects.filter(proposal=copy).count() == 0


def test_a_copy_leaves_retired_rows_behind(client_of, officer):
    sent = make_proposal(status=Status.SENT)
    sent.sector.is_retired = True
    sent.sector.save()
    use = sent.commodity_uses.get()
    use.commodity.is_retired = True
    use.commodity.save()
    client_of(officer).post(f"/usulan/{sent.pk}/salin/")
    copy = Proposal.objects.exclude(pk=sent.pk).get()
    assert (copy.sector, copy.commodity_uses.count()) == (None, 0)


def test_a_stranger_copies_nothing(client_of, other_officer, reviewer):
    sent = make_proposal(status=Status.SENT)
    for stranger in (other_officer, reviewer):
        assert client_of(stranger).post(f"/usulan/{sent.pk}/salin/").status_code == 404
