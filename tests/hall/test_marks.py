"""Icons, pills and bars: exact markup, since every page shows them."""

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from proposals.enums import RequestTo, Status
from proposals.models import JointProgramme, Proposal, Share
from proposals.templatetags import marks


@pytest.fixture(autouse=True)
def _indonesian():
    with translation.override("id"):
        yield


def drawn(source, **context):
    return Template("{% load rakortek %}" + source).render(Context(context))


def test_an_icon_beside_a_word_is_hidden_from_screen_readers():
    assert drawn('{% icon "check" %}') == (
        '<svg class="rk-i" aria-hidden="true" viewBox="0 0 24 24">'
        '<path d="m4.5 12.75 6 6 9-13.5"/></svg>'
    )


def test_an_icon_that_stands_alone_has_a_label_and_escapes_it():
    assert drawn('{% icon "diamond" label %}', label='Sektor "prioritas" <b>') == (
        '<svg class="rk-i" role="img" aria-label="Sektor &quot;prioritas&quot; &lt;b&gt;"'
        ' viewBox="0 0 16 16"><path d="M8 1.5 14 8l-6 6.5L2 8 8 1.5Z" fill="currentColor"/></svg>'
    )


WORDS = {
    Status.DRAFT: ("draf", "Draf"),
    Status.AWAITING_HEAD: ("draf rk-st--padat", "Menunggu kepala dinas"),
    Status.SENT: ("diajukan", "Diajukan"),
    Status.UNDER_REVIEW: ("ditelaah", "Ditelaah"),
    Status.AT_DESK: ("ditelaah rk-st--meja", "Di meja rapat"),
    Status.RETURNED: ("perbaikan", "Perlu perbaikan"),
    Status.AGREED: ("disepakati", "Disepakati"),
    Status.MERGED: ("digabung", "Digabung"),
    Status.REDIRECTED: ("ditunda", "Dialihkan"),
    Status.DEFERRED: ("ditunda", "Ditunda"),
    Status.REJECTED: ("ditolak", "Tidak disepakati"),
    Status.WITHDRAWN: ("ditolak rk-st--polos", "Ditarik"),
}


def a_request(status, **fields):
    return Proposal(request_to=RequestTo.PROVINCE, status=status, **fields)


@pytest.mark.parametrize("status", Status)
def test_every_status_is_icon_and_word_in_its_tone(status):
    look, word = WORDS[status]
    picture = marks.icon(marks.PILLS[status].icon)
    assert marks.status_badge(a_request(status)) == (
        f'<span class="rk-st rk-st--{look}">{picture}{word}</span>'
    )


@pytest.mark.parametrize(
    ("kind", "status", "is_changed", "word"),
    [
        (RequestTo.PROVINCE, Status.AGREED, True, "Disepakati dengan perubahan"),
        (RequestTo.CENTRE, Status.AGREED, False, "Disepakati"),
        (RequestTo.CENTRE, Status.REJECTED, False, "Tidak disepakati"),
        (RequestTo.OWN, Status.AGREED, False, "Selaras"),
        (RequestTo.OWN, Status.AGREED, True, "Selaras dengan catatan"),
        (RequestTo.OWN, Status.REJECTED, False, "Belum selaras"),
        (RequestTo.OWN, Status.DEFERRED, False, "Ditunda"),
    ],
)
def test_an_own_programme_is_in_line_and_a_request_is_agreed(kind, status, is_changed, word):
    proposal = Proposal(request_to=kind, status=status, is_changed=is_changed)
    assert marks.status_word(proposal) == word


def test_a_merged_proposal_names_its_programme_without_asking_the_database():
    proposal = a_request(Status.MERGED, pk=1)
    assert marks.status_word(proposal) == "Digabung"
    assert marks.status_word(proposal, "PROV-03") == "Digabung ke PROV-03"
    Share(proposal=proposal, joint=JointProgramme(number="BERSAMA-01"))
    proposal._state.fields_cache["share"] = Share(joint=JointProgramme(number="BERSAMA-01"))
    assert marks.status_word(proposal) == "Digabung ke BERSAMA-01"


def test_a_bar_says_its_figure_or_is_hidden():
    assert marks.bar(6, 9, "6 dari 9 usulan terkirim", "fk") == (
        '<svg class="rk-bars" role="img" aria-label="6 dari 9 usulan terkirim">'
        '<rect x="0" width="66.67%" height="100%" class="fk"/></svg>'
    )
    assert marks.bar(None, thick=True) == (
        '<svg class="rk-bars rk-bars--t" aria-hidden="true">'
        '<rect x="0" width="0.00%" height="100%" class="f1"/></svg>'
    )


@pytest.mark.parametrize(
    ("value", "total", "width"), [(12, 10, "100.00"), (-1, 10, "0.00"), (1, 0, "0.00")]
)
def test_a_bar_never_leaves_its_track(value, total, width):
    assert f'width="{width}%"' in marks.bar(value, total)


class AmountForm(forms.Form):
    title = forms.CharField(label="Judul")
    amount = forms.IntegerField(label="Nilai", min_value=1)
    version = forms.IntegerField(label="Versi", widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("Jumlah bagian belum sama.")


def test_the_error_summary_links_to_each_field_in_the_order_of_the_page():
    form = AmountForm({"title": "", "amount": "0", "version": "x"})
    rows = forms.formset_factory(AmountForm)(
        {
            "form-TOTAL_FORMS": "1",
            "form-INITIAL_FORMS": "0",
            "form-0-title": "",
            "form-0-amount": "1",
        }
    )
    found = [(wrong.field_id, wrong.label) for wrong in marks.wrong_in(form, [rows])]
    assert found == [
        ("", ""),
        ("id_title", "Judul"),
        ("id_amount", "Nilai"),
        ("", "Versi"),
        ("", ""),
        ("id_form-0-title", "Judul"),
        ("", "Versi"),
    ]


def test_a_form_without_mistakes_has_no_summary():
    page = drawn('{% include "parts/_error_summary.html" %}', form=forms.Form({}))
    assert page.split() == ["<div", 'id="error-summary">', "</div>"]


def test_one_and_several_mistakes_are_counted():
    form = AmountForm({"title": "a", "amount": "1", "version": "1"})
    page = drawn('{% include "parts/_error_summary.html" %}', form=form)
    assert "Belum tersimpan. Perbaiki 1 isian berikut." in page
