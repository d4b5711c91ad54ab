"""The words of the field, by which the search tells that two titles name the same thing."""

from django.utils.translation import gettext_lazy as _

from proposals.catalogue.specs.goods import RESTS_ON
from proposals.catalogue.specs.shape import ListSpec
from proposals.models import Synonym

SYNONYMS = ListSpec(
    name="synonyms",
    one="synonym",
    path="sinonim",
    model=Synonym,
    title=_("Synonyms"),
    lead=_("Words that mean the same in titles. A change has all proposals compared anew."),
    add=_("Add a meaning"),
    columns=("role", "words"),
    fields=("name_id", "role", "words", *RESTS_ON),
    searched=("words",),
    filters=("role",),
    helps={
        "name_id": _("The word that stands for all of them."),
        "words": _("Words and short phrases, parted by commas; also the word itself."),
    },
)
