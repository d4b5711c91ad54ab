"""From which machine a change came: the province reads it in a history, nobody else."""

import pghistory
import pytest

from proposals.enums import Role
from tests import cast, lists

pytestmark = pytest.mark.django_db

PROVINCE = {
    Role.GATE_CHECKER,
    Role.REVIEWER,
    Role.COORDINATOR,
    Role.PROVINCE_HEAD,
    Role.ADMIN,
}


@pytest.mark.parametrize("role", Role)
def test_the_province_alone_reads_from_where_a_list_was_changed(client_of, role):
    sector = lists.sector()
    with pghistory.context(user=cast.person(Role.ADMIN).pk, address="203.0.113.7"):
        sector.name_id = "Industri rotan"
        sector.save()
    page = client_of(cast.person(role)).get(f"/daftar/sektor/{sector.pk}/riwayat/")
    assert page.status_code == 200
    assert ("203.0.113.7" in page.content.decode()) == (role in PROVINCE)
