"""What tests of the filing room share."""

import pytest
from django.utils import translation


@pytest.fixture
def english():
    """Speak English, so that an action's own sentence is read and not its translation."""
    with translation.override("en"):
        yield
