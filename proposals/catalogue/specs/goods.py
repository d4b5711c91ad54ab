"""Lists of what proposals choose from: goods, codes, kinds of activity, money."""

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from proposals.catalogue.specs import words
from proposals.catalogue.specs.shape import ListSpec, Values
from proposals.models import (
    Commodity,
    DerivativeStage,
    FlagStage,
    FundingSource,
    IndustryCode,
    InterventionFunding,
    InterventionNomenclature,
    InterventionType,
    Nomenclature,
    PriorityFlag,
    Sector,
    SectorCode,
)

NAMES = ("name_id", "name_en")
RESTS_ON = ("source", "certainty")


def stage_key(values: Values) -> str:
    """Return the key of a new stage: its tree and its name."""
    return slugify(f"{values['tree']} {values['name_id']}")


def tree_of(values: Values) -> Values:
    """Give a stage the code of its tree: that of the tree's other stages, or a new one."""
    name = values["tree_name_id"]
    known = DerivativeStage.objects.filter(tree_name_id__iexact=name).order_by("pk").first()
    tree = known.tree if known else slugify(name).upper()[:20]
    return values | {"tree": tree, "tree_name_id": known.tree_name_id if known else name}


SECTORS = ListSpec(
    name="sectors",
    one="sector",
    path="sektor",
    model=Sector,
    title=_("Sectors"),
    lead=_("Groups of industries around a raw material: what is flagged, capped and scored."),
    add=_("Add a sector"),
    fields=(*NAMES, "relevance", *RESTS_ON),
    used_in="sector",
    children=(SectorCode, PriorityFlag, (FlagStage, "flag__sector")),
)
COMMODITIES = ListSpec(
    name="commodities",
    one="commodity",
    path="komoditas",
    model=Commodity,
    title=_("Commodities"),
    lead=_("Raw and auxiliary materials, intermediate goods and products."),
    add=_("Add a commodity"),
    columns=("kind", "sector", "unit", "balance_status"),
    fields=(
        *NAMES,
        *("local_name", "kind", "unit", "sector", "balance_status"),
        *("is_raw_export_discouraged", "export_note"),
        *RESTS_ON,
    ),
    searched=("local_name",),
    filters=("kind", "sector", "balance_status"),
    loads=("sector",),
    used_in="commodity_uses__commodity",
    children=(PriorityFlag, (FlagStage, "flag__commodity")),
)
STAGES = ListSpec(
    name="stages",
    one="stage",
    path="pohon-industri",
    model=DerivativeStage,
    title=_("Industry trees"),
    lead=_("Products made from a raw material, stage by stage."),
    add=_("Add a stage"),
    columns=("tree_name_id", "stage", "sector", "kbli_5", "present_in_kalsel"),
    fields=(
        *NAMES,
        *("tree_name_id", "stage", "parent", "upstream_commodity", "product_commodity"),
        *("sector", "kbli_5", "scale", "typical_yield", "present_in_kalsel"),
        *RESTS_ON,
    ),
    searched=("tree_name_id", "kbli_5"),
    filters=("stage", "sector", "scale", "present_in_kalsel"),
    order=("tree", "key"),
    loads=("sector", "parent", "upstream_commodity", "product_commodity"),
    used_in="commodity_uses__stage",
    helps={
        "tree_name_id": _("Type the name of a tree that is there, or a new one."),
        "parent": _("The stage this product is made from, in the same tree."),
    },
    words={"scale": words.SCALES, "present_in_kalsel": words.PRESENCE},
    key_of=stage_key,
    complete=tree_of,
)
NOMENCLATURE = ListSpec(
    name="nomenclature",
    one="nomenclature_code",
    path="nomenklatur",
    model=Nomenclature,
    title=_("Nomenclature"),
    lead=_("Codes of the national list; a proposal keeps the edition it was written with."),
    columns=("level", "depth", "edition", "division"),
    fields=(*NAMES, "division", *RESTS_ON),
    searched=("code",),
    filters=("level", "depth", "edition", "division"),
    order=("code", "edition"),
    loads=("division",),
    used_in="nomenclature",
    code="code",
    helps={"division": _("Proposals with this code go to this division.")},
    words={"scope": words.SCOPES},
)
INTERVENTIONS = ListSpec(
    name="interventions",
    one="intervention",
    path="jenis-kegiatan",
    model=InterventionType,
    title=_("Kinds of activity"),
    lead=_("They decide which papers are asked, the cost band, and whether money is needed."),
    add=_("Add a kind of activity"),
    columns=("family", "unit_cost_low_rp", "unit_cost_high_rp", "cost_basis", "supply_effect"),
    fields=(
        *NAMES,
        *("family", "typical_outputs", "typical_units"),
        *("unit_cost_low_rp", "unit_cost_high_rp", "cost_basis"),
        *("needs_budget", "supply_effect", "usual_nomenclature", "usual_funding", "note"),
        *RESTS_ON,
    ),
    links=("usual_nomenclature", "usual_funding"),
    filters=("family", "supply_effect"),
    used_in="intervention",
    children=(InterventionNomenclature, InterventionFunding),
    helps={
        "unit_cost_low_rp": _("Both ends empty: no band, the unit cost is not compared."),
        "needs_budget": _("Without this, Rp 0 is a proper amount."),
    },
    words={"family": words.FAMILIES},
)
FUNDING = ListSpec(
    name="funding",
    one="funding_source",
    path="sumber-dana",
    model=FundingSource,
    title=_("Sources of money"),
    lead=_("The purse and ceiling that an amount counts against."),
    add=_("Add a source of money"),
    columns=("level", "holder", "decided_by", "is_regional_purse"),
    fields=(
        *NAMES,
        *("level", "holder", "decided_by", "planning_system"),
        *("can_pay_for", "cannot_pay_for", "is_regional_purse"),
        *RESTS_ON,
    ),
    searched=("holder",),
    filters=("level",),
    used_in="funding_source",
    helps={
        "is_regional_purse": _(
            "Money the region gives up when another pays in a joint programme: its head must"
            " consent first."
        )
    },
)
CODES = ListSpec(
    name="industry_codes",
    one="industry_code",
    path="kode-industri",
    model=IndustryCode,
    title=_("Industry codes"),
    short=_("Codes"),
    lead=_("KBLI divisions and RIPIN groups: reference of a sector, never flagged themselves."),
    columns=("kind",),
    fields=(*NAMES, "sectors", *RESTS_ON),
    links=("sectors",),
    searched=("code",),
    filters=("kind",),
    order=("kind", "code"),
    code="code",
    words={"kind": words.CODE_KINDS},
    children=(SectorCode,),
)
