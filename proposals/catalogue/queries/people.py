"""The list of people as its address asks for it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower

from proposals.catalogue.queries.lists import ALL, IN_USE, RETIRED
from proposals.models import User


def people(asked: Mapping[str, Any]) -> QuerySet[User]:
    """Return the people that the clean values of the address ask for, by name."""
    rows = User.objects.select_related("office__region", "division")
    if words := asked.get("q"):
        rows = rows.filter(Q(full_name__icontains=words) | Q(email__icontains=words))
    state = asked.get("state") or IN_USE
    if state != ALL:
        rows = rows.filter(is_active=state != RETIRED)
    for name in ("role", "office"):
        if asked.get(name):
            rows = rows.filter(**{name: asked[name]})
    return rows.order_by(Lower("full_name"), F("pk"))
