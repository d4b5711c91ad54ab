"""The reference lists come whole from their files, once, and leave people's edits alone."""

from django.core.management import call_command
from django.db import models as db
from django.test import TestCase
from pghistory.models import Events

from proposals import models
from proposals.catalogue.loading import load_catalogue
from proposals.catalogue.loading.rows import read
from proposals.enums import OfficeKind, RegionKind

ROWS = {
    "regions": 14,
    "neighbours": 52,
    "districts": 153,
    "divisions": 4,
    "offices": 28,
    "nomenclature": 84,
    "industry codes": 34,
    "sectors": 15,
    "codes of sectors": 61,
    "commodities": 47,
    "derivative stages": 90,
    "funding sources": 15,
    "intervention types": 28,
    "nomenclature of interventions": 28,
    "funding of interventions": 72,
    "financing schemes": 17,
    "readiness documents": 20,
    "documents of interventions": 45,
    "review criteria": 23,
    "reason codes": 43,
    "synonyms": 115,
    "supply balance": 156,
}


DIVISIONS = {
    "P:3.31.01.1.01.01": "sekretariat",
    "K:3.31.02.2.01.01": "sekretariat",
    "K:3.31.02.2.01.02": "sumber_daya",
    "P23:3.31.02.1.01.0003": "sumber_daya",
    "K23:3.31.02.2.01.0004": "sarana_pemberdayaan",
    "P:3.31.02.1.01.05": "sarana_pemberdayaan",
    "P:3.31.02.1.01.06": "sekretariat",
    "K:3.31.03.2.01.02": "data_pengawasan",
    "P23:3.31.04.1.01.0002": "data_pengawasan",
    "K:3.30.07.2.01.01": None,
    "P:3.31.02.1.01": None,
}


class TestLoadedLists(TestCase):
    """What stands in the tables after loading; loaded once for all of these."""

    @classmethod
    def setUpTestData(cls):
        cls.counts = load_catalogue()

    def test_every_list_comes_whole(self):
        assert {name: count.rows for name, count in self.counts.items()} == ROWS
        assert {name: count.added for name, count in self.counts.items()} == ROWS
        assert {count.changed for count in self.counts.values()} == {0}

    def test_a_second_run_writes_nothing(self):
        events = Events.objects.count()
        again = load_catalogue()
        assert {name: count[1:] for name, count in again.items()} == dict.fromkeys(ROWS, (0, 0))
        assert Events.objects.count() == events

    def test_a_name_of_the_file_wins_where_nobody_edited(self):
        models.Sector.objects.filter(key="sawit").update(name_id="Nama lama")
        assert load_catalogue()["sectors"] == (15, 0, 1)
        assert models.Sector.objects.get(key="sawit").name_id == "Hilir kelapa sawit"

    def test_an_edited_and_retired_row_stays_as_people_left_it(self):
        models.Sector.objects.filter(key="sawit").update(
            name_id="Sawit dan turunannya", is_retired=True, row_version=2
        )
        assert load_catalogue()["sectors"] == (15, 0, 0)
        row = models.Sector.objects.get(key="sawit")
        assert (row.name_id, row.is_retired) == ("Sawit dan turunannya", True)

    def test_links_follow_the_file_except_of_an_edited_owner(self):
        halal = models.InterventionType.objects.get(key="sertifikasi_halal")
        links = models.InterventionFunding.objects.filter(intervention=halal)
        links.get(funding_source__key="dekon").delete()
        assert load_catalogue()["funding of interventions"] == (72, 1, 0)
        links.get(funding_source__key="dekon").delete()
        models.InterventionType.objects.filter(pk=halal.pk).update(row_version=2)
        assert load_catalogue()["funding of interventions"] == (72, 0, 0)
        assert links.count() == 2

    def test_borders_are_written_from_both_sides(self):
        pairs = set(models.RegionNeighbour.objects.values_list("region__code", "neighbour__code"))
        assert {(right, left) for left, right in pairs} == pairs
        assert ("63.11", "63.02") in pairs

    def test_every_region_has_its_two_offices(self):
        kinds = models.Office.objects.order_by("kind").values_list("kind")
        assert dict(kinds.annotate(n=db.Count("pk"))) == {
            OfficeKind.INDUSTRY: 14,
            OfficeKind.PLANNING: 14,
        }
        province = models.Office.objects.get(
            region__kind=RegionKind.PROVINCE, kind=OfficeKind.INDUSTRY
        )
        assert province.name == "Dinas Perindustrian Provinsi Kalimantan Selatan"

    def test_a_sub_activity_goes_to_its_division(self):
        rows = models.Nomenclature.objects.filter(key__in=DIVISIONS)
        assert dict(rows.values_list("key", "division__key")) == DIVISIONS

    def test_two_editions_of_a_scheme_share_its_code(self):
        codes = models.FinancingScheme.objects.filter(code="kur_mikro").order_by("key")
        keys = list(codes.values_list("key", flat=True))
        assert keys == ["kur_mikro_2021a", "kur_mikro_2021b"]
        assert models.FinancingScheme.objects.get(key="bpum").code == "bpum"

    def test_only_the_criteria_of_fit_count_for_own_programmes(self):
        own = models.ReviewCriterion.objects.filter(applies_to_own=True)
        assert set(own.values_list("key", flat=True)) == {
            "g_kewenangan",
            "g_nomenklatur",
            "g_dokumen",
            "g_batas_waktu",
            "s_prioritas",
            "s_duplikasi",
            "s_bahan_baku",
        }
        assert models.ReviewCriterion.objects.filter(applies_to_requests=True).count() == 23

    def test_papers_know_whom_they_are_asked_of(self):
        documents = models.ReadinessDocument.objects.filter(blocks_sending=True)
        assert dict(documents.values_list("key", "is_per_office")) == {
            "kak": False,
            "rab": False,
            "surat_usulan": True,
        }
        land = models.DocumentIntervention.objects.filter(document__key="status_lahan")
        assert land.filter(intervention__key="unit_pengolahan").count() == 1
        assert land.filter(intervention__key="pelatihan_teknis").count() == 0

    def test_the_purse_of_a_region_is_its_own_budget_and_what_is_transferred_to_it(self):
        purses = models.FundingSource.objects.filter(is_regional_purse=True)
        assert set(purses.values_list("key", flat=True)) == {
            "apbd_kab",
            "dak_fisik_ikm",
            "dak_nonfisik_ikm",
            "dana_desa",
            "dbh",
        }

    def test_a_missing_figure_stays_missing(self):
        rice = models.SupplyBalance.objects.get(
            commodity__key="beras", region__code="63.01", data_year=2019
        )
        assert (rice.production, rice.household_need, rice.inflow) == (82990, 34360, None)
        assert rice.method == "Setara beras; surplus"

    def test_a_commodity_agrees_with_the_list_of_its_sector(self):
        from_sectors = {
            (line["key"], key)
            for line in read("sectors")
            for key in line["commodities"].split("|")
            if key
        }
        rows = models.Commodity.objects.filter(sector__isnull=False)
        assert set(rows.values_list("sector__key", "key")) == from_sectors

    def test_units_are_written_as_the_screen_writes_them(self):
        units = models.Commodity.objects.order_by("unit").values_list("unit", flat=True)
        assert "ton/tahun" in units
        assert [unit for unit in units if "year" in unit] == []


def test_the_command_prints_a_line_for_each_list(db, capsys):
    call_command("load_catalogue")
    assert capsys.readouterr().out.splitlines() == [
        f"{name}: {rows} rows, {rows} added, 0 changed" for name, rows in ROWS.items()
    ]
