"""Addresses of the room."""

from django.urls import path

from proposals.review.views import queue

app_name = "review"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("antrean.xlsx", queue.queue_xlsx, name="queue_xlsx"),
    path("tugaskan/", queue.assign, name="assign"),
    path("bandingkan/", queue.compare, name="compare"),
]
