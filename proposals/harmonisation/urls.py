"""Addresses of the room: groups at harmonisasi/, joint programmes at program-bersama/."""

from django.urls import path

from proposals.harmonisation import views

app_name = "harmonisation"
urlpatterns = [
    path("harmonisasi/", views.board, name="board"),
    path("harmonisasi/banding/", views.compare, name="compare"),
    path("harmonisasi/baru/", views.new_group, name="new_group"),
    path("harmonisasi/mirip/<int:pk>/", views.pair, name="pair"),
    path("harmonisasi/mirip/<int:pk>/riwayat/", views.pair_history, name="pair_history"),
    path("harmonisasi/<int:pk>/", views.group, name="group"),
    path("program-bersama/", views.programmes, name="programmes"),
    path("program-bersama/persetujuan/<int:pk>/", views.consent, name="consent"),
    path("program-bersama/<int:pk>/", views.programme, name="programme"),
    path("program-bersama/<int:pk>/ubah/", views.edit, name="edit"),
    path("program-bersama/<int:pk>/bagian/", views.shares, name="shares"),
    path("program-bersama/<int:pk>/tambah/", views.add, name="add"),
    path("program-bersama/<int:pk>/lepas/<int:share>/", views.remove, name="remove"),
    path("program-bersama/<int:pk>/langkah/<slug:step>/", views.act, name="act"),
    path("program-bersama/<int:pk>/riwayat/", views.history, name="history"),
]
