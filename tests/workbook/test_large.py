"""A large workbook: read in the background, row by row, in memory that does not grow with it."""

import io
import time
import tracemalloc

import pytest
import xlsxwriter

from proposals.filing import tasks
from proposals.filing.workbook.applying import receive
from proposals.filing.workbook.previewing import preview
from tests import lists
from tests.builders import current_year, make_year

pytestmark = pytest.mark.django_db

MOST_MB = 20
"""What reading may take beyond what the process held before, whatever the number of rows."""
HEADS = {
    "Usulan": ("Kunci", "Judul", "Jenis usulan", "Sektor", "Latar belakang", "Nilai usulan"),
    "Keluaran": ("Kunci", "Jenis", "Hasil", "Target", "Satuan"),
}


def written(n_rows):
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    sheets = {name: book.add_worksheet(name) for name in HEADS}
    for name, heads in HEADS.items():
        sheets[name].write_row(0, 0, heads)
    for row in range(1, n_rows + 1):
        text = "Kebutuhan yang ditulis dengan kata-kata sendiri. " * 8
        cells = (f"X{row}", f"Usulan besar {row}", "province", "Singkong", text, 1_000_000)
        sheets["Usulan"].write_row(row, 0, cells)
        sheets["Keluaran"].write_row(row, 0, (f"X{row}", "output", "Terlatih", 20, "orang"))
    book.close()
    return target.getvalue()


def test_memory_stays_flat_and_every_row_is_judged(officer, many, figure, upload_of):
    make_year()
    lists.sector()
    n_rows = many(150, 5_000)
    upload = receive(year=current_year(), by=officer, upload=upload_of(written(n_rows)))
    tracemalloc.start()
    began = time.monotonic()
    preview(upload)
    seconds = time.monotonic() - began
    peak = tracemalloc.get_traced_memory()[1] / 1024 / 1024
    tracemalloc.stop()
    assert (upload.state, upload.n_new, upload.n_refused) == ("ready", n_rows, 0)
    assert upload.asked_by_kind == {"province": str(n_rows * 1_000_000)}
    assert peak < MOST_MB
    figure("proposals previewed in one workbook", n_rows)
    figure("megabytes taken by it", round(peak, 1))
    figure("seconds, with the memory watched", round(seconds, 1))
    assert tasks.read_workbook.func(upload.pk) == "ready"
