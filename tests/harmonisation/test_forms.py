"""What people type: counted while they type, refused at its field, never lost."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from proposals.enums import JointState, RequestTo, Status
from proposals.harmonisation.balance import in_proportion
from proposals.models import JointProgramme
from tests import cast, lists
from tests.builders import make_ceiling, make_joint, make_proposal
from tests.harmonisation.story import MILLION, amounts, form, fresh, give, joined, ready, statuses

pytestmark = pytest.mark.django_db


def page(name, *args, **query):
    return reverse(f"harmonisation:{name}", args=args, query=query or None)


@pytest.fixture
def members(office, other_office):
    requested = (300 * MILLION, 100 * MILLION)
    return [
        make_proposal(where, Status.UNDER_REVIEW, requested_rp=rp)
        for where, rp in zip((office, other_office), requested, strict=True)
    ]


@pytest.fixture
def joint(members, coordinator):
    return form(coordinator, members)


@pytest.fixture
def portal(client_of, coordinator):
    return client_of(coordinator)


def sent(joint, *typed, total="", do="save", **fields):
    """Return what the thread's form sends, amounts in the order of the members' numbers."""
    shares = joint.shares.order_by("proposal__number")
    start = {
        "row_version": fresh(joint).row_version,
        "do": do,
        "title": joint.title,
        "lead_office": joint.lead_office_id,
        "amount_rp": total,
    }
    pairs = zip(shares, typed, strict=True)
    return start | {f"amount_{share.pk}": text for share, text in pairs} | fields


def errors(answer):
    return {name: list(found) for name, found in answer.context["thread"].form.errors.items()}


def test_a_group_is_saved_as_people_type_amounts(portal, joint):
    answer = portal.post(
        page("group", joint.pk), sent(joint, "2,5 juta", "Rp 500.000", total="4000000")
    )
    assert answer.status_code == 302
    assert (fresh(joint).amount_rp, [rp for _, rp in amounts(joint)]) == (
        4_000_000,
        [2_500_000, 500_000],
    )


def test_from_the_board_people_come_back_to_the_board(portal, joint):
    answer = portal.post(
        page("group", joint.pk), sent(joint, "1", "2", total="3") | {"from": "board"}
    )
    assert answer.url == page("board", grup=joint.pk)


def test_shares_of_a_joined_programme_that_do_not_add_up_are_refused_at_the_amount(
    portal, members, coordinator
):
    joint = joined(coordinator, members, 100, 200)
    for typed, total, words in (
        (("100", "150"), "300", "masih tersisa Rp\xa050 untuk dibagi"),
        (("100", "250"), "300", "kelebihan Rp\xa050"),
        (("100", "200"), "", "Isi nilai program."),
    ):
        answer = portal.post(page("group", joint.pk), sent(joint, *typed, total=total))
        (found,) = errors(answer)["amount_rp"]
        assert (answer.status_code, list(errors(answer))) == (422, ["amount_rp"])
        assert words in found
        shown = answer.context["thread"].form
        assert [
            shown["amount_rp"].value(),
            *(shown[f"amount_{s.pk}"].value() for s in shown.shares),
        ]
        assert [shown[f"amount_{s.pk}"].value() for s in shown.shares] == list(typed)
    assert [rp for _, rp in amounts(joint)] == [100, 200]


WRONG = {
    "empty": "",
    "negative": "-5",
    "words": "seribu",
    "huge": "9" * 19,
    "long": "1" * 1_000_000,
    "nul": "\x00",
    "markup": "<b>5</b>",
    "emoji": "💰",
    "two readings": "2.500 jt",
}


@pytest.mark.parametrize("typed", WRONG.values(), ids=WRONG)
def test_a_wrong_amount_is_told_at_its_field_and_kept(portal, joint, typed):
    first = joint.shares.order_by("proposal__number").first()
    answer = portal.post(page("group", joint.pk), sent(joint, typed, "5", total="5"))
    assert (answer.status_code, list(errors(answer))) == (422, [f"amount_{first.pk}"])
    assert answer.context["thread"].form[f"amount_{first.pk}"].value() == typed
    assert [rp for _, rp in amounts(joint)] == [0, 0]


@pytest.mark.parametrize("title", ["", "   ", "x" * 201, "a\x00b", "y" * 1_000_000])
def test_a_wrong_title_is_told_at_its_field(portal, joint, title):
    answer = portal.post(page("group", joint.pk), sent(joint, "1", "2", title=title))
    assert (answer.status_code, list(errors(answer))) == (422, ["title"])


def test_markup_in_a_title_is_shown_as_text(portal, joint):
    portal.post(page("group", joint.pk), sent(joint, "1", "2", title="<script>x</script> 🌾"))
    text = portal.get(page("board")).content.decode()
    assert "<script>x</script>" not in text
    assert "&lt;script&gt;x&lt;/script&gt; 🌾" in text


def test_what_is_typed_is_counted_live_and_not_saved(portal, joint):
    make_ceiling(500 * MILLION)
    answer = portal.post(
        page("group", joint.pk),
        sent(joint, "300 juta", "150 juta", total="400 juta", do="count"),
        headers={"HX-Request": "true"},
    )
    text = answer.content.decode()
    assert (answer.status_code, "<html" in text) == (200, False)
    first, second = joint.shares.order_by("proposal__number")
    assert re.search(rf'id="pct-{first.pk}">75,0%<', text)
    assert re.search(rf'id="pct-{second.pk}">37,5%<', text)
    assert "Jumlah bagian melebihi program sebesar Rp\xa050.000.000." in text
    assert "sisa sesudah ini Rp\xa050,00\xa0jt" in text
    assert (fresh(joint).amount_rp, fresh(joint).row_version) == (None, 1)


def test_counting_works_without_script(portal, joint):
    answer = portal.post(page("group", joint.pk), sent(joint, "1", "x", total="9", do="count"))
    assert (answer.status_code, answer.context["thread"].balance.difference_rp) == (200, 8)
    text = answer.content.decode()
    assert 'value="x"' in text
    assert "Ada nilai yang belum dapat dibaca; jumlah memakai nilai semula." in text


def test_an_amount_is_split_by_what_was_requested_and_saved_only_on_saving(portal, joint):
    answer = portal.post(page("group", joint.pk), sent(joint, "", "", total="1000", do="split"))
    shown = answer.context["thread"].form
    assert [shown[f"amount_{share.pk}"].value() for share in shown.shares] == ["750", "250"]
    assert [rp for _, rp in amounts(joint)] == [0, 0]
    without = portal.post(page("group", joint.pk), sent(joint, "", "", do="split"))
    assert "amount_rp" in errors(without)


def test_a_joined_programme_is_counted_and_split_by_the_amount_just_typed(
    portal, members, coordinator
):
    joint = joined(coordinator, members, 100, 200)

    def pressed(do):
        typed = sent(joint, "100", "200", total="400", do=do)
        return portal.post(page("group", joint.pk), typed).context["thread"]

    assert pressed("count").balance.difference_rp == 100
    shown = pressed("split").form
    assert [shown[f"amount_{share.pk}"].value() for share in shown.shares] == ["300", "100"]
    assert not shown.errors


@pytest.mark.parametrize(
    ("requested", "amount", "parts"),
    [
        ((300, 100), 1000, [750, 250]),
        ((1, 1, 1), 100, [34, 33, 33]),
        ((0, 0), 7, [4, 3]),
        ((5, 0), 7, [7, 0]),
        ((10**17, 1), 10**18 - 1, [10**18 - 10, 9]),
    ],
)
def test_a_split_loses_no_rupiah(requested, amount, parts):
    found = in_proportion([Decimal(one) for one in requested], Decimal(amount))
    assert (found, sum(found)) == (parts, amount)


def test_source_and_delivery_are_set_on_the_page_of_shares(portal, joint, members):
    first, second = joint.shares.order_by("proposal__number")
    bkk = lists.funding("bkk_prov")
    fields = {
        f"source_{first.pk}": bkk.pk,
        f"delivery_{first.pk}": "transfer",
        f"note_{first.pk}": "Pabrik utama",
    }
    answer = portal.post(page("shares", joint.pk), sent(joint, "10", "20", total="30") | fields)
    assert answer.status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.funding_source, first.delivery, first.note) == (bkk, "transfer", "Pabrik utama")
    assert (second.amount_rp, second.delivery) == (20, "activity")  # not sent: as it stood
    wrong = portal.post(
        page("shares", joint.pk),
        sent(joint, "10", "20", total="30") | {f"source_{first.pk}": 999_999},
    )
    assert (wrong.status_code, list(errors(wrong))) == (422, [f"source_{first.pk}"])


def test_content_and_outputs_are_saved_together(portal, joint):
    code = lists.nomenclature()
    rows = {
        "hasil-TOTAL_FORMS": "3",
        "hasil-INITIAL_FORMS": "0",
        "hasil-0-kind": "output",
        "hasil-0-text": "Unit tapioka",
        "hasil-0-target": "1,5",
        "hasil-0-unit": "unit",
        "hasil-1-kind": "output",
        "hasil-2-kind": "output",
    }
    fields = {
        "row_version": 1,
        "do": "save",
        "title": "Tapioka provinsi",
        "kind": "chain",
        "lead_office": joint.lead_office_id,
        "nomenclature": code.pk,
    }
    more = portal.post(page("edit", joint.pk), fields | rows | {"do": "rows"})
    assert (more.status_code, len(more.context["outputs"].forms)) == (200, 5)
    wrong = portal.post(page("edit", joint.pk), fields | rows | {"hasil-0-target": "0"})
    assert wrong.status_code == 422
    assert list(wrong.context["outputs"].errors[0]) == ["target"]
    assert portal.post(page("edit", joint.pk), fields | rows).status_code == 302
    now = fresh(joint)
    assert (now.title, now.kind, now.nomenclature, now.row_version) == (
        "Tapioka provinsi",
        "chain",
        code,
        2,
    )
    assert [(row.text, row.target) for row in now.outputs.all()] == [
        ("Unit tapioka", Decimal("1.5"))
    ]
    stale = portal.post(page("edit", joint.pk), fields | rows | {"title": "Lama"})
    assert (stale.status_code, fresh(joint).title) == (409, "Tapioka provinsi")
    assert stale.context["form"]["title"].value() == "Lama"


# Groups by hand, without script -----------------------------------------------------------------


def test_a_group_is_begun_from_the_queue(portal, members):
    ids = [member.pk for member in members]
    compared = portal.get(page("compare", usulan=ids))
    assert [one.proposal.pk for one in compared.context["members"]] == ids
    begun = portal.post(page("new_group"), {"usulan": ids})
    assert (begun.status_code, begun.context["form"].is_bound) == (200, False)
    wrong = portal.post(page("new_group"), {"usulan": ids, "title": ""})
    assert (wrong.status_code, sorted(wrong.context["form"].errors)) == (
        422,
        ["kind", "lead_office", "title"],
    )
    fields = {"title": "Tapioka", "kind": "chain", "lead_office": members[0].office_id}
    made = [portal.post(page("new_group"), {"usulan": ids} | fields) for _ in range(2)]
    joint = JointProgramme.objects.get()
    assert [answer.url for answer in made] == [page("group", joint.pk)] * 2


@pytest.mark.parametrize("ids", [[], ["1"], ["x", "-1", "9" * 40], ["999998", "999999"]])
def test_too_little_chosen_is_said_plainly(portal, members, ids):
    answer = portal.post(page("new_group"), {"usulan": ids})
    assert answer.status_code == 422
    assert "Pilih sedikitnya dua usulan untuk disandingkan." in answer.content.decode()
    assert portal.get(page("compare", usulan=ids)).status_code == 200


def test_a_member_is_added_and_let_go_by_forms(portal, members, coordinator, office):
    joint = joined(coordinator, members, 100, 200)
    third = make_proposal(office, Status.UNDER_REVIEW)
    none = portal.post(page("add", joint.pk), {"row_version": joint.row_version})
    assert none.status_code == 422
    fields = {"row_version": joint.row_version, "usulan": [third.pk]}
    assert portal.post(page("add", joint.pk), fields).url == page("shares", joint.pk)
    assert statuses(third) == [Status.MERGED]
    address = page("remove", joint.pk, third.share.pk)
    version = {"row_version": fresh(joint).row_version}
    unsaid = portal.post(address, version | {"reason": ""})
    assert (unsaid.status_code, list(unsaid.context["form"].errors)) == (422, ["reason"])
    assert portal.post(address, version | {"reason": "Keluar"}).status_code == 302
    assert portal.post(address, version | {"reason": "Keluar"}).status_code == 302  # sent twice
    assert (statuses(third), len(amounts(joint))) == ([Status.UNDER_REVIEW], 2)
    assert "“Keluar”" in portal.get(page("history", joint.pk)).content.decode()


def test_joining_and_dissolving_ask_first_and_say_what_hinders(portal, members, coordinator):
    joint = form(coordinator, members)
    asked = portal.get(page("act", joint.pk, "gabungkan"))
    assert asked.context["hindrances"] == ["Isi nilai program."]
    assert "disabled" in asked.content.decode()
    version = {"row_version": joint.row_version}
    refused = portal.post(page("act", joint.pk, "gabungkan"), version)
    assert (refused.status_code, refused.context["form"].non_field_errors()) == (
        422,
        ["Isi nilai program."],
    )
    give(joint, 1, 2, by=coordinator, total=3)
    stale = portal.post(page("act", joint.pk, "gabungkan"), version)
    assert stale.status_code == 409
    joint = ready_again(joint, coordinator)
    done = portal.post(page("act", joint.pk, "gabungkan"), {"row_version": joint.row_version})
    assert (done.status_code, fresh(joint).number) == (302, "PROV-01")
    address = page("act", joint.pk, "urai")
    unsaid = portal.post(address, {"row_version": fresh(joint).row_version, "note": " "})
    assert (unsaid.status_code, list(unsaid.context["form"].errors)) == (422, ["note"])
    said = {"row_version": fresh(joint).row_version, "note": "Anggaran dialihkan"}
    assert [portal.post(address, said).status_code for _ in range(2)] == [302, 302]
    assert (fresh(joint).state, statuses(*members)) == (
        JointState.DISSOLVED,
        [Status.UNDER_REVIEW] * 2,
    )


def ready_again(joint, by):
    joint = fresh(joint)
    joint.nomenclature = lists.nomenclature()
    joint.save()
    return joint


AGREED = "Tidak dapat dilakukan selama program berstatus: Disepakati."


def test_a_programme_agreed_while_somebody_typed_says_so_and_keeps_what_was_typed(portal):
    joint = make_joint(state=JointState.AGREED)
    share = joint.shares.first()
    typed = {"row_version": 1, "do": "save", "title": "Yang saya ketik"}
    typed |= {f"amount_{share.pk}": "7 juta", "reason": "Keluar dahulu"}
    typed |= {"usulan": make_proposal().pk}
    typed |= {"hasil-TOTAL_FORMS": "1", "hasil-INITIAL_FORMS": "0", "hasil-0-text": "Hasil saya"}
    kept = {
        page("edit", joint.pk): ("Yang saya ketik", "Hasil saya"),
        page("shares", joint.pk): ("7 juta",),
        page("add", joint.pk): (),
        page("remove", joint.pk, share.pk): ("Keluar dahulu",),
        page("group", joint.pk): (),
    }
    before = amounts(joint)
    for address, words in kept.items():
        answer = portal.post(address, typed)
        text = answer.content.decode()
        assert (answer.status_code, AGREED in text) == (422, True), address
        assert [word for word in words if word not in text] == [], address
    assert (fresh(joint).row_version, amounts(joint)) == (joint.row_version, before)


def test_shares_typed_for_a_programme_that_was_dissolved_are_shown_again(portal):
    joint = make_joint(state=JointState.DISSOLVED)
    typed = {"row_version": 1, "do": "save", "note_7": "Mesin <b>pengering</b>"}
    answer = portal.post(page("shares", joint.pk), typed)
    text = answer.content.decode()
    assert (answer.status_code, "Mesin &lt;b&gt;pengering&lt;/b&gt;" in text) == (422, True)
    assert "Tidak dapat dilakukan selama program berstatus: Diurai." in text


def test_a_reviewer_learns_that_the_group_was_joined_meanwhile(client_of, reviewer):
    joint = make_joint()
    answer = client_of(reviewer).post(page("edit", joint.pk), {"title": "Nama", "do": "save"})
    assert answer.status_code == 422
    assert "Program ini sudah digabung" in answer.content.decode()


def test_own_programmes_beside_requests_say_where_the_ceiling_does_not_count(portal, office):
    own = [make_proposal(office, Status.UNDER_REVIEW, request_to=RequestTo.OWN) for _ in range(2)]
    joint = ready(cast.person("coordinator"), own, 5, 5, lead=office)
    text = portal.get(page("group", joint.pk)).content.decode()
    assert "Belum ada pagu" not in text
    assert "Program bersama yang dipimpin Tanah Laut" in text
