"""Addresses of the room."""

from django.urls import path

from proposals.home import views

app_name = "home"
urlpatterns = [
    path("", views.start, name="home"),
    path("publik/", views.public, name="public"),
]
