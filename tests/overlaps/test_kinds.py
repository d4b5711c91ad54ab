"""Pairs as the province meets them: what is raised, how, and what is left alone."""

from dataclasses import replace

from proposals.harmonisation.overlaps.judging import judge
from proposals.harmonisation.overlaps.pieces import Kind, Piece
from proposals.likeness import told

COFFEE = Piece(
    number="A",
    year="2023",
    region="63.09",
    title="Pengadaan Mesin Sangrai Kopi bagi Kelompok Petani Muara Uya",
    background="Kopi robusta dijual biji mentah. Mesin sangrai dan penggiling menaikkan nilai.",
    results=("Mesin sangrai", "Kopi bubuk terjual"),
    sector="pangan_khas",
    commodity="kopi",
    intervention="bantuan_mesin",
)


def kind(a, b):
    verdict = judge(a, b)
    return verdict and verdict.kind


def test_the_same_machine_in_other_words_is_a_duplicate():
    other = replace(
        COFFEE,
        number="B",
        region="63.11",
        title="Bantuan Alat Roasting Kopi Bubuk UKM Halong",
        background="Petani kopi Halong menjual biji kering. Alat roasting kecil diusulkan.",
        results=("Alat roasting", "Kopi bubuk terjual"),
    )
    verdict = judge(COFFEE, other)
    assert (verdict.a, verdict.b, verdict.kind) == ("A", "B", Kind.DUPLICATE)
    assert told(verdict.reasons)[:3] == (
        "jenis kegiatan sama",
        "komoditas sama: kopi",
        (
            "kedua judul menyebut "
            "“mesin” = “bantuan alat”, “sangrai” = “roasting”, “kopi” = “kopi bubuk”"
        ),
    )
    assert verdict.score >= 0.9


def test_typing_errors_hide_no_duplicate():
    other = replace(COFFEE, number="B", region="63.11", title="Pengadan Msin Sangrai Koppi Halong")
    assert kind(COFFEE, other) == Kind.DUPLICATE


def test_order_of_the_two_changes_nothing():
    other = replace(COFFEE, number="B", region="63.11")
    assert judge(COFFEE, other) == judge(other, COFFEE)


def test_each_regency_has_its_own_plan():
    plan = Piece(
        number="A",
        year="2023",
        region="63.05",
        title="Penyusunan Rencana Pembangunan Industri Kabupaten Tapin",
        intervention="rpik",
    )
    title = "Penyusunan RPIK Kabupaten Balangan"
    assert kind(plan, replace(plan, number="B", region="63.11", title=title)) is None
    typed_as_study = replace(plan, number="B", region="63.11", intervention="kajian_ded")
    assert kind(plan, typed_as_study) is None


def test_a_plan_sent_twice_by_one_regency_is_a_duplicate():
    plan = Piece(number="A", year="2023", region="63.05", title="Penyusunan RPIK Kabupaten Tapin")
    assert kind(plan, replace(plan, number="B")) == Kind.DUPLICATE


def test_packaging_houses_overlap_within_reach_alone():
    house = Piece(
        number="A",
        year="2023",
        region="63.71",
        title="Rumah Kemasan IKM Pangan Banjarmasin",
        sector="kemasan",
        commodity="kemasan",
        intervention="rumah_kemasan",
    )
    near = replace(house, number="B", region="63.72", title="Layanan Kemasan UKM Banjarbaru")
    far = replace(near, region="63.02", title="Layanan Kemasan UKM Kotabaru")
    assert kind(house, near) == Kind.CONSOLIDATE
    assert kind(house, far) is None


def test_neighbours_overlap_more_surely_than_those_far_apart():
    title = "Bantuan Mesin Kemas dan Sangrai bagi Kebun Rakyat"
    near = replace(COFFEE, number="B", region="63.11", title=title, background="", results=())
    far = replace(near, region="63.01")
    assert judge(COFFEE, near).score > judge(COFFEE, far).score


def test_one_service_for_different_people_is_a_joint_service():
    halal = Piece(
        number="A",
        year="2023",
        region="63.06",
        title="Fasilitasi Sertifikasi Halal bagi IKM Dodol",
        sector="pangan_khas",
        commodity="dodol",
        intervention="sertifikasi_halal",
    )
    other = replace(
        halal,
        number="B",
        region="63.07",
        title="Pendampingan SJPH Pelaku Usaha Penggilingan Beras",
        sector="padi",
        commodity="beras",
    )
    assert kind(halal, other) == Kind.JOINT_SERVICE


def test_material_of_one_and_product_of_the_other_are_a_chain():
    compound = Piece(
        number="A",
        year="2023",
        region="63.01",
        title="Pabrik Kompon Karet Jorong",
        results=("Kompon karet terjual",),
        sector="karet",
        commodity="karet_remah",
        intervention="unit_pengolahan",
    )
    tyres = replace(
        compound,
        number="B",
        region="63.10",
        title="Unit Vulkanisir Ban Truk Tambang",
        background="Unit memakai kompon karet.",
        results=("Ban vulkanisir terjual",),
    )
    verdict = judge(compound, tyres)
    assert verdict.kind == Kind.CHAIN
    assert told(verdict.reasons)[0] == (
        "yang satu menghasilkan bahan yang diolah lebih lanjut oleh yang lain"
    )


def test_two_products_of_one_material_are_left_alone():
    oil = replace(
        COFFEE,
        title="Bantuan Mesin Minyak Kelapa",
        background="",
        results=("Minyak kelapa terjual",),
        commodity="kelapa",
    )
    charcoal = replace(
        oil,
        number="B",
        region="63.11",
        title="Bantuan Tungku Arang Tempurung Kelapa",
        results=("Arang tempurung terjual",),
    )
    assert kind(oil, charcoal) is None


def test_other_years_and_other_provinces_do_not_overlap():
    other = replace(COFFEE, number="B", region="63.11")
    assert kind(COFFEE, replace(other, year="2024")) is None
    assert kind(COFFEE, replace(other, region="62.01")) is None
