"""The sixty examples: every issue that the tables give, no other, and what people saw besides."""

from collections import Counter

from proposals.catalogue.loading import rows
from tests.advice.conftest import EXAMPLES

RULES = {"missing_document", "level_vs_funding", "supply_deficit_conflict"}


def truth(basis):
    return {
        (line["proposal_no"], line["issue_key"], line["reference"])
        for line in rows.read("review_truth")
        if line["basis"] == basis
    }


def test_every_issue_of_the_tables_is_found_and_no_other(check):
    found = check(EXAMPLES)
    by_rule = [issue for issue in found if issue[1] in RULES]
    assert len(by_rule) == len(set(by_rule)) == 51
    assert set(by_rule) == truth("rule")
