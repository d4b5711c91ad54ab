"""The log-ins of the demo: those that really work with the demo's password."""

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.hashers import check_password

from proposals.enums import Role
from proposals.models import User


def lines() -> Iterator[str]:
    """Yield one line a person: role, e-mail address, password, office."""
    order = list(Role)
    people = User.objects.filter(is_active=True).select_related("office")
    known: dict[str, bool] = {}
    for user in sorted(
        people, key=lambda one: (order.index(Role(one.role)), one.office_id or 0, one.pk)
    ):
        if user.password not in known:
            known[user.password] = check_password(settings.DEMO_PASSWORD, user.password)
        if known[user.password]:
            office = user.office.name if user.office else "-"
            yield f"{user.role:<14}  {user.email:<44}  {settings.DEMO_PASSWORD}  {office}"
