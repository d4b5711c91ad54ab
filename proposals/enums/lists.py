"""Words of the reference lists and of what a proposal takes from them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CommodityKind(TextChoices):
    """Place of a commodity in the chain."""

    RAW_MATERIAL = "raw_material", _("Raw material")
    AUXILIARY = "auxiliary", _("Auxiliary material")
    INTERMEDIATE = "intermediate", _("Intermediate good")
    DERIVED_PRODUCT = "derived_product", _("Derived product")


class BalanceStatus(TextChoices):
    """What is known of supply against need."""

    SURPLUS = "surplus", _("Surplus")
    BALANCED = "balanced", _("Balanced")
    DEFICIT = "deficit", _("Deficit")
    UNKNOWN = "unknown", _("No data yet")


class TreeStage(TextChoices):
    """Stage of a product in its industry tree."""

    UPSTREAM = "hulu", _("Upstream")
    INTERMEDIATE = "antara", _("Intermediate")
    DOWNSTREAM = "hilir", _("Downstream")


class SupplyEffect(TextChoices):
    """What a kind of intervention does to the balance of its commodity."""

    ADDS_DEMAND = "adds_demand", _("Adds demand")
    ADDS_SUPPLY = "adds_supply", _("Adds supply")
    NEUTRAL = "neutral", _("No effect on supply")


class FundingLevel(TextChoices):
    """Who holds a source of money."""

    REGENCY = "kabupaten_kota", _("Regency or city")
    PROVINCE = "provinsi", _("Province")
    CENTRE = "pusat", _("Centre")
    VILLAGE = "desa", _("Village")
    PRIVATE = "swasta", _("Private")
    COMMUNITY = "masyarakat", _("Community")


class NomenclatureLevel(TextChoices):
    """Which level of government may use a code (its fourth segment)."""

    PROVINCE = "provinsi", _("Province")
    REGENCY = "kabupaten_kota", _("Regency or city")


class NomenclatureDepth(TextChoices):
    """Depth of a code in the national list."""

    AFFAIR_GROUP = "urusan", _("Group of affairs")
    AFFAIR = "bidang_urusan", _("Government affair")
    PROGRAMME = "program", _("Programme")
    ACTIVITY = "kegiatan", _("Activity")
    SUB_ACTIVITY = "sub_kegiatan", _("Sub-activity")


class Certainty(TextChoices):
    """How sure a reference row is; illustrative rows are never shown as fact."""

    CERTAIN = "certain", _("Certain")
    LIKELY = "likely", _("Likely")
    ILLUSTRATIVE = "illustrative", _("Example data")


class ReasonFor(TextChoices):
    """Which acts a reason code may explain."""

    CHANGE = "change", _("Change of amount, target or place")
    RETURN = "return", _("Return for correction")
    REFUSAL = "refusal", _("Not agreed")
    REDIRECT = "redirect", _("Redirect")
    DEFER = "defer", _("Defer")


class UseRole(TextChoices):
    """What a commodity is to a proposal."""

    MAIN = "main", _("Main commodity")
    RAW = "raw", _("Raw material")
    AUXILIARY = "auxiliary", _("Auxiliary material")
    PRODUCT = "product", _("Product")


class MaterialOrigin(TextChoices):
    """Where a material comes from."""

    OWN_REGENCY = "own_regency", _("Own regency or city")
    PROVINCE = "province", _("Elsewhere in the province")
    OTHER_PROVINCE = "other_province", _("Another province")
    IMPORT = "import", _("Import")
