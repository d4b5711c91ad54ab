"""Addresses of the room, below /usulan/."""

from django.urls import path

from proposals.filing.views import acts, begin, fill, own, papers, read, summary

app_name = "filing"
urlpatterns = [
    path("", own.own_list, name="own_list"),
    path("baru/", begin.new, name="new"),
    path("cetak/", own.print_list, name="print_list"),
    path("kirim/", own.send_complete, name="send_complete"),
    path("provinsi/", summary.summary, name="summary"),
    path("surat/", own.letter, name="letter"),
    path("surat/<int:pk>/", own.letter_file, name="letter_file"),
    path("dokumen/<int:pk>/", papers.paper, name="paper"),
    path("<int:pk>/", read.proposal, name="proposal"),
    path("<int:pk>/isi/", fill.fill, name="fill"),
    path("<int:pk>/dokumen/<int:document_id>/", papers.attach, name="attach"),
    path("<int:pk>/dokumen/<int:document_id>/janji/", papers.promise, name="promise"),
    path("<int:pk>/langkah/<slug:action>/", acts.act, name="act"),
    path("<int:pk>/kembalikan/", acts.return_to_officer, name="give_back"),
    path("<int:pk>/tanda-terima/", read.receipt, name="receipt"),
    path("<int:pk>/cetak/", read.print_one, name="print"),
    path("<int:pk>/riwayat/", read.history, name="history"),
    path("<int:pk>/komentar/", read.comment, name="comment"),
    path("<int:pk>/salin/", begin.copy, name="copy"),
]
