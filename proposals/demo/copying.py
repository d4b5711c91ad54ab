"""The statements that copy a batch of proposals and move it along the table of transitions.

The temporary table ``copy`` knows for each copy its example (``source``), its place in the batch,
and the status it is to reach (``target``). Copies of merged proposals stop before their merger:
a joint programme is never copied. Every tenth copy is ``whole``; the others go without
results, budget lines, papers, scores and the text of their version, which no list reads.
"""

from collections.abc import Iterator

from django.db.models import Model
from psycopg2 import sql

from proposals.models import (
    Attachment,
    BudgetLine,
    CoFunding,
    CommodityUse,
    Decision,
    FinancingNeed,
    GateAnswer,
    Location,
    Output,
    PromisedPaper,
    Proposal,
    ReturnPoint,
    Review,
    Score,
    Version,
)

WORD = "salinan"
"""Stands in the title of every copy, so that no copy is copied."""
WHOLE = 10
LISTED: tuple[type[Model], ...] = (Location, CommodityUse)
"""Rows that every copy has."""
UNLISTED: tuple[type[Model], ...] = (
    Output,
    BudgetLine,
    CoFunding,
    FinancingNeed,
    Attachment,
    PromisedPaper,
)
"""Rows that only whole copies have."""
LATER = (
    "number",
    "sent_at",
    "recommended_rp",
    "agreed_rp",
    "decided_at",
    "score_pct",
    "result_reason_id",
    "lead_division_id",
    "lead_reviewer_id",
    "own_rank",
    "overlaps_due_at",
)
"""Columns that a draft has not yet."""
Statement = sql.Composable

CHOOSE = sql.SQL("""
create temporary table copy on commit drop as
with example as (
  select p.*, row_number() over (order by p.id) - 1 as place, count(*) over () as examples
  from proposals_proposal p
  where p.year_id = %(year)s and p.title not like '%%(' || %(word)s || ' %%'
), earlier as (
  select count(*) as n from proposals_proposal p
  where p.year_id = %(year)s and p.title like '%%(' || %(word)s || ' %%'
)
select gen_random_uuid() as key, example.id as source, example.office_id,
  number is not null as sent,
  earlier.n + i as running, (earlier.n + i) %% {whole} = 0 as whole,
  case when example.status <> 'merged' then example.status
    when i %% 2 = 0 then 'at_desk' else 'under_review' end as target,
  exists (select from proposals_review r where r.proposal_id = example.id and r.state = 'final')
    or example.unscored_reason <> '' as reviewed,
  null::bigint as id, null::bigint as review
from earlier cross join generate_series(1, %(size)s) i
join example on (earlier.n + i - 1) %% example.examples = example.place
""").format(whole=sql.Literal(WHOLE))

KNOW = sql.SQL(
    "update copy set id = p.id from proposals_proposal p where p.creation_key = copy.key"
)
INDEX = sql.SQL("create index on copy (source); create index on copy (id); analyze copy")

NUMBER = sql.SQL("""
update proposals_proposal p set status = 'sent', status_at = n.at, sent_at = n.at,
  lead_division_id = e.lead_division_id, row_version = p.row_version + 1,
  number = regexp_replace(e.number, '[0-9]+$', '')
    || lpad(n.running::text, greatest(2, length(n.running::text)), '0')
from (
  select c.id, c.source, now() - c.running %% 14400 * interval '1 minute' as at,
    y.last_number + row_number() over (partition by c.office_id order by c.id) as running
  from copy c join proposals_officeyear y on y.office_id = c.office_id and y.year_id = %(year)s
  where c.sent
) n join proposals_proposal e on e.id = n.source
where p.id = n.id
""")
COUNT_ON = sql.SQL("""
update proposals_officeyear y set last_number = y.last_number + n.sent
from (select office_id, count(*) as sent from copy where sent group by office_id) n
where y.office_id = n.office_id and y.year_id = %(year)s
""")

