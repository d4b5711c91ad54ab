"""People: making an account, moving it, closing it, and one-time passwords.

The rule of roles and offices is the one of the trigger ``rk_user_office``: :func:`hindrance`
says it in words for the person, the database refuses the same.
"""

from typing import TypedDict, Unpack

import pghistory
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from proposals import notices
from proposals.access import PROVINCE_ROLES
from proposals.enums import Language, OfficeKind, Role
from proposals.keeping import versions
from proposals.models import Division, Office, User
from proposals.refused import Refused

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""No sign that is easily read as another: neither i, l, o nor 0, 1."""
PASSWORD_LENGTH = 16


class Post(TypedDict):
    """Where a person works and as what."""

    role: str
    office: Office | None
    division: Division | None


def hindrance(*, role: str, office: Office | None, division: Division | None = None) -> str:
    """Return why nobody can have this role in this office, or an empty text."""
    if office is None:
        return "" if role == Role.OBSERVER else _("Only an observer has no office. Choose one.")
    is_industry = office.kind == OfficeKind.INDUSTRY
    is_provincial = is_industry and office.region.is_province
    wrong = {
        _("This role belongs to the provincial industry office."): (
            role in PROVINCE_ROLES and not is_provincial
        ),
        _("A head of office belongs to the industry office of a regency or city."): (
            role == Role.HEAD and (is_provincial or not is_industry)
        ),
        _("An officer belongs to an industry office."): role == Role.OFFICER and not is_industry,
        _("This role belongs to a planning agency (Bappeda)."): (
            role == Role.BAPPEDA and office.kind != OfficeKind.PLANNING
        ),
        _("Only the provincial industry office has divisions. Leave the division empty."): (
            division is not None and not is_provincial
        ),
    }
    return next((reason for reason, is_wrong in wrong.items() if is_wrong), "")


def one_time_password(nonce: str) -> str:
    """Return the password that belongs to a random word, so that only the word is ever kept."""
    digest = salted_hmac("rakortek.one_time_password", nonce, algorithm="sha256").digest()
    signs = [LETTERS[byte % len(LETTERS)] for byte in digest[:PASSWORD_LENGTH]]
    return "-".join("".join(signs[at : at + 4]) for at in range(0, PASSWORD_LENGTH, 4))


@transaction.atomic
def create_person(
    *,
    email: str,
    full_name: str,
    password: str | None,
    must_change_password: bool = True,
    language: str = Language.ID,
    **post: Unpack[Post],
) -> User:
    """Make an account with its verified e-mail address; without a password nobody can log in."""
    if reason := hindrance(**post):
        raise Refused([reason])
    try:
        with transaction.atomic():
            person = User.objects.create_user(
                email,
                password,
                full_name=full_name,
                language=language,
                must_change_password=must_change_password,
                **post,
            )
    except IntegrityError as error:
        raise Refused([_("Somebody with this e-mail address exists already.")]) from error
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    notices.invited(person)
    return person


@transaction.atomic
def change_person(
    person: User,
    version: int,
    *,
    by: User,
    email: str,
    full_name: str,
    language: str = "",
    **post: Unpack[Post],
) -> bool:
    """Rename a person or move to another office or role; tell whether anything changed."""
    admins = _locked_admins()
    row = versions.locked(person, version)
    if reason := hindrance(**post):
        raise Refused([reason])
    if row.role == Role.ADMIN and post["role"] != Role.ADMIN:
        _keep_an_admin(row, admins, by)
    email = User.objects.normalize_email(email).lower()
    if User.objects.filter(email__iexact=email).exclude(pk=row.pk).exists():
        raise Refused([_("Somebody with this e-mail address exists already.")])
    if email != row.email:
        EmailAddress.objects.filter(user=row).delete()
        EmailAddress.objects.create(user=row, email=email, verified=True, primary=True)
    changed = versions.save(
        row, email=email, full_name=full_name, language=language or row.language, **post
    )
    notices.close_lost(recipient=row)
    return changed


@transaction.atomic
def set_active(person: User, *, by: User, is_active: bool) -> bool:
    """Close or open an account; who is logged in with a closed one is out at the next page."""
    admins = _locked_admins()
    row = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if row.role == Role.ADMIN and not is_active:
        _keep_an_admin(row, admins, by)
    return versions.save(row, is_active=is_active)


@transaction.atomic
def renew_password(person: User, password: str) -> None:
    """Give a new one-time password; whoever is logged in as this person is out."""
    row = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if not row.is_active:
        raise Refused([_("This account is closed. Open it before giving a new password.")])
    row.set_password(password)
    row.must_change_password = True
    row.row_version += 1
    with pghistory.context(reason=_("New one-time password")):
        row.save(update_fields=["password", "must_change_password", "row_version"])


def _locked_admins() -> set[int]:
    """Lock every active admin, so that two of them cannot remove each other at once."""
    rows = User.objects.select_for_update(of=("self",)).order_by("pk")
    return set(rows.filter(role=Role.ADMIN, is_active=True).values_list("pk", flat=True))


def _keep_an_admin(person: User, admins: set[int], by: User) -> None:
    if person.pk == by.pk:
        raise Refused([_("You cannot take away your own rights. Ask another admin.")])
    if admins == {person.pk}:
        raise Refused([_("This is the last active admin. Make another one first.")])
