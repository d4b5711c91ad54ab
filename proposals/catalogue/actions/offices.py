"""Offices: names, who may send, and offices beside the industry offices and planning agencies."""

from typing import Any

from django.db import transaction
from django.utils.translation import ngettext

from proposals.enums import OfficeKind
from proposals.keeping import database, versions
from proposals.models import Office, User
from proposals.refused import Refused


@transaction.atomic
def add_office(**values: Any) -> Office:
    """Add an office of the kind "other"; the others come with their regions."""
    with database.in_words():
        return Office.objects.create(kind=OfficeKind.OTHER, **values)


@transaction.atomic
def change_office(office: Office, version: int, **values: Any) -> bool:
    """Rename an office, say whether its officers may send, or hang it under another one."""
    row = versions.locked(office, version)
    with database.in_words():
        return versions.save(row, **values)


@transaction.atomic
def set_retired(office: Office, version: int, *, is_retired: bool) -> bool:
    """Retire an office in which nobody works any more, or bring it back."""
    row = versions.locked_once(office, version, is_retired=is_retired)
    people = User.objects.filter(office=row, is_active=True).count()
    if is_retired and people:
        reason = ngettext(
            "%(people)s active person works here. Move or close that account first.",
            "%(people)s active people work here. Move or close those accounts first.",
            people,
        )
        raise Refused([reason % {"people": people}])
    return versions.save(row, is_retired=is_retired)
