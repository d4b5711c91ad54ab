"""Addresses of the room."""

from django.urls import URLPattern

app_name = "harmonisation"
urlpatterns: list[URLPattern] = []
