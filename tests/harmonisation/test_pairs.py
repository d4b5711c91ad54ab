"""What the search found, on the pages: suggestions, one pair, the queue, the page of a proposal."""

from html.parser import HTMLParser
from itertools import combinations, islice

import pytest
from django.urls import reverse

from proposals import access, likeness
from proposals.enums import JoiningKind, JointState, Role, Status, YearState
from proposals.harmonisation.queries.suggestions import suggestions
from proposals.models import OverlapPair
from tests import cast, lists
from tests.builders import make_joint, make_pair, make_proposal, set_state

pytestmark = pytest.mark.django_db

BOARD = reverse("harmonisation:board")


class Marks(HTMLParser):
    """The marked phrases of a page."""

    def __init__(self, text):
        super().__init__()
        self.found, self._is_in = [], False
        self.feed(text)

    def handle_starttag(self, tag, _attrs):
        self._is_in = tag == "mark"

    def handle_data(self, data):
        if self._is_in:
            self.found.append(data)
        self._is_in = False


def at(name, pair):
    return reverse(f"harmonisation:{name}", args=[pair.pk])


def tapioca():
    titles = ("Bimtek Tepung Tapioka", "Pelatihan Pengolahan Tapioka")
    a, b = (make_proposal(status=Status.UNDER_REVIEW, title=title) for title in titles)
    reasons = [
        ["same_way", []],
        ["commodity", [["Ubi kayu", "Cassava"]]],
        ["titles", [["bimtek", "pelatihan"], ["tepung tapioka", "tapioka"]]],
    ]
    return make_pair(a, b, reasons=reasons)


def test_the_board_tells_why_and_marks_what_matches(client_of, coordinator):
    pair = tapioca()
    answer = client_of(coordinator).get(BOARD)
    (one,) = answer.context["offer"].all
    assert (one.title, one.kind, answer.context["suggestion"].pk) == (
        "Ubi kayu",
        JoiningKind.DUPLICATE,
        pair.pk,
    )
    text = answer.content.decode()
    assert "komoditas sama: Ubi kayu" in text
    assert "kedua judul menyebut “bimtek” = “pelatihan”, “tepung tapioka” = “tapioka”" in text
    assert Marks(text).found[:4] == ["Bimtek", "Tepung Tapioka", "Pelatihan", "Tapioka"]
    begun = f"usulan={pair.a_id}&amp;usulan={pair.b_id}&amp;kind=duplicate&amp;title=Ubi+kayu"
    assert begun in text


def test_a_group_begins_with_what_was_suggested(client_of, coordinator):
    pair = tapioca()
    query = {"usulan": [pair.a_id, pair.b_id], "kind": "chain", "title": "Ubi kayu"}
    form = client_of(coordinator).get(reverse("harmonisation:new_group"), query).context["form"]
    assert (form["kind"].value(), form["title"].value()) == ("chain", "Ubi kayu")


def test_what_hangs_together_is_one_suggestion():
    a, b, c, d, e = (make_proposal(status=Status.SENT) for _ in range(5))
    weak, strong = make_pair(a, b, score="0.6"), make_pair(d, e, score="0.95")
    middle = make_pair(b, c, score="0.8")
    found = suggestions(likeness.pairs_for(cast.person(Role.COORDINATOR)).order_by("-score"))
    assert [[one.pk for one in some.pairs] for some in found] == [[strong.pk], [middle.pk, weak.pk]]
    assert [one.pk for one in found[1].members] == [a.pk, b.pk, c.pk]


def test_dismissing_needs_a_reason_and_is_kept(client_of, coordinator):
    pair, browser = tapioca(), client_of(coordinator)
    sent = {"do": "dismiss", "note": " ", "row_version": pair.row_version, "saran": pair.pk}
    assert browser.post(at("pair", pair), sent).status_code == 422
    answer = browser.post(at("pair", pair), sent | {"note": "Pasar lain"})
    assert (answer.status_code, answer.url) == (302, BOARD)
    pair.refresh_from_db()
    assert (pair.verdict, pair.verdict_reason) == ("dismissed", "Pasar lain")
    assert browser.get(BOARD).context["offer"].all == []
    assert "Pasar lain" in browser.get(at("pair_history", pair)).content.decode()
    back = browser.post(at("pair", pair), {"do": "open", "row_version": pair.row_version})
    assert (back.status_code, OverlapPair.objects.get().verdict) == (302, "open")


