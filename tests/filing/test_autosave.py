"""What is typed is kept as typed; a section left clean becomes one saved change and one event."""

import sys

import pytest
from django.urls import reverse
from django.utils import timezone

from proposals.enums import Status
from proposals.filing import tidying
from proposals.filing.views import autosave
from proposals.models import Proposal, TypedText
from proposals.models.typed import PRESENCE
from tests.builders import make_proposal
from tests.filing.pages import boxes, fill_url, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(officer):
    return make_proposal(title="Judul lama", target_group="Perajin", requested_rp=100)


@pytest.fixture
def visitor(client_of, officer):
    return client_of(officer)


def url(proposal):
    return reverse("filing:autosave", args=[proposal.pk])


def typing(visitor, proposal, person, section, *, base=None, is_left=False, **values):
    """Post one section as the form's own script does."""
    base = opened(visitor, proposal)["dasar"] if base is None else base
    data = {"orang": person.pk, "bagian": section, "dasar": base} | values
    return visitor.post(url(proposal), data | ({"selesai": "1"} if is_left else {}))


def n_events(proposal):
    return Proposal.pgh_event_model.objects.filter(pgh_obj=proposal.pk).count()


def test_half_an_amount_is_kept_as_typed_and_shown_again(visitor, officer, draft):
    answer = typing(visitor, draft, officer, "budget", requested_rp="Rp 2,5 ju").json()
    assert answer == {"pukul": f"{timezone.localtime():%H.%M}", "rekan": []}
    assert Proposal.objects.get(pk=draft.pk).requested_rp == 100
    page = visitor.get(fill_url(draft))
    assert boxes(page)["requested_rp"] == "Rp 2,5 ju"
    assert "Tulis jumlah dalam rupiah bulat" in page.content.decode()


def test_typing_leaves_no_event_and_leaving_one(visitor, officer, draft):
    before = n_events(draft)
    for text in ("Pet", "Petani", "Petani rotan"):
        typing(visitor, draft, officer, "need", target_group=text)
    assert n_events(draft) == before
    answer = typing(
        visitor, draft, officer, "need", target_group="Petani rotan", is_left=True
    ).json()
    assert (answer["tersimpan"], answer["salah"], answer["pilihan"]) == (True, {}, [])
    assert n_events(draft) == before + 1
    assert Proposal.objects.get(pk=draft.pk).target_group == "Petani rotan"
    assert not TypedText.objects.exclude(section=PRESENCE).exists()


def test_a_section_with_an_error_stays_in_the_buffer_with_its_word(visitor, officer, draft):
    answer = typing(
        visitor, draft, officer, "need", target_group="Petani", beneficiary_ikm="dua", is_left=True
    ).json()
    assert answer["salah"] == {"beneficiary_ikm": "Tulis angka, misalnya 25 atau 1.250."}
    assert Proposal.objects.get(pk=draft.pk).target_group == "Perajin"
    assert TypedText.objects.get(section="need").values["target_group"] == "Petani"


def test_what_is_saved_says_its_new_text_and_mark(visitor, officer, draft):
    answer = typing(visitor, draft, officer, "budget", requested_rp="2,5 juta", is_left=True).json()
    ((box, lasting, text, mark, is_theirs),) = answer["isi"]
    assert (box, lasting, text, is_theirs) == ("requested_rp", "requested_rp", "2.500.000", False)
    again = typing(
        visitor,
        draft,
        officer,
        "budget",
        base=f'{{"requested_rp": "{mark}"}}',
        requested_rp="3 juta",
        is_left=True,
    ).json()
    assert again["tersimpan"]
    assert Proposal.objects.get(pk=draft.pk).requested_rp == 3_000_000


def new_line(text, key="b-abc", at=0):
    row = {"id": key, "text": text, "volume": "2", "unit": "unit", "unit_cost_rp": "50"}
    return {f"budget_lines-{at}-{name}": value for name, value in row.items()} | {
        "budget_lines-TOTAL_FORMS": str(at + 1),
        "budget_lines-INITIAL_FORMS": "0",
    }


def test_a_new_row_sent_twice_is_one_row(visitor, officer, draft):
    base = opened(visitor, draft)["dasar"]
    kinds = {"section": "budget_lines", "base": base, "is_left": True}
    first = typing(visitor, draft, officer, **kinds, **new_line("Mesin")).json()
    (line,) = draft.budget_lines.all()
    assert ["budget_lines-0-id", "", str(line.pk), "", False] in first["isi"]
    assert ["requested_rp", "requested_rp", "100"] in [one[:3] for one in first["isi"]]
    again = typing(visitor, draft, officer, **kinds, **new_line("Mesin bor")).json()
    assert again["tersimpan"]
    assert [one.text for one in draft.budget_lines.all()] == ["Mesin bor"]


def test_a_new_row_sent_again_after_the_server_was_killed_is_one_row(
    visitor, officer, draft, monkeypatch
):
    base = opened(visitor, draft)["dasar"]
    kinds = {"section": "budget_lines", "base": base, "is_left": True}
    with monkeypatch.context() as killed:
        killed.setattr(autosave, "remember", lambda *_given: sys.exit(1))
        with pytest.raises(SystemExit):
            typing(visitor, draft, officer, **kinds, **new_line("Mesin"))
    assert [one.text for one in draft.budget_lines.all()] == ["Mesin"]
    again = typing(visitor, draft, officer, **kinds, **new_line("Mesin bor")).json()
    assert (again["tersimpan"], again["pilihan"]) == (True, [])
    assert [one.text for one in draft.budget_lines.all()] == ["Mesin bor"]


