"""The reference lists, one row each: their pages are all made from this table."""

from proposals.catalogue.specs import goods, meanings, rules
from proposals.catalogue.specs.shape import ListSpec

SPECS: tuple[ListSpec, ...] = (
    goods.SECTORS,
    goods.COMMODITIES,
    goods.STAGES,
    goods.NOMENCLATURE,
    goods.INTERVENTIONS,
    goods.FUNDING,
    rules.SCHEMES,
    rules.DOCUMENTS,
    rules.REASONS,
    rules.CRITERIA,
    goods.CODES,
    meanings.SYNONYMS,
)

__all__ = ["SPECS", "ListSpec"]
