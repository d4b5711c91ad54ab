"""Many proposals made of few: other regions, districts, words and figures; the same every time."""

import csv
import random
from itertools import count, islice

from django.conf import settings

from proposals.advice import reading

DATA = settings.BASE_DIR / "proposals" / "data"
OTHER_WORDS = (
    ("Pelatihan", "Bimtek"),
    ("Pembangunan", "Pendirian"),
    ("IKM", "UKM"),
    ("Fasilitasi", "Pendampingan"),
    ("Penguatan", "Pengembangan"),
    ("Kecamatan", "Kec."),
)


def lines(n, seed=1, provinces=("63",)):
    """Yield n rows; each belongs to a region of one of the provinces."""
    rng = random.Random(seed)
    rows = reading.rows_of(DATA / "proposals_example.csv")
    with (DATA / "districts.csv").open() as file:
        districts = list(csv.DictReader(file))
    for at in islice(count(), n):
        row, place = dict(rng.choice(rows)), rng.choice(districts)
        province = rng.choice(provinces)
        title = row["title"].replace(row["kecamatan"], place["name"])
        for one, other in rng.sample(OTHER_WORDS, 3):
            title = title.replace(one, other)
        words = row["background"].split(". ")
        rng.shuffle(words)
        row |= {
            "proposal_no": f"V{at:06d}",
            "region_code": province + place["region_code"][2:],
            "kecamatan": place["name"],
            "title": title,
            "background": ". ".join(words[:2]),
            "budget_rp": str(rng.randrange(80, 2000) * 1_000_000),
        }
        yield row


def write(path, n, **choice):
    """Write n rows as a file in the form of proposals_example.csv."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = None
        for row in lines(n, **choice):
            table = table or csv.DictWriter(file, list(row))
            if file.tell() == 0:
                table.writeheader()
            table.writerow(row)
    return path
