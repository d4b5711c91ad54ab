"""Shared columns of the reference lists: stable key, two names, retired instead of deleted."""

from typing import Self, TypeVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from proposals.enums import Certainty

Row = TypeVar("Row", bound="Listed")


class ListedQuerySet(models.QuerySet[Row]):
    """Rows of a reference list."""

    def in_use(self) -> Self:
        """Keep the rows that may be chosen anew."""
        return self.filter(is_retired=False)


class Sourced(models.Model):
    """What a row rests on; illustrative rows are never shown as fact."""

    source = models.CharField(_("source"), max_length=300, blank=True)
    certainty = models.CharField(
        _("certainty"), max_length=20, choices=Certainty, default=Certainty.CERTAIN
    )

    class Meta:
        abstract = True

    @property
    def is_example(self) -> bool:
        """Tell whether the row was made up to show the product."""
        return self.certainty == Certainty.ILLUSTRATIVE


class Listed(Sourced):
    """A row of a reference list; ``name`` speaks the language of the screen."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    name_id = models.CharField(_("Indonesian name"), max_length=300)
    name_en = models.CharField(_("English name"), max_length=300, blank=True)
    is_retired = models.BooleanField(_("retired"), default=False)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Return the name in the person's language, Indonesian where English is missing."""
        if get_language() == "en" and self.name_en:
            return self.name_en
        return self.name_id