def test_after_a_word_the_board_shows_what_is_left(client_of, coordinator):
    a, b, c = (make_proposal(status=Status.SENT) for _ in range(3))
    pair, left = make_pair(a, b, score="0.95"), make_pair(b, c)
    sent = {"do": "dismiss", "note": "Pasar lain", "row_version": 1, "saran": pair.pk}
    answer = client_of(coordinator).post(at("pair", pair), sent)
    assert answer.url == f"{BOARD}?saran={left.pk}"


def test_who_saw_an_older_pair_sees_it_again_and_loses_nothing(client_of, coordinator):
    pair = tapioca()
    OverlapPair.objects.update(row_version=4)
    sent = {"do": "dismiss", "note": "Pasar lain", "row_version": 1}
    answer = client_of(coordinator).post(at("pair", pair), sent)
    assert answer.status_code == 409
    form = answer.context["form"]
    assert (form["note"].value(), form["row_version"].value()) == ("Pasar lain", "4")


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HEAD, Role.ADMIN, Role.BAPPEDA, Role.OBSERVER])
def test_others_see_no_pairs(client_of, role):
    pair, person = tapioca(), cast.person(role)
    assert not OverlapPair.objects.filter(access.overlap_rows_for(person)).exists()
    assert client_of(person).get(at("pair", pair)).status_code == 404
    assert client_of(person).get(at("pair_history", pair)).status_code == 404


def test_a_proposal_that_its_office_took_back_is_the_offices_own(client_of, coordinator):
    pair = make_pair(make_proposal(status=Status.SENT), make_proposal())
    assert client_of(coordinator).get(at("pair", pair)).status_code == 404


def test_queue_and_page_tell_what_is_alike(client_of, reviewer):
    pair = tapioca()
    row = client_of(reviewer).get(reverse("review:queue"), {"tampilan": "semua"})
    assert [(one.near.n, one.near.percent, one.near.pair) for one in row.context["rows"]] == [
        (1, 90, pair.pk)
    ] * 2
    page = client_of(reviewer).get(reverse("review:proposal", args=[pair.a_id]))
    (alike,) = page.context["dossier"].alike
    assert (alike.other.id, alike.reasons[0]) == (pair.b_id, "jenis kegiatan sama")
    assert Marks(page.content.decode()).found == ["Pelatihan", "Tapioka"]


@pytest.mark.parametrize("n_rows", [1, 30])
def test_suggestions_cost_the_same_for_any_number(
    client_of, coordinator, n_rows, django_assert_num_queries
):
    proposals = [make_proposal(status=Status.SENT) for _ in range(9)]
    for a, b in islice(combinations(proposals, 2), n_rows):
        pair = make_pair(a, b)
    browser = client_of(coordinator)
    for address, n in ((BOARD, 8), (at("pair", pair), 5), (at("pair_history", pair), 7)):
        with django_assert_num_queries(n):
            assert browser.get(address).status_code == 200


@pytest.mark.parametrize(
    ("title", "phrases", "bits"),
    [
        ("Bimtek Sasirangan", ["bimtek"], [("Bimtek", True), (" Sasirangan", False)]),
        ("Rumah-kemasan A", ["rumah kemasan"], [("Rumah-kemasan", True), (" A", False)]),
        ("Kopinya", ["kopi"], [("Kopinya", False)]),
        ("Kopi", [], [("Kopi", False)]),
    ],
)
def test_phrases_are_marked_as_whole_words(title, phrases, bits):
    assert [(bit.text, bit.is_marked) for bit in likeness.marked(title, phrases)] == bits


def test_reasons_are_told_in_the_readers_language(client_of, coordinator):
    pair = tapioca()
    coordinator.language = "en"
    coordinator.save()
    text = client_of(coordinator).get(at("pair", pair)).content.decode()
    assert "Same commodity: Cassava" in text


