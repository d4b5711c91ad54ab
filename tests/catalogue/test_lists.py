"""Everybody browses the lists; the address holds search, filters, order and page."""

import pytest
from django.urls import reverse
from django.utils.http import urlencode

from proposals.catalogue.specs import SPECS
from proposals.enums import Certainty, CommodityKind, Role
from proposals.models import Commodity, PriorityFlag, Sector
from tests import lists
from tests.builders import make_year
from tests.cast import person
from tests.catalogue.rows import fill

NAMES = [spec.name for spec in SPECS]


def url(name, **query):
    return f"{reverse(f'catalogue:{name}')}?{urlencode(query)}"


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.ADMIN])
def test_everybody_signed_in_browses_every_list_and_row(client, role, db):
    client.force_login(person(role))
    fill(1)
    for spec in SPECS:
        row = spec.model.objects.order_by("pk").first()
        pages = [url(spec.name), reverse(f"catalogue:{spec.one}", args=[row.pk])]
        pages.append(reverse(f"catalogue:{spec.one}_history", args=[row.pk]))
        assert [client.get(page).status_code for page in pages] == [200, 200, 200]
    assert client.get(reverse("catalogue:index")).status_code == 200
    assert client.get(reverse("catalogue:regions")).status_code == 200


@pytest.mark.parametrize("role", [Role.OFFICER, Role.COORDINATOR])
def test_nobody_but_the_admin_writes(client, role, db):
    client.force_login(person(role))
    fill(1)
    for spec in SPECS:
        row = spec.model.objects.order_by("pk").first()
        before = spec.model.objects.get(pk=row.pk).name_id
        page = reverse(f"catalogue:{spec.one}", args=[row.pk])
        assert client.get(page).context["form"] is None
        assert client.post(page, {"name_id": "Lain", "row_version": 1}).status_code == 403
        retire = reverse(f"catalogue:{spec.one}_retire", args=[row.pk])
        assert client.post(retire, {"act": "retire", "row_version": 1}).status_code == 403
        if spec.add:
            assert client.get(reverse(f"catalogue:{spec.one}_new")).status_code == 403
        assert spec.model.objects.get(pk=row.pk).name_id == before
    assert client.post(reverse("catalogue:criteria_version")).status_code == 403


def test_a_stranger_is_asked_to_log_in(client, db):
    answer = client.get(reverse("catalogue:sectors"))
    assert (answer.status_code, answer.url) == (302, "/masuk/?next=/daftar/sektor/")


@pytest.mark.parametrize("n_rows", [1, 30])
@pytest.mark.parametrize(
    ("name", "n_queries"),
    [
        ("sectors", 7),
        ("commodities", 8),
        ("stages", 6),
        ("nomenclature", 7),
        ("interventions", 5),
        ("funding", 5),
        ("schemes", 5),
        ("documents", 5),
        ("reasons", 5),
        ("criteria", 6),
        ("industry_codes", 5),
    ],
)
def test_a_list_costs_the_same_queries_for_any_number_of_rows(
    client, observer, name, n_queries, n_rows, django_assert_num_queries
):
    year = make_year()
    fill(1, "sectors", "commodities")
    fill(n_rows, name)
    sector = Sector.objects.order_by("pk").first()
    PriorityFlag.objects.create(year=year, sector=sector, rank=1, reason="Surplus")
    goods = Commodity.objects.order_by("pk").first()
    PriorityFlag.objects.create(year=year, commodity=goods, rank=1, reason="Surplus")
    client.force_login(observer)
    with django_assert_num_queries(n_queries):
        answer = client.get(url(name))
    n_beside = 1 if name in {"sectors", "commodities"} else 0
    assert len(answer.context["page"]) == min(n_rows + n_beside, 25)


@pytest.fixture
def goods(db):
    maize = lists.commodity("jagung", name_id="jagung", local_name="Gandum")
    palm = lists.commodity("cpo", kind=CommodityKind.INTERMEDIATE, name_id="CPO")
    gone = lists.commodity("getah", name_id="Getah", is_retired=True)
    return maize, palm, gone


def shown(client, **query):
    return [row.name_id for row in client.get(url("commodities", **query)).context["page"]]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["CPO", "jagung"]),
        ({"state": "retired"}, ["Getah"]),
        ({"state": "all"}, ["CPO", "Getah", "jagung"]),
        ({"sort": "-name"}, ["jagung", "CPO"]),
        ({"sort": "kind"}, ["CPO", "jagung"]),
        ({"q": "gandum"}, ["jagung"]),
        ({"q": "JAG"}, ["jagung"]),
        ({"q": "zzz"}, []),
        ({"kind": "intermediate"}, ["CPO"]),
        ({"kind": "nonsense"}, ["CPO", "jagung"]),
        ({"sort": "password"}, ["CPO", "jagung"]),
        ({"page": "99"}, ["CPO", "jagung"]),
        ({"sector": "999999"}, ["CPO", "jagung"]),
        ({"q": "\x00"}, ["CPO", "jagung"]),
    ],
)
def test_the_address_says_which_rows_are_shown(client, observer, goods, query, names):
    client.force_login(observer)
    assert shown(client, **query) == names


def test_htmx_gets_the_table_alone(client, observer, goods):
    client.force_login(observer)
    answer = client.get(url("commodities", q="jag"), headers={"HX-Request": "true"})
    assert answer.content.decode().lstrip().startswith('<div id="list-table">')
    assert "<html" not in answer.content.decode()


def test_a_made_up_row_is_marked_and_a_certain_one_is_not(client, observer, db):
    lists.commodity("jagung", certainty=Certainty.ILLUSTRATIVE)
    client.force_login(observer)
    made_up = client.get(url("commodities")).content.decode()
    Commodity.objects.update(certainty=Certainty.CERTAIN)
    certain = client.get(url("commodities")).content.decode()
    assert (made_up.count("rk-tag"), certain.count("rk-tag")) == (1, 0)


def test_sectors_tell_goods_proposals_and_flags(client, province_head, db):
    year = make_year()
    sector = lists.sector("karet")
    Commodity.objects.create(
        key="bokar", name_id="Bokar", kind=CommodityKind.RAW_MATERIAL, unit="ton", sector=sector
    )
    PriorityFlag.objects.create(year=year, sector=sector, rank=1, reason="Surplus")
    client.force_login(province_head)
    (row,) = client.get(url("sectors")).context["page"]
    assert (row.goods, row.asked, row.flag_rank) == (["Bokar"], 0, 1)


def test_the_index_counts_the_rows_in_use(client, observer, goods, django_assert_num_queries):
    client.force_login(observer)
    with django_assert_num_queries(4):
        answer = client.get(reverse("catalogue:index"))
    counted = {spec.name: n for spec, n in answer.context["cards"]}
    assert (counted["commodities"], counted["schemes"]) == (2, 0)
