"""Words for columns that hold a code of the reference files."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = dict[str, Promise]

SCALES: Words = {
    "any": _("any scale"),
    "small": _("small"),
    "small-medium": _("small to medium"),
    "medium": _("medium"),
    "medium-large": _("medium to large"),
    "large": _("large"),
}
PRESENCE: Words = {
    "yes": _("present"),
    "partial": _("present in part"),
    "planned": _("planned"),
    "not_known": _("not known"),
}
FAMILIES: Words = {
    "sdm": _("People and skills"),
    "standardisasi": _("Standards and certificates"),
    "sarana": _("Facilities and machines"),
    "rantai_pasok": _("Supply chain"),
    "inovasi": _("Innovation"),
    "pemasaran": _("Marketing"),
    "investasi": _("Investment"),
    "perencanaan": _("Planning"),
    "kewilayahan": _("Industrial areas"),
    "data": _("Industry information"),
    "pembiayaan": _("Financing"),
}
GROUPS: Words = {
    "gate": _("Gate"),
    "strategi": _("Strategy"),
    "bahan_baku": _("Raw material"),
    "tenaga_kerja": _("Labour"),
    "manfaat": _("Benefit"),
    "efisiensi": _("Efficiency"),
    "kesiapan": _("Readiness"),
    "keberlanjutan": _("Sustainability"),
}
CODE_KINDS: Words = {
    "kbli_division": _("KBLI division"),
    "ripin_group": _("RIPIN group"),
}
SCOPES: Words = {
    "core": _("in force"),
    "later_edition": _("later edition"),
    "neighbour": _("neighbouring affair"),
}
