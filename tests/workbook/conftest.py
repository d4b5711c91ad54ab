"""What tests of the workbook share."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile


@pytest.fixture
def upload_of():
    """Return a function: a file as the browser sends it."""
    return lambda content, name="usulan.xlsx": SimpleUploadedFile(name, content)