def test_after_signing_a_pair_is_read_alone(client_of, coordinator):
    pair = tapioca()
    set_state(pair.year, YearState.SIGNED)
    page = client_of(coordinator).get(at("pair", pair))
    assert (page.context["may_judge"], page.context["may_group"]) == (False, False)
    assert "memerlukan adendum" in page.text


def test_a_comparison_names_how_near_the_nearest_of_the_others_is(client_of, coordinator):
    pair, other = tapioca(), make_proposal(status=Status.UNDER_REVIEW)
    ids = [pair.a_id, pair.b_id, other.pk]
    client = client_of(coordinator)
    answer = client.get(reverse("harmonisation:compare"), {"usulan": ids})
    near = [one.nearest and (one.nearest.pair, one.nearest.percent) for one in members_in(answer)]
    assert near == [(pair.pk, pair.percent), (pair.pk, pair.percent), None]
    assert answer.content.decode().count(f"mirip {pair.percent}%") == 2
    judged = {"do": "dismiss", "note": "Daerah lain", "row_version": 1}
    client.post(at("pair", pair), judged)
    answer = client.get(reverse("harmonisation:compare"), {"usulan": ids})
    assert [one.nearest for one in members_in(answer)] == [None] * 3


def members_in(answer):
    return answer.context["members"]


def board(browser, **query):
    return browser.get(BOARD, query).context


def test_what_was_decided_unjudged_has_a_place_on_the_board(client_of, coordinator):
    sides = [make_proposal(status=Status.AGREED) for _ in range(2)]
    pair, browser = make_pair(*sides), client_of(coordinator)
    waiting = make_pair(sides[0], make_proposal(status=Status.SENT))
    usual, decided = board(browser), board(browser, diputus=1)
    assert (usual["suggestion"].pk, usual["offer"].n_decided) == (waiting.pk, 1)
    assert (decided["suggestion"].pk, len(decided["offer"].all)) == (pair.pk, 1)
    assert f"?saran={pair.pk}&amp;diputus=1" in browser.get(at("pair", pair)).text
    sent = {"do": "dismiss", "note": "Pasar lain", "row_version": 1, "saran": pair.pk}
    assert browser.post(at("pair", pair), sent).url == f"{BOARD}?diputus=1"
    assert board(browser, diputus=1)["offer"].n_decided == 0
    assert (
        "Tidak ada pasangan yang diputus tanpa dinilai" in browser.get(BOARD, {"diputus": 1}).text
    )


def test_the_board_of_one_sector(client_of, coordinator):
    make_pair(score="0.99")
    feed = lists.sector("pakan")
    a, b = (make_proposal(status=Status.SENT, sector=feed) for _ in range(2))
    pair, browser = make_pair(a, b, score="0.6"), client_of(coordinator)
    found = board(browser, sektor=feed.pk)
    assert (found["suggestion"].pk, len(found["offer"].all)) == (pair.pk, 1)
    joint = make_joint(state=JointState.FORMING)
    assert board(browser, sektor=feed.pk)["joint"] is None
    assert board(browser, sektor=feed.pk, grup=joint.pk)["joint"] == joint
    empty = browser.get(BOARD, {"sektor": lists.sector("rotan").pk})
    assert (empty.context["suggestion"], "Antrean Rotan" in empty.text) == (None, True)


def test_a_group_is_opened_from_beside_a_suggestion(client_of, coordinator):
    pair, joint = make_pair(), make_joint(state=JointState.FORMING)
    page = client_of(coordinator).get(BOARD, {"saran": pair.pk})
    assert (page.context["joint"], f'href="?grup={joint.pk}"' in page.text) == (None, True)


def test_who_decides_is_told_of_pairs_not_judged(client_of, coordinator):
    agreed, subject = make_proposal(status=Status.AGREED), make_proposal(status=Status.AT_DESK)
    pair = make_pair(agreed, subject)
    browser, address = client_of(coordinator), reverse("meeting:decide", args=[subject.pk])
    page = browser.get(address)
    assert (page.context["alike"], at("pair", pair) in page.text) == ([(pair, agreed)], True)
    browser.post(at("pair", pair), {"do": "dismiss", "note": "Pasar lain", "row_version": 1})
    assert browser.get(address).context["alike"] == []
