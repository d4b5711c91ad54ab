"""Addresses of the room."""

from django.urls import path

from proposals.priorities.views import balance, flagging, industry, ranking, scale, statistics

app_name = "priorities"
urlpatterns = [
    path("", scale.scale, name="scale"),
    path("cetak/", scale.print_scale, name="print_scale"),
    path("versi/", scale.versions, name="versions"),
    path("versi/<int:pk>/riwayat/", scale.history, name="history"),
    path("bobot/", scale.draft, name="scale_draft"),
    path("bobot/<slug:act>/", scale.step, name="step"),
    path("nilai/<int:pk>/", scale.points, name="points"),
    path("tetapkan/", flagging.flags, name="flags"),
    path("penjelasan/<slug:kind>/<int:pk>/", scale.explanation, name="explanation"),
    path("neraca/", balance.balance, name="balance"),
    path("neraca/<int:pk>/", balance.commodity, name="commodity"),
    path("neraca/impor/", statistics.statistics, name="statistics"),
    path("neraca/impor/<slug:kind>.csv", statistics.template, name="statistics_template"),
    path("pohon/", industry.trees, name="trees"),
    path("nilai-tambah/", industry.added_value, name="added_value"),
    path("investasi/<int:pk>/", industry.investment, name="investment"),
    path("potensi/", balance.potential, name="potential"),
    path("usulan/", ranking.ranked, name="ranked"),
    path("usulan/banding/", ranking.compare, name="compare"),
    path("usulan/skenario/", ranking.keep, name="scenario_keep"),
    path("usulan/skenario/<int:pk>/hapus/", ranking.let_go, name="scenario_remove"),
    path("usulan/<int:pk>/", ranking.explained, name="explained"),
]