def test_an_answer_lost_on_the_way_is_no_collision_with_oneself(visitor, officer, draft):
    base = opened(visitor, draft)["dasar"]
    for text in ("Petani", "Petani rotan", "Petani rotan muda"):
        answer = typing(
            visitor, draft, officer, "need", base=base, target_group=text, is_left=True
        ).json()
        assert (answer["tersimpan"], answer["pilihan"]) == (True, [])
    assert Proposal.objects.get(pk=draft.pk).target_group == "Petani rotan muda"


def test_both_values_are_shown_where_both_typed(visitor, client_of, officer, head, draft):
    base = opened(visitor, draft)["dasar"]
    typing(client_of(head), draft, head, "need", target_group="Nelayan", is_left=True)
    values = {"target_group": "Petani", "beneficiary_ikm": "77"}
    answer = typing(visitor, draft, officer, "need", base=base, is_left=True, **values).json()
    (choice,) = answer["pilihan"]
    assert (answer["tersimpan"], choice["kotak"]) == (False, "target_group")
    assert "Petani" in choice["html"]
    assert "Nelayan" in choice["html"]
    read = Proposal.objects.get(pk=draft.pk)
    assert (read.target_group, read.beneficiary_ikm) == ("Nelayan", 77)
    page = visitor.get(fill_url(draft))
    assert boxes(page)["target_group"] == "Petani"
    assert "Nelayan" in page.content.decode()


def test_each_sees_that_the_other_is_there(visitor, client_of, officer, head, draft):
    typing(client_of(head), draft, head, "")
    now = f"{timezone.localtime():%H.%M}"
    assert visitor.get(url(draft)).json()["rekan"] == [
        f"Ahmad Fauzi juga sedang mengisi, terakhir {now} WITA"
    ]
    assert "Ahmad Fauzi juga sedang mengisi" in visitor.get(fill_url(draft)).content.decode()
    long_ago = timezone.now() - timezone.timedelta(seconds=61)
    TypedText.objects.filter(section=PRESENCE).update(saved_at=long_ago)
    assert visitor.get(url(draft)).json()["rekan"] == []


def test_another_persons_session_writes_nothing(client_of, officer, head, draft):
    answer = typing(client_of(head), draft, officer, "need", target_group="Nelayan", is_left=True)
    assert answer.status_code == 409
    assert answer.json()["lain"].startswith("Orang lain sedang masuk")
    assert not TypedText.objects.exists()
    assert Proposal.objects.get(pk=draft.pk).target_group == "Perajin"


def test_an_ended_session_answers_401_and_changes_nothing(client, officer, draft):
    assert typing(client, draft, officer, "need", base="{}", title="x").status_code == 401
    assert not TypedText.objects.exists()


def test_what_has_left_the_office_is_not_typed_in(visitor, officer):
    sent = make_proposal(status=Status.SENT)
    answer = typing(visitor, sent, officer, "need", base="{}", title="x")
    assert (answer.status_code, list(answer.json())) == (422, ["tertutup"])


def test_only_the_named_fields_of_a_returned_proposal_are_saved(visitor, officer):
    returned = make_proposal(status=Status.RETURNED)
    (field,) = {point.field for point in returned.return_points.all()}
    assert field != "title"
    answer = typing(visitor, returned, officer, "identity", title="Lain", is_left=True)
    assert answer.json()["isi"] == []
    assert Proposal.objects.get(pk=returned.pk).title == returned.title


def test_more_than_any_form_holds_is_refused(visitor, officer, draft):
    answer = typing(visitor, draft, officer, "need", base="{}", background="a" * 100_001)
    assert (answer.status_code, list(answer.json())) == (422, ["tertutup"])


def test_before_it_leaves_the_page_says_what_is_typed_and_not_saved(visitor, officer, draft):
    act = reverse("filing:act", args=[draft.pk, "hand_to_head"])
    assert "tidak ikut terkirim" not in visitor.get(act).content.decode()
    typing(visitor, draft, officer, "budget", base="{}", requested_rp="2,5 ju")
    page = visitor.get(act).content.decode()
    assert "Ada ketikan Siti Rahmah di sini yang belum tersimpan" in page


def test_typing_costs_few_queries(visitor, officer, draft, django_assert_num_queries):
    with django_assert_num_queries(5):
        typing(visitor, draft, officer, "need", base="{}", target_group="Petani")


@pytest.mark.parametrize("n_rows", [1, 30])
def test_leaving_costs_the_same_for_any_number_of_rows(
    visitor, officer, n_rows, django_assert_num_queries
):
    draft = make_proposal(n_lines=n_rows)
    base = opened(visitor, draft)["dasar"]
    with django_assert_num_queries(36):
        typing(visitor, draft, officer, "need", base=base, target_group="x", is_left=True)


def test_old_typing_is_swept_where_nothing_in_it_is_unsaved(visitor, officer, draft):
    typing(visitor, draft, officer, "need", target_group="Perajin")
    sent = make_proposal(status=Status.SENT)
    handed = make_proposal(title="Ditulis ulang")
    TypedText.objects.create(proposal=sent, user=officer, section="need", values={"title": "x"})
    texts = {"identity": {"title": "Belum disimpan"}, "outputs": {"outputs-0-text": "Hasil lain"}}
    for section, values in texts.items():
        TypedText.objects.create(proposal=handed, user=officer, section=section, values=values)
    assert tidying.clear_old_typed() == 0
    long_ago = timezone.now() - timezone.timedelta(days=61)
    TypedText.objects.update(saved_at=long_ago)
    Proposal.objects.filter(pk=sent.pk).update(status_at=long_ago)
    assert tidying.clear_old_typed() == 3  # the same text, its sign of life, what was sent
    assert set(TypedText.objects.values_list("proposal", "section")) == {
        (handed.pk, "identity"),
        (handed.pk, "outputs"),
    }
