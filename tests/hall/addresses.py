"""Addresses that fail on purpose, beside those of the site."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.shortcuts import redirect, render
from django.urls import path

from rakortek import urls


class NoteForm(forms.Form):
    note = forms.CharField(label="Catatan")
    amount = forms.IntegerField(label="Nilai")


def note(request):
    form = NoteForm(request.POST or None)
    if form.is_valid():
        return redirect("account_profile")
    return render(request, "account/reauthenticate.html", {"form": form})


@login_not_required
def broken(request):
    raise RuntimeError("on purpose")


@login_not_required
def gone(request):
    raise OperationalError("the database system is shutting down")


@login_not_required
def denied(request):
    raise PermissionDenied


urlpatterns = [
    path("catatan/", note, name="note"),
    path("rusak/", broken, name="broken"),
    path("padam/", gone, name="gone"),
    path("dilarang/", denied, name="denied"),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
