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


def test_what_people_saw_besides_is_mostly_found(check):
    """Praise is no issue, and the shortage behind mocaf goes by a key of its own."""
    seen = {(number, key) for number, key, _reference in truth("judgement")}
    keys = {key for _number, key in seen}
    found = {(number, key) for number, key, _ in check(EXAMPLES) if key in keys - RULES}
    print(f"{len(seen & found)} of {len(seen)} found, {len(found - seen)} more written")
    assert Counter(key for _number, key in seen - found) == {
        "strong_case": 3,
        "supply_deficit_conflict": 1,
    }
    assert len(seen & found) == 12
    assert found - seen == {
        ("RT22-6303-05", "cost_high"),
        ("RT22-6304-04", "cost_high"),
        ("RT22-6310-04", "indicator_weak"),
    }


def test_keys_that_nobody_judged_are_few(check):
    judged = RULES | {key for _number, key, _reference in truth("judgement")}
    assert Counter(key for _number, key, _ in check(EXAMPLES) if key not in judged) == {
        "activity_not_result": 5,
        "cost_low": 3,
        "upstream_deficit": 1,
    }
