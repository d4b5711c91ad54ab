"""The reference lists: one row per stable key, retired instead of lost."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from proposals.enums import (
    BalanceStatus,
    CommodityKind,
    FundingLevel,
    NomenclatureDepth,
    NomenclatureLevel,
    SupplyEffect,
    TreeStage,
)
from proposals.models.history import tracked
from proposals.models.listed import Listed, ListedQuerySet
from proposals.models.people import Division


@tracked()
class Sector(Listed):
    """A group of industries around a raw material: what is flagged, capped and scored."""

    relevance = models.CharField(_("why it matters here"), max_length=500, blank=True)

    objects = ListedQuerySet["Sector"].as_manager()

    class Meta:
        ordering = ("name_id", "pk")


@tracked()
class IndustryCode(Listed):
    """A KBLI division or RIPIN group: reference of a sector, never flagged itself."""

    kind = models.CharField(_("kind"), max_length=20)
    code = models.CharField(_("code"), max_length=10)
    sectors = models.ManyToManyField(Sector, through="SectorCode", related_name="codes")

    class Meta:
        ordering = ("kind", "code", "pk")


@tracked()
class SectorCode(models.Model):
    """A reference code of a sector."""

    sector = models.ForeignKey(Sector, models.PROTECT, related_name="+")
    industry_code = models.ForeignKey(IndustryCode, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("sector", "industry_code"), name="sector_code_once")
        ]

    def __str__(self) -> str:
        return f"{self.sector_id}-{self.industry_code_id}"


@tracked()
class Commodity(Listed):
    """A raw or auxiliary material, intermediate good or product."""

    local_name = models.CharField(_("local name"), max_length=100, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=CommodityKind)
    unit = models.CharField(_("unit"), max_length=30)
    sector = models.ForeignKey(
        Sector, models.PROTECT, null=True, blank=True, related_name="commodities"
    )
    balance_status = models.CharField(
        _("balance"), max_length=10, choices=BalanceStatus, default=BalanceStatus.UNKNOWN
    )
    is_raw_export_discouraged = models.BooleanField(
        _("should not leave unprocessed"), default=False
    )
    export_note = models.CharField(_("note on export"), max_length=300, blank=True)

    objects = ListedQuerySet["Commodity"].as_manager()

    class Meta:
        ordering = ("name_id", "pk")


@tracked()
class DerivativeStage(Listed):
    """A product in the industry tree (pohon industri) of a raw material."""

    tree = models.CharField(_("industry tree"), max_length=20)
    tree_name_id = models.CharField(_("name of the tree"), max_length=100)
    upstream_commodity = models.ForeignKey(
        Commodity, models.PROTECT, null=True, blank=True, related_name="tree_stages"
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    product_commodity = models.ForeignKey(
        Commodity, models.PROTECT, null=True, blank=True, related_name="made_in_stages"
    )
    stage = models.CharField(_("stage"), max_length=10, choices=TreeStage)
    sector = models.ForeignKey(Sector, models.PROTECT, null=True, blank=True, related_name="stages")
    kbli_5 = models.CharField(_("KBLI class"), max_length=10, blank=True)
    scale = models.CharField(_("scale"), max_length=20, blank=True)
    typical_yield = models.CharField(_("typical yield"), max_length=100, blank=True)
    present_in_kalsel = models.CharField(_("present in the province"), max_length=20, blank=True)

    objects = ListedQuerySet["DerivativeStage"].as_manager()

    class Meta:
        ordering = ("tree", "key", "pk")


@tracked()
class Nomenclature(Listed):
    """A code of the national list of programmes, in one edition.

    Rule: Permendagri 90/2019 and its updates; a proposal keeps the edition it was written with.
    """

    key = models.CharField(_("key"), max_length=40, unique=True)
    code = models.CharField(_("code"), max_length=30)
    level = models.CharField(_("level"), max_length=20, choices=NomenclatureLevel)
    depth = models.CharField(_("depth"), max_length=20, choices=NomenclatureDepth)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    edition = models.CharField(_("edition"), max_length=40)
    scope = models.CharField(_("scope"), max_length=20)
    division = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="nomenclature"
    )

    objects = ListedQuerySet["Nomenclature"].as_manager()

    class Meta:
        ordering = ("key", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("edition", "level", "code"), name="nomenclature_code_once_per_edition"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def is_industry(self) -> bool:
        """Tell whether the code belongs to government affair 3.31 (industry)."""
        return self.code == "3.31" or self.code.startswith("3.31.")


@tracked()
class FundingSource(Listed):
    """A source of money.

    ``is_regional_purse`` marks money that is the member's to give up when another pays for it in
    a joint programme: its own budget and the special allocation fund (DAK).
    """

    level = models.CharField(_("level"), max_length=20, choices=FundingLevel)
    holder = models.CharField(_("holder"), max_length=200, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=200, blank=True)
    planning_system = models.CharField(_("planning system"), max_length=100, blank=True)
    can_pay_for = models.CharField(_("can pay for"), max_length=500, blank=True)
    cannot_pay_for = models.CharField(_("cannot pay for"), max_length=500, blank=True)
    is_regional_purse = models.BooleanField(_("purse of the region"), default=False)

    objects = ListedQuerySet["FundingSource"].as_manager()

    class Meta:
        ordering = ("name_id", "pk")


FACILITIES = "sarana"
"""The family of activities that build or equip (intervention_types.csv)."""


@tracked()
class InterventionType(Listed):
    """A kind of activity; decides papers, cost band, and whether money is needed.

    The unit cost band is whole rupiah per ``cost_basis``; both ends empty means no band.
    """

    family = models.CharField(_("family"), max_length=30)
    typical_outputs = models.CharField(_("typical outputs"), max_length=300, blank=True)
    typical_units = models.CharField(_("typical units"), max_length=200, blank=True)
    unit_cost_low_rp = models.DecimalField(
        _("unit cost from (Rp)"), max_digits=18, decimal_places=0, null=True, blank=True
    )
    unit_cost_high_rp = models.DecimalField(
        _("unit cost to (Rp)"), max_digits=18, decimal_places=0, null=True, blank=True
    )
    cost_basis = models.CharField(_("cost basis"), max_length=100, blank=True)
    needs_budget = models.BooleanField(_("needs a budget"), default=True)
    supply_effect = models.CharField(
        _("effect on supply"), max_length=20, choices=SupplyEffect, default=SupplyEffect.NEUTRAL
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    usual_nomenclature = models.ManyToManyField(
        Nomenclature, through="InterventionNomenclature", related_name="interventions"
    )
    usual_funding = models.ManyToManyField(
        FundingSource, through="InterventionFunding", related_name="interventions"
    )

    objects = ListedQuerySet["InterventionType"].as_manager()

    class Meta:
        ordering = ("name_id", "pk")
        constraints = [
            models.CheckConstraint(
                name="intervention_cost_band_is_ordered",
                condition=Q(unit_cost_low_rp__isnull=True)
                | Q(unit_cost_high_rp__isnull=True)
                | Q(unit_cost_high_rp__gte=models.F("unit_cost_low_rp")),
            ),
        ]

    @property
    def makes_products(self) -> bool:
        """Tell whether it sets up what makes a product: a facility that takes material.

        A study, an incentive, a training or an investors' tour names a stage; it does not reach it.
        """
        return self.family == FACILITIES and self.supply_effect == SupplyEffect.ADDS_DEMAND


@tracked()
class InterventionNomenclature(models.Model):
    """A sub-activity under which an intervention is usually planned."""

    intervention = models.ForeignKey(InterventionType, models.PROTECT, related_name="+")
    nomenclature = models.ForeignKey(Nomenclature, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("intervention", "nomenclature"), name="intervention_nomenclature_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.intervention_id}-{self.nomenclature_id}"


@tracked()
class InterventionFunding(models.Model):
    """A source that usually pays for an intervention."""

    intervention = models.ForeignKey(InterventionType, models.PROTECT, related_name="+")
    funding_source = models.ForeignKey(FundingSource, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("intervention", "funding_source"), name="intervention_funding_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.intervention_id}-{self.funding_source_id}"
