"""What the tables say of a proposal: offered scores with their source, its papers, and advice.

``offers`` are scores that a reviewer confirms or departs from; ``judge`` lays the facts of a
proposal beside the tables and asks what an experienced reviewer would ask. Advice never blocks.
"""

from proposals.advice.facts import Advice, Facts, Line, Result
from proposals.advice.judging import judge
from proposals.advice.offers import (
    COST,
    MATERIAL,
    PRIORITY,
    READINESS,
    File,
    Offer,
    Paper,
    balance_of,
    balance_rows,
    computed_scores,
    criteria_for,
    main_commodity,
    papers_of,
    total_pct,
)
from proposals.advice.slips import slips
from proposals.advice.stored import Known, beginnings, facts_of, near, priced, trees_of

__all__ = [
    "COST",
    "MATERIAL",
    "PRIORITY",
    "READINESS",
    "Advice",
    "Facts",
    "File",
    "Known",
    "Line",
    "Offer",
    "Paper",
    "Result",
    "balance_of",
    "balance_rows",
    "beginnings",
    "computed_scores",
    "criteria_for",
    "facts_of",
    "judge",
    "main_commodity",
    "near",
    "papers_of",
    "priced",
    "slips",
    "total_pct",
    "trees_of",
]
