"""Addresses of the room."""

from django.urls import path

from proposals.meeting.views import agenda, deciding, joints

app_name = "meeting"
urlpatterns = [
    path("", agenda.agenda, name="agenda"),
    path("keputusan/", agenda.decisions, name="decisions"),
    path("cetak/<int:pk>/", agenda.print_office, name="print_office"),
    path("usulan/<int:pk>/", deciding.decide, name="decide"),
    path("program/<int:pk>/", joints.decide_joint, name="decide_joint"),
]
