"""A page with everything that the three scripts work on, and addresses to send it to."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path

from rakortek import urls

PAGE = """{% extends "base.html" %}{% load rakortek %}
{% block title %}Uji{% endblock %}{% block heading %}Uji{% endblock %}
{% block actions %}
<button type="button" class="btn btn-sm" data-shortcuts>Pintasan <kbd>?</kbd></button>
{% endblock %}
{% block content %}
<form role="search"><label for="q">Cari</label><input id="q" name="q" data-key="/"></form>
<form id="rows" data-select method="post" action="/uji/baris/">{% csrf_token %}
<label><input type="checkbox" data-select-all hidden> Semua</label>
<table><tbody>{% for n in "123" %}<tr data-row>
<td><input type="checkbox" name="pilih" value="{{ n }}" data-select-row data-rp="{{ n }}500000000"
 aria-label="Pilih {{ n }}"></td>
<td><a href="/uji/?baris={{ n }}">Usulan {{ n }}</a></td></tr>{% endfor %}</tbody></table>
<div class="rk-massal" data-select-bar>
<output data-select-count data-one="1 dipilih" data-many="{n} dipilih"></output>
<output data-select-sum></output><button data-key="g">Gabung <kbd>g</kbd></button></div>
</form>
<form id="note" novalidate method="post" action="/uji/catatan/" data-keep="note-7">
{% csrf_token %}{% include "parts/_error_summary.html" %}
{{ form.note.label_tag }}{{ form.note }}{{ form.urgent.label_tag }}{{ form.urgent }}
<button type="button" hx-post="/uji/bagian/" hx-target="#part" hx-include="closest form"
 data-keep-saves>Bagian</button><p id="part"></p>
<button data-key="ctrl+enter">Simpan <kbd>Ctrl</kbd><kbd>Enter</kbd></button></form>
{% endblock %}"""


class NoteForm(forms.Form):
    note = forms.CharField(label="Catatan", min_length=3, widget=forms.Textarea, label_suffix="")
    urgent = forms.BooleanField(label="Mendesak", required=False, label_suffix="")


def show(request, form=None, status=200):
    page = engines["django"].from_string(PAGE)
    return HttpResponse(page.render({"form": form or NoteForm()}, request), status=status)


def rows(request):
    messages.success(request, "Digabung: " + ", ".join(request.POST.getlist("pilih")))
    return redirect("scripted")


def note(request):
    form = NoteForm(request.POST)
    if not form.is_valid():
        return show(request, form, status=422)
    messages.success(request, f"Tersimpan: {form.cleaned_data['note']}")
    return redirect("scripted")


def part(request):
    if request.POST["note"] == "rusak":
        return HttpResponse(status=503)
    return HttpResponse("Sudah disimpan")


urlpatterns = [
    path("uji/bagian/", part),
    path("uji/", show, name="scripted"),
    path("uji/baris/", rows),
    path("uji/catatan/", note),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
