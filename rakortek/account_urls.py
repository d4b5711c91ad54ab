"""Log-in, log-out and the person's own account; the names are those that allauth expects."""

from allauth.account import views
from django.contrib.auth.decorators import login_not_required
from django.urls import path, re_path

from proposals.web import account, forms

confirm = views.ReauthenticateView.as_view(form_class=forms.ConfirmForm)
change = views.PasswordChangeView.as_view(form_class=forms.ChangePasswordForm)
choose_first = views.PasswordSetView.as_view(form_class=forms.SetPasswordForm)
ask = views.PasswordResetView.as_view(form_class=forms.AskForPasswordForm)
choose_new = views.PasswordResetFromKeyView.as_view(form_class=forms.NewPasswordForm)
chosen = views.password_reset_from_key_done
KEY = r"(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)"

urlpatterns = [
    path("masuk/", account.LogInView.as_view(), name="account_login"),
    path("keluar/", login_not_required(account.LogOutView.as_view()), name="account_logout"),
    path("akun/", account.profile, name="account_profile"),
    path("akun/tampilan/", account.theme, name="theme"),
    path("akun/bahasa/", account.language, name="language"),
    path("akun/daftar/", views.signup, name="account_signup"),
    path("akun/nonaktif/", views.account_inactive, name="account_inactive"),
    path("akun/periksa/", confirm, name="account_reauthenticate"),
    path("akun/sandi/", change, name="account_change_password"),
    path("akun/sandi/pertama/", choose_first, name="account_set_password"),
    path("akun/sandi/lupa/", ask, name="account_reset_password"),
    path(
        "akun/sandi/lupa/terkirim/", views.password_reset_done, name="account_reset_password_done"
    ),
    re_path(f"^akun/sandi/baru/{KEY}/$", choose_new, name="account_reset_password_from_key"),
    path("akun/sandi/baru/selesai/", chosen, name="account_reset_password_from_key_done"),
]
