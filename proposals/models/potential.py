"""Raw material and labour figures, each with its source; two sources may disagree."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from proposals.models.catalogue import Commodity, Sector
from proposals.models.history import tracked
from proposals.models.listed import Sourced
from proposals.models.people import Region


def not_negative(name: str, *fields: str) -> models.CheckConstraint:
    """Return the constraint that none of these figures is below zero; empty is allowed."""
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 0})
    return models.CheckConstraint(name=name, condition=condition)


@tracked()
class SupplyBalance(Sourced):
    """Supply and need of one commodity, region and year from one source, in ``unit`` a year.

    balance = production + inflow - outflow - household_need - industrial_demand; a missing
    figure is NULL and shown as "belum ada data", never as zero.
    """

    commodity = models.ForeignKey(Commodity, models.PROTECT, related_name="balances")
    region = models.ForeignKey(Region, models.PROTECT, related_name="balances")
    data_year = models.PositiveSmallIntegerField(_("year of the figures"))
    unit = models.CharField(_("unit"), max_length=30)
    production = models.DecimalField(
        _("production"), max_digits=18, decimal_places=3, null=True, blank=True
    )
    inflow = models.DecimalField(
        _("inflow"), max_digits=18, decimal_places=3, null=True, blank=True
    )
    outflow = models.DecimalField(
        _("outflow"), max_digits=18, decimal_places=3, null=True, blank=True
    )
    household_need = models.DecimalField(
        _("household need"), max_digits=18, decimal_places=3, null=True, blank=True
    )
    industrial_demand = models.DecimalField(
        _("industrial demand"), max_digits=18, decimal_places=3, null=True, blank=True
    )
    method = models.CharField(_("method"), max_length=300, blank=True)

    class Meta:
        ordering = ("commodity__key", "region__code", "-data_year", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("commodity", "region", "data_year", "source"),
                name="balance_once_per_source",
            ),
            not_negative(
                "balance_not_negative",
                "production",
                "inflow",
                "outflow",
                "household_need",
                "industrial_demand",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commodity_id}/{self.region_id}/{self.data_year}"


@tracked()
class LabourPotential(Sourced):
    """People who work, or are trained to work, in a sector of a region, from one source."""

    sector = models.ForeignKey(Sector, models.PROTECT, related_name="labour")
    region = models.ForeignKey(Region, models.PROTECT, related_name="labour")
    data_year = models.PositiveSmallIntegerField(_("year of the figures"))
    workers = models.PositiveIntegerField(_("workers"), null=True, blank=True)
    trained = models.PositiveIntegerField(_("trained workers"), null=True, blank=True)
    method = models.CharField(_("method"), max_length=300, blank=True)

    class Meta:
        ordering = ("sector__key", "region__code", "-data_year", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("sector", "region", "data_year", "source"), name="labour_once_per_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sector_id}/{self.region_id}/{self.data_year}"
