"""What the form offers: whole rows of every list, as they stand now, in one query."""

import datetime as dt
from decimal import Decimal

import pytest

from proposals.enums import RequestTo
from proposals.filing.queries.choices import choices_for
from proposals.filing.queries.reading import to_fill
from proposals.models import DerivativeStage, FinancingScheme, Region, Sector, SupplyBalance
from tests import lists
from tests.builders import make_proposal
from tests.filing.pages import fill_url, opened


def told(rows):
    """Return rows with every column and its type: a date that stayed a text shows."""
    columns = [field.attname for field in type(rows[0])._meta.concrete_fields]
    values = [{name: getattr(row, name) for name in columns} for row in rows]
    return [{name: (type(value), value) for name, value in row.items()} for row in values]


@pytest.fixture
def draft(officer):
    return make_proposal()


def choices(proposal, person):
    return choices_for(to_fill(person).get(pk=proposal.pk))


def test_every_row_is_as_the_database_gives_it(draft, officer, django_assert_num_queries):
    lists.keyed(DerivativeStage, "tapioka_kasar", tree="CASSAVA", stage="antara")
    lists.keyed(FinancingScheme, "kur_2021", code="kur", scheme="KUR")
    FinancingScheme.objects.update(
        rate_pct=Decimal("6.15"),
        ceiling_max_rp=Decimal(999999999999999999),
        valid_from=dt.date(2020, 1, 31),
    )
    SupplyBalance.objects.create(
        commodity=lists.commodity(),
        region=lists.region(),
        data_year=2020,
        unit="ton",
        production=Decimal("1234.567"),
        household_need=0,
        industrial_demand=900,
    )
    loaded = to_fill(officer).get(pk=draft.pk)
    with django_assert_num_queries(1):
        found = vars(choices_for(loaded))
    assert all(found.values())
    for rows in found.values():
        plain = type(rows[0]).objects.in_bulk([row.pk for row in rows])
        assert told(rows) == told([plain[row.pk] for row in rows])


def test_a_change_is_offered_at_once(draft, officer):
    draft.sector = None
    draft.save()
    sector = choices(draft, officer).sectors[0]
    Sector.objects.filter(pk=sector.pk).update(name_id="Aaa", is_retired=False)
    assert choices(draft, officer).sectors[0].name_id == "Aaa"
    Sector.objects.filter(pk=sector.pk).update(is_retired=True)
    assert sector not in choices(draft, officer).sectors


def test_a_retired_row_stays_where_it_is_chosen(draft, officer):
    Sector.objects.filter(pk=draft.sector_id).update(is_retired=True)
    assert draft.sector in choices(draft, officer).sectors


def test_the_province_is_offered_its_regions(province_officer):
    own = make_proposal(office=province_officer.office, request_to=RequestTo.OWN)
    regions = Region.objects.filter(parent=lists.region(lists.PROVINCE)).order_by("code")
    assert choices(own, province_officer).places == list(regions)


def test_saving_costs_few_queries(client_of, officer, django_assert_num_queries):
    draft, visitor = make_proposal(n_lines=30), client_of(officer)
    data = opened(visitor, draft) | {"aksi": "simpan", "title": "Lain sekali"}
    with django_assert_num_queries(31):
        assert visitor.post(fill_url(draft), data).status_code == 302
