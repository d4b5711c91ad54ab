"""Who is told: people of an office, of the province, and never more than access allows."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from proposals import access
from proposals.enums import Role
from proposals.models import JointProgramme, Office, Proposal, User

FILING_ROLES = (Role.OFFICER, Role.HEAD, Role.PROVINCE_HEAD)
"""Who works on the proposals of an office; the head of the provincial office is its head."""
HEADS = (Role.HEAD, Role.PROVINCE_HEAD)


def in_office(office: int | Office, roles: Iterable[Role] = FILING_ROLES) -> Q:
    """Return the filter of the people of an office in these roles."""
    return Q(office=office, role__in=list(roles))


def people(*groups: Q) -> QuerySet[User]:
    """Return the active people of any of these groups."""
    wanted = Q(pk__in=[])
    for group in groups:
        wanted |= group
    return User.objects.filter(wanted, is_active=True).select_related("office").order_by("pk")


def who_may_read(proposal: Proposal, candidates: Iterable[User]) -> list[User]:
    """Keep the people who may read this proposal as it stands now: one query for all of them."""
    found = list(candidates)
    rows = {f"reads_{one.pk}": Count("pk", filter=access.rows_for(one)) for one in found}
    if not rows:
        return []
    seen = Proposal.objects.filter(pk=proposal.pk).aggregate(**rows)
    return [one for one in found if seen[f"reads_{one.pk}"]]


def who_may_read_joint(joint: JointProgramme, candidates: Iterable[User]) -> list[User]:
    """Keep the people who may read this joint programme as it stands now."""
    rows = JointProgramme.objects.filter(pk=joint.pk)
    return [one for one in candidates if rows.filter(access.joint_rows_for(one)).exists()]
