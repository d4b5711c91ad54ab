"""What the pages of this room have in common: who comes in, and how a refusal is answered."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.forms import BaseForm
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from proposals import access, web
from proposals.harmonisation import actions
from proposals.harmonisation.forms.shares import AmountsForm
from proposals.harmonisation.queries import groups
from proposals.harmonisation.queries.members import members_of
from proposals.models import JointProgramme, OverlapPair, User
from proposals.refused import Refused

DONE = 0
OK = 200


def only_comparing(user: User) -> None:
    """Let in those who compare: the roles that read scores."""
    if not access.sees_scores(user):
        raise Http404


def programme_for(user: User, pk: int) -> JointProgramme:
    """Fetch a programme that this person may read; a stranger gets 404."""
    return get_object_or_404(groups.for_page(user), pk=pk)


def group_for(user: User, pk: int) -> JointProgramme:
    """Fetch a programme for somebody who compares."""
    only_comparing(user)
    return programme_for(user, pk)


def board_at(**where: object) -> str:
    """Return the address of the board with something chosen on it."""
    return f"{reverse('harmonisation:board')}?{urlencode(where)}"


def pair_at(pair: OverlapPair) -> str:
    """Return the address of a pair."""
    return reverse("harmonisation:pair", args=[pair.pk])


def saved(form: AmountsForm, user: User, do: str) -> tuple[AmountsForm, int]:
    """Save a form of amounts, or only count or split them; return the form to show and a status.

    The status is 0 once it is saved. After a conflict the form says what stands in the rows now.
    """
    is_valid = form.is_valid()
    if do == "count":
        return form, OK
    if do == "split":
        return form.split(), OK
    if is_closed(form, form.joint, user) or not is_valid:
        return form, web.UNPROCESSABLE
    status = carried(
        form,
        actions.save_programme,
        joint=form.joint,
        by=user,
        row_version=form.version,
        values=form.values(),
        shares=form.given(),
    )
    if status == web.CONFLICT:
        joint = programme_for(user, form.joint.pk)
        form = form.again(form.sent, joint, members_of(joint))
        form.mark_conflict()
    return form, status


def is_closed(form: BaseForm, joint: JointProgramme, user: User) -> bool:
    """Say on the form why the programme changes no more, before its fields are asked again."""
    form.is_valid()
    reasons = actions.why_not(joint, user)
    for reason in reasons:
        form.add_error(None, reason)
    return bool(reasons)


def carried(form: BaseForm, function: Callable[..., object], **given: Any) -> int:
    """Call the action; return 0, or the status of the answer with every reason on the form."""
    try:
        function(**given)
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason)
        is_stale = isinstance(refusal, actions.Stale)
        return web.CONFLICT if is_stale else web.UNPROCESSABLE
    return DONE
