"""Log-in, log-out and the person's own account; the names are those that allauth expects."""

from allauth.account import views
from django.contrib.auth.decorators import login_not_required
from django.urls import path, re_path

from proposals.web import account

urlpatterns = [
    path("masuk/", account.LogInView.as_view(), name="account_login"),
    path("keluar/", login_not_required(account.LogOutView.as_view()), name="account_logout"),
    path("akun/", account.profile, name="account_profile"),
    path("akun/tampilan/", account.theme, name="theme"),
    path("akun/bahasa/", account.language, name="language"),
    path("akun/daftar/", views.signup, name="account_signup"),
    path("akun/nonaktif/", views.account_inactive, name="account_inactive"),
    path("akun/periksa/", views.reauthenticate, name="account_reauthenticate"),
    path("akun/sandi/", views.password_change, name="account_change_password"),
    path("akun/sandi/pertama/", views.password_set, name="account_set_password"),
    path("akun/sandi/lupa/", views.password_reset, name="account_reset_password"),
    path(
        "akun/sandi/lupa/terkirim/", views.password_reset_done, name="account_reset_password_done"
    ),
    re_path(
        r"^akun/sandi/baru/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "akun/sandi/baru/selesai/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
