"""Which proposals are worth comparing with one: those that share a key, by the index of keys."""

from collections.abc import Iterable

from django.db import connection

MOST_OF_KEY = 1_000
"""So many proposals of one key are looked at: more are found in no real year."""
MOST = 400
SHARING = """
select shared.proposal_id from unnest(%s::varchar[]) as key
cross join lateral (
  select s.proposal_id from proposals_overlapsigns s where s.keys @> array[key] limit %s
) as shared
where shared.proposal_id <> %s
group by shared.proposal_id order by count(*) desc, shared.proposal_id desc limit %s
"""


def sharing(keys: Iterable[str], proposal_id: int) -> list[int]:
    """Return the proposals that share keys with one, those with most in common first."""
    with connection.cursor() as cursor:
        cursor.execute(SHARING, [sorted(keys), MOST_OF_KEY, proposal_id, MOST])
        return [pk for (pk,) in cursor.fetchall()]
