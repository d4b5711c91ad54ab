"""The field for an amount of money, as people type it."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from proposals.web import RupiahField


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", None),
        ("  ", None),
        ("0", Decimal(0)),
        ("2500000", Decimal(2_500_000)),
        ("Rp 2.500.000", Decimal(2_500_000)),
        ("2,5 juta", Decimal(2_500_000)),
        ("999.999.999.999.999.999", Decimal(10**18 - 1)),
    ],
)
def test_an_amount_is_read_as_people_type_it(typed, read):
    assert RupiahField(required=False).clean(typed) == read


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("-5", "invalid"),
        ("seribu", "invalid"),
        ("1" * 1_000_000, "invalid"),
        ("\x00", "invalid"),
        ("9" * 19, "invalid"),
        ("2.500 jt", "ambiguous"),
        ("", "required"),
    ],
)
def test_what_is_no_amount_is_refused_with_an_example(typed, code):
    with pytest.raises(ValidationError) as refusal:
        RupiahField().clean(typed)
    assert [error.code for error in refusal.value.error_list] == [code]


def test_a_stored_amount_is_shown_with_points_and_a_typed_one_as_it_was_typed():
    field = RupiahField()
    assert field.prepare_value(Decimal(2_500_000)) == "2.500.000"
    assert field.prepare_value("2,5 juta") == "2,5 juta"
    assert not field.has_changed(Decimal(2_500_000), "2.500.000")
    assert field.has_changed(Decimal(2_500_000), "abc")
