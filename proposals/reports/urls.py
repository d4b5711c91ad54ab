"""Addresses of the room."""

from django.urls import path

from proposals.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("kantor/", views.board, name="board"),
    path("cetak/", views.print_recap, name="print_recap"),
    path("unduh/rekap.xlsx", views.download_xlsx, name="download_xlsx"),
    path("unduh/kantor.xlsx", views.board_xlsx, name="board_xlsx"),
    path("unduh/<slug:name>.csv", views.download_csv, name="download_csv"),
]
