"""The reference rows by their stable keys, read once: the files name everything by key."""

from typing import TypeVar

from proposals.catalogue.loading import rows
from proposals.models import (
    Commodity,
    DerivativeStage,
    District,
    FinancingScheme,
    FundingSource,
    InterventionType,
    Nomenclature,
    Office,
    ReadinessDocument,
    ReasonCode,
    Region,
    Sector,
)
from proposals.models.listed import Listed

R = TypeVar("R", bound=Listed)


def _by_key(model: type[R]) -> dict[str, R]:
    return {row.key: row for row in model._default_manager.order_by("pk")}


class Lists:
    """Every list that a proposal chooses from, by key."""

    def __init__(self) -> None:
        self.sectors = _by_key(Sector)
        self.interventions = _by_key(InterventionType)
        self.nomenclature = _by_key(Nomenclature)
        self.funding = _by_key(FundingSource)
        self.commodities = _by_key(Commodity)
        self.stages = _by_key(DerivativeStage)
        self.documents = _by_key(ReadinessDocument)
        self.schemes = _by_key(FinancingScheme)
        self.reasons = _by_key(ReasonCode)
        self.regions = {row.code: row for row in Region.objects.order_by("code")}
        self.districts = {
            (row.region.code, row.name): row
            for row in District.objects.select_related("region").order_by("code")
        }
        self.offices = {
            (row.region.code, row.kind): row
            for row in Office.objects.select_related("region").order_by("pk")
        }
        self.homes = {
            line["key"]: set(rows.words(line["main_regencies"]))
            for line in rows.read("commodities")
        }
        """Commodity to the regions where it mainly grows or is made."""
