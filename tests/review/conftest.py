"""Reasons are compared in the words of the code; pages speak the person's own language."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield
