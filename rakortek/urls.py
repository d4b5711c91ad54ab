"""Every address of the site; all are closed by default (ClosedByDefaultMiddleware)."""

from django.urls import include, path

from proposals.home import health

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("", include("rakortek.account_urls")),
    path("", include("proposals.home.urls")),
    path("usulan/", include("proposals.filing.urls")),
    path("telaah/", include("proposals.review.urls")),
    path("", include("proposals.harmonisation.urls")),  # harmonisasi/ and program-bersama/
    path("rapat/", include("proposals.meeting.urls")),
    path("prioritas/", include("proposals.priorities.urls")),
    path("laporan/", include("proposals.reports.urls")),
    path("daftar/", include("proposals.catalogue.urls")),
]

handler400 = "proposals.web.failures.bad_request"
handler403 = "proposals.web.failures.permission_denied"
handler404 = "proposals.web.failures.page_not_found"
handler500 = "proposals.web.failures.server_error"
