"""The people of the demo: one for each provincial role, an officer and a head per regency.

Every name is invented and says so. All have the one password of the demo, hashed once.
"""

from dataclasses import dataclass

from django.conf import settings

from proposals.catalogue.actions.people import create_person
from proposals.enums import OfficeKind, Role
from proposals.models import Division, Office, User

PROVINCE = "63"
DOMAIN = "contoh.rakortek.id"
MARK = "(contoh)"


@dataclass(frozen=True)
class Seat:
    """A place to fill: the role, who sits there, and where."""

    role: Role
    name: str
    post: str
    region: str = PROVINCE
    kind: OfficeKind | None = OfficeKind.INDUSTRY
    division: str = ""

    @property
    def email(self) -> str:
        """Return the address this person logs in with."""
        return f"{self.post}@{DOMAIN}"


PROVINCIAL = (
    Seat(Role.OFFICER, "Nurul Hikmah", "petugas.provinsi"),
    Seat(Role.GATE_CHECKER, "Laila Mardhiah", "pemeriksa"),
    Seat(Role.REVIEWER, "Akhmad Syarwani", "penelaah.sumberdaya", division="sumber_daya"),
    Seat(Role.REVIEWER, "Ratna Puspitasari", "penelaah.sarana", division="sarana_pemberdayaan"),
    Seat(Role.COORDINATOR, "Gusti Rusdiansyah", "koordinator"),
    Seat(Role.PROVINCE_HEAD, "Noor Aida Fitria", "kepala.provinsi"),
    Seat(Role.ADMIN, "Bambang Suryanto", "admin"),
    Seat(Role.BAPPEDA, "Mahrita Sari", "bappeda", kind=OfficeKind.PLANNING),
    Seat(Role.OBSERVER, "Hafiz Ansyari", "pengamat", kind=None),
)
REGENCIES = {
    "63.01": ("tanahlaut", "Siti Rahmaniah", "Ahmad Fauzan"),
    "63.02": ("kotabaru", "Andi Rismawati", "Sofyan Hadi"),
    "63.03": ("banjar", "Raudatul Jannah", "Syamsul Bahri"),
    "63.04": ("baritokuala", "Yulia Kartika", "Masdar Helmi"),
    "63.05": ("tapin", "Hairunnisa", "Zainal Ilmi"),
    "63.06": ("hulusungaiselatan", "Norhayati", "Rusmin Nuryadin"),
    "63.07": ("hulusungaitengah", "Fathul Jannah", "Aberani Sulaiman"),
    "63.08": ("hulusungaiutara", "Rahmawati", "Jumadi Arsyad"),
    "63.09": ("tabalong", "Dina Ariyanti", "Muhammad Yusran"),
    "63.10": ("tanahbumbu", "Sri Wahyuni", "Andi Baharuddin"),
    "63.11": ("balangan", "Mariatul Kiptiah", "Hamdani Rasyid"),
    "63.71": ("banjarmasin", "Dewi Anggraini", "Ichwan Noor"),
    "63.72": ("banjarbaru", "Retno Wulandari", "Said Abdullah"),
}
"""Region to its place in addresses, its officer and its head."""


def seats() -> list[Seat]:
    """Return every place to fill, the province's first."""
    found = list(PROVINCIAL)
    for code, (place, officer, head) in REGENCIES.items():
        found.append(Seat(Role.OFFICER, officer, f"petugas.{place}", code))
        found.append(Seat(Role.HEAD, head, f"kepala.{place}", code))
    return found


def make_people() -> None:
    """Make every account; the password is hashed once, so the demo starts quickly."""
    offices = {
        (office.region.code, office.kind): office
        for office in Office.objects.select_related("region").order_by("pk")
    }
    divisions = {division.key: division for division in Division.objects.order_by("pk")}
    for seat in seats():
        create_person(
            email=seat.email,
            full_name=f"{seat.name} {MARK}",
            password=None,
            must_change_password=False,
            role=seat.role,
            office=offices[seat.region, seat.kind] if seat.kind else None,
            division=divisions[seat.division] if seat.division else None,
        )
    pattern = User()
    pattern.set_password(settings.DEMO_PASSWORD)
    User.objects.filter(email__endswith=f"@{DOMAIN}").update(password=pattern.password)


class Cast:
    """Who does what in the demo, looked up once."""

    def __init__(self) -> None:
        people = list(User.objects.select_related("office__region", "division").order_by("pk"))
        self._by_post = {user.email.partition("@")[0]: user for user in people}
        self.gate_checker = self._by_post["pemeriksa"]
        self.coordinator = self._by_post["koordinator"]
        self.province_head = self._by_post["kepala.provinsi"]
        self.admin = self._by_post["admin"]
        self._reviewers = {
            seat.division: self._by_post[seat.post]
            for seat in PROVINCIAL
            if seat.role == Role.REVIEWER
        }

    def officer(self, region: str) -> User:
        """Return who writes the proposals of this region."""
        return self._by_post[f"petugas.{self._place(region)}"]

    def head(self, region: str) -> User:
        """Return who sends the proposals of this region."""
        return self._by_post[f"kepala.{self._place(region)}"]

    def reviewer(self, division: str) -> User:
        """Return who scores for this division; two groups share the reviewer of resources."""
        return self._reviewers.get(division) or self._reviewers["sumber_daya"]

    @staticmethod
    def _place(region: str) -> str:
        return "provinsi" if region == PROVINCE else REGENCIES[region][0]
