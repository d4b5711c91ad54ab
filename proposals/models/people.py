"""Regions, offices and the people who work in them."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from proposals.enums import Language, OfficeKind, RegionKind, Role, Theme
from proposals.models.history import tracked
from proposals.models.listed import Listed, Sourced


@tracked()
class Region(Sourced):
    """A province, regency or city; ``tile_col`` and ``tile_row`` place it on the tile map."""

    code = models.CharField(_("code"), max_length=10, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=RegionKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    name = models.CharField(_("name"), max_length=100)
    short_name = models.CharField(_("short name"), max_length=60)
    abbreviation = models.CharField(_("abbreviation"), max_length=10, blank=True)
    capital = models.CharField(_("capital"), max_length=60, blank=True)
    tile_col = models.PositiveSmallIntegerField(null=True, blank=True)
    tile_row = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(
                name="region_province_has_no_parent",
                condition=Q(kind=RegionKind.PROVINCE, parent__isnull=True)
                | (~Q(kind=RegionKind.PROVINCE) & Q(parent__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_province(self) -> bool:
        """Tell whether this is the province itself."""
        return self.kind == RegionKind.PROVINCE


@tracked()
class RegionNeighbour(models.Model):
    """A border between two regions, one row for each direction."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="borders")
    neighbour = models.ForeignKey(Region, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("region", "neighbour"), name="region_neighbour_once"),
            models.CheckConstraint(
                name="region_is_not_its_own_neighbour", condition=~Q(region=models.F("neighbour"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_id}-{self.neighbour_id}"


@tracked()
class District(Sourced):
    """A district (kecamatan) of a regency or city."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="districts")
    name = models.CharField(_("name"), max_length=100)
    is_retired = models.BooleanField(_("retired"), default=False)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


@tracked()
class Division(Listed):
    """A unit of the provincial office; proposals are routed to it by sub-activity."""

    class Meta:
        ordering = ("key",)


@tracked()
class Office(models.Model):
    """An office that files, checks or reads proposals."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="offices")
    kind = models.CharField(_("kind"), max_length=10, choices=OfficeKind)
    name = models.CharField(_("name"), max_length=200)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    officers_may_send = models.BooleanField(_("officers may send"), default=False)
    is_retired = models.BooleanField(_("retired"), default=False)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("region__code", "kind", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("region", "kind"),
                name="office_once_per_region_and_kind",
                condition=~Q(kind=OfficeKind.OTHER),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes people; the e-mail address is the name they log in with."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a person; without a password nobody can log in as that person."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


@tracked(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """A person with one role, in one office (observers may have none)."""

    email = models.EmailField(_("e-mail address"), unique=True)
    full_name = models.CharField(_("full name"), max_length=150)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="people")
    division = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="people"
    )
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.ID)
    theme = models.CharField(_("theme"), max_length=5, choices=Theme, default=Theme.AUTO)
    uses_shortcuts = models.BooleanField(_("keyboard shortcuts"), default=True)
    must_change_password = models.BooleanField(default=False)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    objects = UserManager()
    unread_notices = 0  # what the bell shows: counted where a session's person is loaded

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        ordering = ("full_name", "pk")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once_in_any_case"),
            models.CheckConstraint(name="user_role_is_known", condition=Q(role__in=Role.values)),
            models.CheckConstraint(
                name="user_has_an_office_unless_observer",
                condition=Q(role=Role.OBSERVER) | Q(office__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        """Return the name shown beside what the person did."""
        return self.full_name

    def get_short_name(self) -> str:
        """Return the first word of the name."""
        return self.full_name.split(" ")[0]
