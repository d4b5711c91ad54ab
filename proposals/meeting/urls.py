"""Addresses of the room."""

from django.urls import URLPattern

app_name = "meeting"
urlpatterns: list[URLPattern] = []
