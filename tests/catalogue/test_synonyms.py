"""The words of the field: the admin edits them, and the running years are compared anew."""

import pytest
from django.urls import reverse

from proposals.catalogue.loading import load_catalogue
from proposals.enums import Role, Status
from proposals.harmonisation.overlaps.lists import lists as words_of_file
from proposals.harmonisation.queries.pieces import current_lists
from proposals.models import Proposal, Synonym
from tests.builders import make_proposal
from tests.cast import person

pytestmark = pytest.mark.django_db


def marked():
    return set(Proposal.objects.filter(overlaps_due_at__isnull=False).values_list("pk", flat=True))


@pytest.fixture
def admin(client):
    client.force_login(person(Role.ADMIN))
    return client


@pytest.fixture
def synonym():
    return Synonym.objects.create(key="latih", name_id="pelatihan", role="act", words="bimtek")


def test_a_change_has_what_is_with_the_province_compared_anew(admin, synonym):
    sent, _draft = make_proposal(status=Status.SENT), make_proposal()
    address = reverse("catalogue:synonym", args=[synonym.pk])
    form = {"name_id": "pelatihan", "role": "act", "certainty": "certain", "row_version": 1}
    admin.post(address, form | {"words": "bimtek"})
    assert marked() == set()
    admin.post(address, form | {"words": "bimtek, kursus\nlokakarya"})
    assert (marked(), Synonym.objects.get().row_version) == ({sent.pk}, 2)


def test_a_new_meaning_and_a_retired_one_do_so_too(admin, synonym):
    sent = make_proposal(status=Status.SENT)
    new = {"name_id": "Wadai", "role": "thing", "words": "wadai, kue", "certainty": "certain"}
    admin.post(reverse("catalogue:synonym_new"), new)
    assert (marked(), Synonym.objects.filter(key="wadai").count()) == ({sent.pk}, 1)
    Proposal.objects.update(overlaps_due_at=None)
    retire = reverse("catalogue:synonym_retire", args=[synonym.pk])
    admin.post(retire, {"act": "retire", "row_version": 1})
    assert marked() == {sent.pk}


def test_the_loaded_list_reads_as_the_file_does():
    load_catalogue()
    mine, theirs = current_lists(), words_of_file()
    assert mine.words.phrases == theirs.words.phrases | {
        phrase: ("umum", role)
        for phrase, (concept, role) in theirs.words.phrases.items()
        if concept == "-"
    }
    assert current_lists() is mine
