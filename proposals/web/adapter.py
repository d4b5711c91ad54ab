"""What the log-in of this house does differently: no sign-up, one error text, one query."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from proposals.models import Notice, User

QUIET = ("account/messages/logged_in.txt", "account/messages/logged_out.txt")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # untyped package
    """Nobody signs up; an admin makes accounts, and one text answers every wrong log-in."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The e-mail address and the password do not match."),
        "too_many_login_attempts": _(
            "Too many attempts. Wait five minutes, then try again or ask for a new password."
        ),
        "incorrect_password": _("This is not your present password."),
        "enter_current_password": _("This is not your present password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's interface
        """Answer "closed" to everybody."""
        return False

    def format_email_subject(self, subject: str) -> str:
        """Begin every letter with the name of the site, not with its host."""
        return f"Rakortek: {subject}"

    def set_password(self, user: User, password: str) -> None:
        """Set a password of one's own: the one-time password is then done with."""
        user.must_change_password = False
        super().set_password(user, password)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """Say nothing about logging in and out: the page that follows says it."""
        if message_template not in QUIET:
            super().add_message(request, level, message_template, *args, **kwargs)


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]  # untyped package
    """Log in by e-mail; load the person with what every page shows: office, region, the bell."""

    def get_user(self, user_id: Any) -> User | None:
        """Return the person of a session in one query, or nothing where deactivated."""
        unread = Notice.objects.unread().filter(recipient=OuterRef("pk")).order_by()
        counted = unread.values("recipient").annotate(n=Count("pk")).values("n")
        people = User.objects.select_related("office__region")
        counting = people.annotate(unread=Coalesce(Subquery(counted), 0))
        user = counting.filter(pk=user_id).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        user.unread_notices = user.unread
        return user
