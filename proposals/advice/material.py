"""Raw material against the balance of its commodity, and the scale of what is to be made.

A commodity counts as raw material where it is neither the product nor a residue: a feed mill in
a shortage of maize is asked about, a fuel of maize cobs is not.
"""

import re
from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from proposals.advice.facts import Advice, Facts, Issue
from proposals.enums import BalanceStatus, CommodityKind, ResultKind, SupplyEffect
from proposals.models import Commodity

RESIDUES = (
    "limbah|sisa|ampas|onggok|kulit|tongkol|bonggol|janggel|sabut|tempurung|batok|bungkil"
    "|tetelan|perca|jerami|sekam|dedak"
)
MADE = re.compile(
    r"\b(?:produksi|penjualan|hasil|ter(?:jual|produksi|olah|sedia|buat|kirim|cetak|pasarkan)"
    r"|di(?:produksi|hasilkan|jual|buat)|lokal|siap|pakai|bermutu|kemasan)\b"
)
LARGE = frozenset({"large", "medium-large"})


def supply_deficit(facts: Facts) -> Iterable[Advice]:
    """The activity adds demand for a commodity that is in deficit as a raw material."""
    commodity = facts.commodity
    if commodity is None or not _adds_demand(facts) or not _is_short(commodity):
        return
    if commodity.kind == CommodityKind.DERIVED_PRODUCT or commodity.pk in facts.products:
        return
    if _is_made(commodity, facts) or _is_residue(commodity, facts):
        return
    yield _shortage("supply_deficit_conflict", commodity, facts.balance)


def upstream_deficit(facts: Facts) -> Iterable[Advice]:
    """The main commodity is made of one that is in deficit: mocaf of cassava."""
    if not _adds_demand(facts) or facts.commodity is None:
        return
    for raw in facts.upstream:
        if _is_short(raw) and raw.pk != facts.commodity.pk:
            yield _shortage("upstream_deficit", raw)


def _adds_demand(facts: Facts) -> bool:
    kind = facts.intervention
    return kind is not None and kind.supply_effect == SupplyEffect.ADDS_DEMAND


def _is_short(commodity: Commodity) -> bool:
    return commodity.balance_status == BalanceStatus.DEFICIT


def _shortage(key: str, commodity: Commodity, balance: str = "") -> Advice:
    sentence = _(
        "This adds demand for %(name)s, which is in deficit: add a supply plan or contract, make"
        " less, or join others."
    )
    listed = _("List of commodities: %(source)s") % {
        "source": commodity.source.rstrip(".") or _("not named")
    }
    return Advice(
        Issue(key, commodity.key),
        "commodity_uses",
        sentence % {"name": commodity.name},
        " ".join(filter(None, (f"{listed}.", balance))),
        is_example=commodity.is_example,
    )


def names_of(commodity: Commodity) -> set[str]:
    """Return the words by which people name a commodity."""
    told = (commodity.name_id, commodity.local_name, commodity.key.replace("_", " "))
    parts = (part.strip() for text in told for part in re.split(r"[/(),]| dan ", text.lower()))
    return {part for part in parts if len(part) > 2}


def _is_made(commodity: Commodity, facts: Facts) -> bool:
    """Tell whether the commodity itself is made: "Tepung ikan terjual", "Pembuatan asap cair"."""
    names = names_of(commodity)
    rest = (" ".join(MADE.sub(" ", one.text.lower()).split()) for one in facts.results)
    if any(text in names for text in rest):
        return True
    words = "|".join(re.escape(name) for name in sorted(names))
    makes = re.search(rf"\b(?:pembuat|pembuatan|pabrik|menjadi) (?:{words})\b", facts.title.lower())
    return makes is not None and commodity.kind != CommodityKind.RAW_MATERIAL


def _is_residue(commodity: Commodity, facts: Facts) -> bool:
    """Tell whether a residue is used: a residue's word right before the commodity's."""
    outcomes = (one.text for one in facts.results if one.kind == ResultKind.OUTCOME)
    text = " ; ".join((facts.title, *outcomes)).lower()
    names = "|".join(re.escape(name) for name in sorted(names_of(commodity)))
    return re.search(rf"\b(?:{RESIDUES}) (?:{names})\b", text) is not None


def scale_too_large(facts: Facts) -> Iterable[Advice]:
    """A regency plans a product of large industry, at a cost in the upper half of the band."""
    band = facts.band
    if facts.is_provincial or band is None or not facts.requested_rp or not _adds_demand(facts):
        return
    if facts.requested_rp / band.count < (band.low_rp + band.high_rp) / 2:
        return
    own = facts.commodity.pk if facts.commodity else None
    for stage in (one for one in facts.trees if one.product_commodity_id != own):
        parts = (part.strip() for part in re.split(r"[/(),]| dan ", stage.name_id.lower()))
        if stage.scale in LARGE and any(len(p) > 3 and p in facts.said for p in parts):
            yield Advice(
                Issue("scale_too_large"),
                "commodity_uses",
                _(
                    "%(product)s is an industry of a larger scale than one regency: form it"
                    " together with others in the province."
                )
                % {"product": stage.name},
                _("Industry tree: %(tree)s") % {"tree": stage.tree_name_id},
                is_example=stage.is_example,
            )
            return


RULES: tuple[Callable[[Facts], Iterable[Advice]], ...] = (
    supply_deficit,
    upstream_deficit,
    scale_too_large,
)