MOVE = sql.SQL("""
update proposals_proposal p set status = {status}, status_at = p.status_at + interval '1 hour',
  recommended_rp = e.recommended_rp, score_pct = e.score_pct, lead_reviewer_id = e.lead_reviewer_id,
  unscored_reason = e.unscored_reason, row_version = p.row_version + 1
from copy c join proposals_proposal e on e.id = c.source
where p.id = c.id and {condition}
""")
DECIDE = sql.SQL("""
update proposals_proposal p set status = e.status, status_at = p.status_at + interval '1 hour',
  decided_at = p.status_at + interval '1 hour', agreed_rp = e.agreed_rp, is_changed = e.is_changed,
  result_reason_id = e.result_reason_id, result_note = e.result_note,
  row_version = p.row_version + 1
from copy c join proposals_proposal e on e.id = c.source
where p.id = c.id and c.target in ('agreed', 'redirected', 'deferred', 'rejected')
""")

DECIDED = "c.target in ('agreed', 'redirected', 'deferred', 'rejected')"
IN_REVIEW = f"(c.target in ('under_review', 'at_desk') or {DECIDED})"
CONTENT = "case when c.whole then s.content else '{}' end"


def plan() -> Iterator[Statement]:
    """Yield every statement of one batch, in order."""
    yield CHOOSE
    yield _born()
    yield KNOW
    yield INDEX
    for part in LISTED:
        yield _copied(part, "true")
    for part in UNLISTED:
        yield _copied(part, "c.whole", {"recommended_rp": "null"})
    yield _moved("awaiting_head", "c.target = 'awaiting_head'")
    yield _copied(Version, "c.sent and s.version = 1", {"content": CONTENT, "sent_at": "now()"})
    yield NUMBER
    yield COUNT_ON
    yield _copied(ReturnPoint, "c.target = 'returned' and s.settled_at is null")
    yield _moved("returned", "c.target = 'returned'")
    yield _moved("withdrawn", "c.target = 'withdrawn'")
    yield _copied(GateAnswer, "c.target not in ('returned', 'withdrawn')")
    yield _moved("under_review", IN_REVIEW)
    yield _copied(Review, IN_REVIEW)
    yield _scores()
    yield _moved("at_desk", f"c.reviewed and c.target <> 'under_review' and {IN_REVIEW}")
    yield _copied(Decision, DECIDED, {"override_reason": "'Data ukur'"})
    yield DECIDE
    yield sql.SQL("set constraints all immediate; set constraints all deferred")
    yield sql.SQL("drop table copy")


def _columns(model: type[Model]) -> list[str]:
    return [
        str(field.column)
        for field in model._meta.concrete_fields
        if not field.primary_key and not getattr(field, "generated", False)
    ]


def _insert(model: type[Model], values: dict[str, str], source: str) -> Statement:
    """Insert copies of rows ``s``; ``values`` are expressions for columns that differ."""
    columns = _columns(model)
    chosen = [
        sql.SQL(values[name]) if name in values else sql.Identifier("s", name) for name in columns
    ]
    return sql.SQL(
        "insert into {table} ({columns}) select {chosen} from {table} s {source}"
    ).format(
        table=sql.Identifier(model._meta.db_table),
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        chosen=sql.SQL(", ").join(chosen),
        source=sql.SQL(source),
    )


def _born() -> Statement:
    """Every proposal begins as a draft with its content and nothing of what came later."""
    values = dict.fromkeys(LATER, "null") | {
        "status": "'draft'",
        "is_changed": "false",
        "result_note": "''",
        "unscored_reason": "''",
        "row_version": "1",
        "status_at": "now()",
        "creation_key": "c.key",
        "title": "left(s.title, 180) || ' (' || %(word)s || ' ' || c.running || ')'",
    }
    return _insert(Proposal, values, "join copy c on c.source = s.id order by c.running")


def _copied(model: type[Model], condition: str, values: dict[str, str] | None = None) -> Statement:
    """Copy the rows of the examples to their copies."""
    where = f"join copy c on c.source = s.proposal_id where {condition} order by c.id, s.id"
    return _insert(model, {"proposal_id": "c.id"} | (values or {}), where)


def _scores() -> Statement:
    """Copy the scores of the copied reviews."""
    where = (
        "join proposals_review old on old.id = s.review_id"
        " join copy c on c.source = old.proposal_id"
        " join proposals_review r on r.proposal_id = c.id and r.reviewer_id = old.reviewer_id"
        " where c.whole"
        " order by r.id, s.id"
    )
    return _insert(Score, {"review_id": "r.id"}, where)


def _moved(status: str, condition: str) -> Statement:
    return MOVE.format(status=sql.Literal(status), condition=sql.SQL(condition))
