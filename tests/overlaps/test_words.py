"""Words made comparable: what is meant alike is read alike, and places say nothing."""

import pytest

from proposals.harmonisation.overlaps.lists import lists


def concepts(text, places=()):
    return [word.concept for word in lists().words.read(text, places)]


@pytest.mark.parametrize(
    "text",
    ["Pelatihan", "bimtek", "Bimbingan Teknis", "WORKSHOP", "peningkatan keterampilan", "melatih"],
)
def test_trainings_of_all_names_are_one(text):
    assert concepts(text) == ["latih"]


@pytest.mark.parametrize("text", ["IKM", "UKM", "pelaku usaha", "Industri Kecil dan Menengah"])
def test_small_industries_of_all_names_are_one(text):
    assert concepts(text) == ["ikm"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Pelathan", ["latih"]),
        ("sertifkasi hallal", ["halal"]),
        ("anyman puurn", ["anyam", "purun"]),
        ("kripik singkng", ["keripik", "singkong"]),
    ],
)
def test_typing_errors_are_mended(typed, meant):
    assert concepts(typed) == meant


def test_a_rare_word_of_its_own_is_left_alone():
    assert concepts("Bimtek barongko") == ["latih", "barongko"]


def test_known_places_say_nothing():
    assert concepts("Anyaman Purun di Kecamatan Candi Laras Utara Kabupaten Tapin") == [
        "anyam",
        "purun",
    ]


def test_a_place_that_no_list_knows_says_nothing():
    assert concepts("Anyaman Purun di Desa Antasari") == ["anyam", "purun"]
    assert concepts("Anyaman Purun Tanah Habang", ["Tanah Habang"]) == ["anyam", "purun"]


def test_stems_and_local_names_meet():
    assert concepts("pewarnaan alami") == concepts("zat warna alam") == ["pewarna_alam"]
    assert concepts("kerajinan ilung") == concepts("anyaman eceng gondok") == ["anyam", "eceng"]


def test_gold_is_no_packaging():
    assert concepts("pengemasan") == ["kemas"]
    assert concepts("emas") == ["emas"]
