"""Addresses of the room."""

from django.urls import path

from proposals.home import bell, views

app_name = "home"
urlpatterns = [
    path("", views.start, name="home"),
    path("publik/", views.public, name="public"),
    path("akun/pemberitahuan/", bell.notices, name="notices"),
    path("akun/pemberitahuan/pilihan/", bell.letter_choices, name="letter_choices"),
    path("akun/pemberitahuan/semua-dibaca/", bell.read_all, name="read_all_notices"),
    path("akun/pemberitahuan/<int:pk>/", bell.notice, name="notice"),
]
