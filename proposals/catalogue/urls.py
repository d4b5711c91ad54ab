"""Addresses of the room: every list is made from its row in ``specs``."""

from django.urls import URLPattern, path

from proposals.catalogue.specs import SPECS, ListSpec, goods
from proposals.catalogue.views import ceilings, flags, letters, lists, offices, people, years

app_name = "catalogue"


def of_list(spec: ListSpec) -> list[URLPattern]:
    """Return the addresses of one list."""
    own = {"spec": spec}
    table = flags.sectors if spec is goods.SECTORS else lists.list_page
    patterns = [
        path(f"{spec.path}/", table, {} if spec is goods.SECTORS else own, name=spec.name),
        path(f"{spec.path}/<int:pk>/", lists.row_page, own, name=spec.one),
        path(f"{spec.path}/<int:pk>/pensiun/", lists.retire_row, own, name=f"{spec.one}_retire"),
        path(f"{spec.path}/<int:pk>/riwayat/", lists.row_history, own, name=f"{spec.one}_history"),
    ]
    if spec.add:
        patterns.append(path(f"{spec.path}/baru/", lists.new_row, own, name=f"{spec.one}_new"))
    return patterns


def of_flags(spec: ListSpec) -> list[URLPattern]:
    """Return the addresses of the flags of sectors, or of commodities."""
    own, base = {"spec": spec}, f"{spec.path}/<int:pk>/tanda"
    return [
        path(f"{base}/", flags.set_flag, own, name=f"{spec.one}_flag"),
        path(f"{base}/lepas/", flags.remove_flag, own, name=f"{spec.one}_unflag"),
        path(f"{spec.path}/tanda/<int:pk>/", flags.move_flag, own, name=f"{spec.one}_rank"),
    ]


urlpatterns: list[URLPattern] = [
    path("", lists.index, name="index"),
    *(pattern for spec in SPECS for pattern in of_list(spec)),
    *of_flags(goods.SECTORS),
    *of_flags(goods.COMMODITIES),
    path("kriteria/versi-baru/", lists.new_criteria_version, name="criteria_version"),
    path("daerah/", lists.regions, name="regions"),
    path("orang/", people.people, name="people"),
    path("orang/baru/", people.person_new, name="person_new"),
    path("orang/<int:pk>/", people.person, name="person"),
    path("orang/<int:pk>/aktif/", people.person_active, name="person_active"),
    path("orang/<int:pk>/sandi/", people.person_password, name="person_password"),
    path("orang/<int:pk>/riwayat/", people.person_history, name="person_history"),
    path("surel/", letters.letters, name="letters"),
    path("surel/<int:pk>/", letters.letter, name="letter"),
    path("surel/<int:pk>/lagi/", letters.letter_again, name="letter_again"),
    path("surel/<int:pk>/riwayat/", letters.letter_history, name="letter_history"),
    path("kantor/", offices.offices, name="offices"),
    path("kantor/baru/", offices.office_new, name="office_new"),
    path("kantor/<int:pk>/", offices.office, name="office"),
    path("kantor/<int:pk>/pensiun/", offices.office_retire, name="office_retire"),
    path("kantor/<int:pk>/riwayat/", offices.office_history, name="office_history"),
    path("tahun/", years.years, name="years"),
    path("tahun/baru/", years.year_new, name="year_new"),
    path("tahun/<int:pk>/", years.year, name="year"),
    path("tahun/<int:pk>/status/<slug:state>/", years.year_state, name="year_state"),
    path("tahun/<int:pk>/riwayat/", years.year_history, name="year_history"),
    path("tahun/<int:pk>/kantor/<int:office_year>/", years.office_year, name="office_year"),
    path("tahun/<int:pk>/pagu/", ceilings.ceilings, name="ceilings"),
    path("tahun/<int:pk>/pagu/baru/", ceilings.ceiling_new, name="ceiling_new"),
    path("tahun/<int:pk>/pagu/<int:ceiling>/", ceilings.ceiling, name="ceiling"),
    path(
        "tahun/<int:pk>/pagu/<int:ceiling>/hapus/", ceilings.ceiling_remove, name="ceiling_remove"
    ),
]
