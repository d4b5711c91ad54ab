"""What must hold after every act, asked of the database in plain SQL."""

import json

from django.apps import apps
from django.db import connection

from proposals.enums import Role, Status
from proposals.models import Proposal, Version
from proposals.workflow.sending import checksum

RULES = {
    "the result on the row is the last decision": """
        select p.id from proposals_proposal p
        left join lateral (select d.* from proposals_decision d where d.proposal_id = p.id
                           order by d.id desc limit 1) d on true
        where (p.status in ('agreed', 'redirected', 'deferred', 'rejected'))
          and (d.id is null or p.agreed_rp is distinct from d.agreed_rp
               or p.status <> case d.result when 'agreed_changed' then 'agreed' else d.result end)
    """,
    "no ceiling is passed without a written reason": """
        select c.id from proposals_ceiling c
        join proposals_planningyear y on y.id = c.year_id
        join proposals_office o on o.id = y.office_id and o.region_id = c.region_id
        where c.amount_rp < (
            select coalesce(sum(amount), 0) from (
              select p.agreed_rp as amount, d.override_reason from proposals_proposal p
              join lateral (select * from proposals_decision d where d.proposal_id = p.id
                            order by d.id desc limit 1) d on true
              where p.year_id = c.year_id and p.status = 'agreed' and p.request_to <> 'own'
                and p.funding_source_id = c.funding_source_id
                and (c.sector_id is null or p.sector_id = c.sector_id)
              union all
              select s.amount_rp, d.override_reason from proposals_share s
              join proposals_jointprogramme j on j.id = s.joint_id and j.state = 'agreed'
              join proposals_proposal p on p.id = s.proposal_id
              join lateral (select * from proposals_decision d where d.joint_id = j.id
                            order by d.id desc limit 1) d on true
              where j.year_id = c.year_id and s.funding_source_id = c.funding_source_id
                and (c.sector_id is null or p.sector_id = c.sector_id)
            ) agreed)
          and not exists (
            select from proposals_decision d where d.override_reason <> ''
              and d.decided_at >= y.opens_at)
    """,
    "shares add up to their programme": """
        select j.id from proposals_jointprogramme j
        left join proposals_share s on s.joint_id = j.id
        where j.state in ('joined', 'agreed', 'deferred')
        group by j.id having coalesce(sum(s.amount_rp), 0) is distinct from j.amount_rp
    """,
    "exactly the members of joined programmes are merged": """
        select p.id from proposals_proposal p
        left join proposals_share s on s.proposal_id = p.id
        left join proposals_jointprogramme j on j.id = s.joint_id
        where (p.status = 'merged') <> coalesce(j.state in ('joined', 'agreed', 'deferred'), false)
    """,
    "an agreed programme has every consent": """
        select s.id from proposals_share s
        join proposals_jointprogramme j on j.id = s.joint_id
        join proposals_proposal p on p.id = s.proposal_id
        join proposals_fundingsource f on f.id = p.funding_source_id
        where j.state = 'agreed' and f.is_regional_purse
          and s.consent_at is null and (p.funding_source_id <> s.funding_source_id
            or (s.delivery <> 'own_money' and j.lead_office_id <> p.office_id))
    """,
    "what is with the province is what was sent": """
        select p.id from proposals_proposal p
        join lateral (select v.content -> 'proposal' as sent from proposals_version v
                      where v.proposal_id = p.id order by v.version desc limit 1) v on true
        where p.status not in ('draft', 'awaiting_head', 'returned', 'withdrawn')
          and (v.sent ->> 'title' <> p.title
               or v.sent ->> 'requested_rp' is distinct from p.requested_rp::text
               or v.sent ->> 'background' <> p.background)
    """,
    "lines add up to the request": """
        select p.id from proposals_proposal p join proposals_budgetline b on b.proposal_id = p.id
        group by p.id having sum(b.total_rp) is distinct from p.requested_rp
    """,
    "what waits for correction has an open point": """
        select p.id from proposals_proposal p where p.status = 'returned' and not exists (
            select from proposals_returnpoint r where r.proposal_id = p.id and r.settled_at is null)
    """,
    "the head of its own office approves": """
        select p.id from proposals_proposal p join proposals_user u on u.id = p.approved_by_id
        where u.office_id is distinct from p.office_id or u.role not in ('head', 'province_head')
    """,
    "a rank stands once": """
        select min(id) from proposals_proposal where own_rank is not null
        group by year_id, office_id, own_rank having count(*) > 1
    """,
}


def broken_rules(names=tuple(RULES)):
    """Return those of these rules that do not hold, with the rows that break them."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")
        found = {}
        for rule in names:
            cursor.execute(RULES[rule])
            if rows := cursor.fetchall():
                found[rule] = [row[0] for row in rows]
    return found


def broken_links():
    """Return every broken link of every history."""
    events = [
        m for m in apps.get_app_config("proposals").get_models() if m.__name__.endswith("Event")
    ]
    with connection.cursor() as cursor:
        found = []
        for model in events:
            cursor.execute("select * from rk_broken_links(%s::regclass)", [model._meta.db_table])
            found += [(model.__name__, *row) for row in cursor.fetchall()]
    return found


def forged_versions():
    """Return the versions whose checksum is not that of their content."""
    return [v.pk for v in Version.objects.iterator() if v.sha256 != checksum(v.content)]


def numbers():
    """Return every number that was given, by its proposal."""
    return dict(Proposal.objects.exclude(number=None).values_list("pk", "number"))


SEEN_BY_PROVINCE = set(Status) - {Status.DRAFT, Status.AWAITING_HEAD, Status.WITHDRAWN}


def wrongly_seen(people):
    """Return who sees a whole proposal that the house keeps from them, or misses one."""
    rows = list(Proposal.objects.values_list("pk", "office_id", "status", "number"))
    wrong = []
    for person in people:
        right = {pk for pk, *facts in rows if may_see(person, *facts)}
        seen = set(Proposal.objects.visible_to(person).values_list("pk", flat=True))
        wrong += [(person.role, pk) for pk in right ^ seen]
    return wrong


def may_see(person, office_id, status, number):
    if person.role in {Role.OFFICER, Role.HEAD}:
        return person.office_id == office_id
    if person.role == Role.OBSERVER:
        return False
    if person.role == Role.PROVINCE_HEAD and person.office_id == office_id:
        return True
    return status in SEEN_BY_PROVINCE or (status == Status.WITHDRAWN and number is not None)


def in_words(found):
    return json.dumps(found, default=str)
