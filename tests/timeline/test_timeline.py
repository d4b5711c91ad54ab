"""The history of a thing says who changed what, when, from where, before and after."""

from decimal import Decimal

import pghistory
import pytest
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from proposals import timeline
from proposals.enums import Certainty, Role
from proposals.models import (
    Ceiling,
    DerivativeStage,
    FlagStage,
    FundingSource,
    OfficeYear,
    PlanningYear,
    PriorityFlag,
    Region,
    Sector,
)
from tests.builders import make_year
from tests.cast import person


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def by(person, **more):
    return pghistory.context(user=person.pk, address="10.1.2.3", **more)


@pytest.fixture
def sector(db):
    return Sector.objects.create(
        key="karet", name_id="Karet", name_en="Rubber", certainty=Certainty.LIKELY
    )


def changes_of(entry):
    return [
        (
            change.word,
            change.before and change.before.value,
            change.after and change.after.value,
        )
        for change in entry.changes
    ]


def test_a_new_row_tells_what_it_has(sector):
    (act,) = timeline.events_of(sector).acts
    (entry,) = act.entries
    assert (act.who, act.address, entry.what, entry.name, entry.label) == (
        "",
        "",
        "Sector",
        "Karet",
        "insert",
    )
    assert changes_of(entry) == [
        ("Certainty", None, "Likely"),
        ("Indonesian name", None, "Karet"),
        ("English name", None, "Rubber"),
    ]


def test_a_change_names_person_address_reason_and_both_values(sector, admin):
    with by(admin, reason="Usul rapat"):
        Sector.objects.filter(pk=sector.pk).update(name_id="Karet alam", is_retired=True)
    act, _made = timeline.events_of(sector).acts
    assert (act.who, act.address, act.reason) == ("Agus Salim", "10.1.2.3", "Usul rapat")
    assert changes_of(act.entries[0]) == [
        ("Indonesian name", "Karet", "Karet alam"),
        ("Retired", "no", "yes"),
    ]


def test_a_change_of_columns_that_tell_nothing_is_left_out(sector):
    with pghistory.context(user=None):
        Sector.objects.filter(pk=sector.pk).update(row_version=7)
    assert len(timeline.events_of(sector).acts) == 1


@pytest.mark.django_db(transaction=True)
def test_child_rows_stand_under_the_act_that_wrote_them():
    admin = person(Role.ADMIN)
    year = make_year()
    purse = FundingSource.objects.create(
        key="apbd_prov", name_id="APBD Provinsi", name_en="Provincial budget", level="provinsi"
    )
    with by(admin), transaction.atomic():
        ceiling = Ceiling.objects.create(
            year=year,
            region=Region.objects.get(code="63"),
            funding_source=purse,
            amount_rp=Decimal(10**17),
        )
        PlanningYear.objects.filter(pk=year.pk).update(max_priority_sectors=4)
    with by(admin):
        ceiling.delete()
    removed, written, *_rest = timeline.events_of(year, [Ceiling, OfficeYear]).acts
    assert [(entry.what, entry.label) for entry in removed.entries] == [("Ceiling", "delete")]
    assert [(entry.what, entry.label) for entry in written.entries] == [
        ("Planning year", "update"),
        ("Ceiling", "insert"),
    ]
    entry = timeline.events_of(year, [Ceiling]).acts[1].entries[1]
    assert entry.name == "Provinsi Kalimantan Selatan, Provincial budget"
    assert changes_of(entry) == [
        ("Certainty", None, "Certain"),
        ("Ceiling (Rp)", None, 10**17),
    ]


def test_hidden_columns_are_never_told(sector, admin):
    with by(admin):
        Sector.objects.filter(pk=sector.pk).update(name_id="Karet alam", relevance="Rahasia")
    act, _made = timeline.events_of(sector, hidden={"relevance"}).acts
    assert [change.column for change in act.entries[0].changes] == ["name_id"]


@pytest.mark.parametrize("n_changes", [1, 30])
def test_a_page_costs_three_queries(sector, admin, n_changes, django_assert_num_queries):
    for number in range(n_changes):
        with by(admin):
            Sector.objects.filter(pk=sector.pk).update(name_id=f"Karet {number}")
    with django_assert_num_queries(3):
        page = timeline.events_of(sector)
        render_to_string("parts/_timeline.html", {"timeline": page})
    assert len(page.acts) == n_changes + 1


@pytest.mark.django_db(transaction=True)
def test_pages_follow_each_other_without_a_gap():
    sector = Sector.objects.create(key="karet", name_id="Karet 0")
    for number in range(1, 6):
        Sector.objects.filter(pk=sector.pk).update(name_id=f"Karet {number}")
    seen, page = [], 1
    while page:
        found = timeline.events_of(sector, page=page, per_page=2)
        seen += [act.entries[0].name for act in found.acts]
        page = found.next_page
    assert seen == [f"Karet {number}" for number in (5, 4, 3, 2, 1, 0)]
    assert found.previous_page == 2


def test_the_page_escapes_what_people_typed(sector, admin):
    with by(admin):
        Sector.objects.filter(pk=sector.pk).update(name_id="<b>Karet</b>")
    shown = render_to_string("parts/_timeline.html", {"timeline": timeline.events_of(sector)})
    assert "&lt;b&gt;Karet&lt;/b&gt;" in shown
    assert "<b>Karet</b>" not in shown


@pytest.mark.django_db(transaction=True)
def test_a_child_of_a_child_is_found_and_named_by_what_it_joins(sector):
    admin = person(Role.ADMIN)
    stage = DerivativeStage.objects.create(
        key="RUBBER-01", name_id="Bokar", tree="RUBBER", tree_name_id="Karet", stage="hulu"
    )
    flag = PriorityFlag.objects.create(year=make_year(), sector=sector, rank=1, reason="Surplus")
    with by(admin):
        link = FlagStage.objects.create(flag=flag, stage=stage)
    with by(admin), transaction.atomic():
        link.delete()
        flag.delete()
    gone, linked, *_rest = timeline.events_of(
        sector, [PriorityFlag, (FlagStage, "flag__sector")]
    ).acts
    assert [(entry.what, entry.name, entry.label) for entry in linked.entries] == [
        ("Stage decided with the flag", "Bokar", "insert")
    ]
    assert {(entry.what, entry.name, entry.label) for entry in gone.entries} == {
        ("Stage decided with the flag", "Bokar", "delete"),
        ("Priority flag", "2022", "delete"),
    }
