"""Addresses of the room."""

from django.urls import URLPattern

app_name = "home"
urlpatterns: list[URLPattern] = []
