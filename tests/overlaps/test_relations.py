"""What makes two proposals one matter where neither key nor title says so."""

import pytest

from proposals.harmonisation.overlaps.judging import judge
from proposals.harmonisation.overlaps.pieces import Kind, Piece
from proposals.likeness import told

PLANT, TOOLS, SUPPLY = "unit_pengolahan", "bantuan_mesin", "penguatan_bahan_baku"
TRAINING = "pelatihan_teknis"


def piece(number, title, intervention, commodity="", sector="", background="", region="63.06"):
    return Piece(
        number=number,
        year="2023",
        region=region,
        title=title,
        background=background,
        sector=sector,
        commodity=commodity,
        intervention=intervention,
    )


PAIRS = {
    "goods without a key of the lists: what both texts come back to": (
        piece("A", "Pelatihan Panen Madu Hutan", TRAINING, background="Madu berair. Madu basi."),
        piece("B", "Bimbingan Madu Layak Jual", TRAINING, background="Madu keruh, madu asam."),
        Kind.DUPLICATE,
    ),
    "a product of one tree is the material of another": (
        piece("A", "Penyulingan Asap Cair Cangkang", TOOLS, "cangkang_sawit", "sawit"),
        piece("B", "Pengganti Pembeku Karet", SUPPLY, "bokar", "karet"),
        Kind.CHAIN,
    ),
    "two large plants on one raw material": (
        piece("A", "Pabrik Minyak Goreng Rakyat", PLANT, "cpo", "sawit"),
        piece("B", "Pendirian Pabrik Biodiesel", PLANT, "cpo", "sawit"),
        Kind.CONSOLIDATE,
    ),
    "what is sorted here is worked up there": (
        piece("A", "Rumah Jemur dan Pencucian Rumput Laut", TOOLS, "rumput_laut", "ikan"),
        piece("B", "Lini Chip Rumput Laut Batulicin", PLANT, "rumput_laut", "ikan"),
        Kind.CHAIN,
    ),
    "one pool of extension workers": (
        piece("A", "Penugasan Penyuluh Lapangan Industri", "pendampingan_tpl"),
        piece("B", "Pendampingan IKM oleh Tenaga Kontrak", "pendampingan_tpl", region="63.08"),
        Kind.JOINT_SERVICE,
    ),
    "one packaging house within reach": (
        piece("A", "Rumah Kemasan dan Cetak Label", "rumah_kemasan"),
        piece("B", "Balai Bungkus dan Stiker", "rumah_kemasan", region="63.07"),
        Kind.CONSOLIDATE,
    ),
    "one exhibition of one good, another of another": (
        piece("A", "Festival Kopi dan Lomba Seduh", "promosi_pameran", background="Kopi."),
        piece("B", "Pameran Rotan Halong", "promosi_pameran", "rotan", "anyaman"),
        None,
    ),
    "software of a motif is no selling on line": (
        piece("A", "Bimtek Jualan Online", "digitalisasi"),
        piece("B", "Software Motif Sasirangan", "digitalisasi", "sasirangan", "kain"),
        None,
    ),
    "pellets and compost of one waste": (
        piece("A", "Pabrik Pelet Cangkang Sawit", PLANT, "cangkang_sawit", "sawit"),
        piece("B", "Pupuk Organik dari Tandan Kosong Sawit", TOOLS, "cangkang_sawit", "sawit"),
        None,
    ),
    "boats and doors of one wood": (
        piece("A", "Pelatihan Pembuatan Perahu Kayu", TRAINING, "kayu_olahan", "kayu"),
        piece("B", "Oven Kayu dan Mesin Serut Pintu", TOOLS, "kayu_olahan", "kayu"),
        None,
    ),
}


@pytest.mark.parametrize(("a", "b", "kind"), PAIRS.values(), ids=PAIRS)
def test_how_two_belong_together(a, b, kind):
    verdict = judge(a, b)
    assert (verdict and verdict.kind) == kind


def test_reasons_use_the_words_of_each_text():
    a = piece("A", "Pabrik crumb rubber mini", PLANT, "bokar", "karet", "Getah dikeringkan.")
    b = piece("B", "Unit pengolahan karet remah", PLANT, "bokar", "karet", "Mesin pengering.")
    said = " ".join(told(judge(a, b).reasons))
    assert "“crumb rubber” = “karet remah”" in said
    assert "kedua uraian menyebut “dikeringkan” = “mesin pengering”" in said


def test_a_commodity_is_the_same_only_where_both_rows_say_so():
    a = piece("A", "Tenun Sarung Tabalong", TRAINING, "kain_mori", "kain", "Menenun sarung.")
    b = piece("B", "Pelatihan Tenun Pagatan", TRAINING, "tenun_pagatan", "kain", "Menenun kain.")
    assert "komoditas sama" not in " ".join(told(judge(a, b).reasons))
