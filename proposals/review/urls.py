"""Addresses of the room."""

from django.urls import path

from proposals.review.views import acts, page, queue

app_name = "review"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("antrean.xlsx", queue.queue_xlsx, name="queue_xlsx"),
    path("tugaskan/", queue.assign, name="assign"),
    path("bandingkan/", queue.compare, name="compare"),
    path("<int:pk>/", page.proposal, name="proposal"),
    path("<int:pk>/riwayat/", page.history, name="history"),
    path("<int:pk>/gerbang/", acts.gates, name="gates"),
    path("<int:pk>/nilai/", acts.score, name="score"),
    path("<int:pk>/kembalikan/", acts.give_back, name="give_back"),
    path("<int:pk>/komentar/", acts.comment, name="comment"),
    path("<int:pk>/langkah/", acts.step, name="step"),
]
