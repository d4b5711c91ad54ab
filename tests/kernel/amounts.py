"""Amounts as people type them and say them: one table for the server and for the browser."""

from proposals.rupiah import MAX_RUPIAH

SPACE = "\N{NO-BREAK SPACE}"

READ = [
    ("2.500.000", 2_500_000),
    ("2,500,000", 2_500_000),
    ("2500000", 2_500_000),
    ("2,5 juta", 2_500_000),
    ("2.5jt", 2_500_000),
    ("Rp 2,5 miliar", 2_500_000_000),
    ("1.5 M", 1_500_000_000),
    ("750 rb", 750_000),
    ("12 ribu", 12_000),
    ("1 triliun", 10**12),
    (f"Rp{SPACE}3.250.000.000", 3_250_000_000),
    ("0", 0),
    ("0,5 juta", 500_000),
    ("1,234567 juta", 1_234_567),
    ("999.999.999.999.999.999", MAX_RUPIAH),
    ("2 500 000", 2_500_000),
    (f"2{SPACE}500{SPACE}000,-", 2_500_000),
    ("Rp. 2.500.000,-", 2_500_000),
    ("Rp2.500.000.-", 2_500_000),
    ("IDR 2,500,000.00", 2_500_000),
    ("1.250.000,00", 1_250_000),
    ("2,5 juta rupiah", 2_500_000),
    ("500k", 500_000),
    ("1,5 mlr", 1_500_000_000),
    ("10 T", 10**13),
    ("2jt 500rb", 2_500_000),
    ("1 miliar 250 juta 75 ribu", 1_250_075_000),
    ("1 ribu 500", 1_500),
]
"""What is typed, and the amount."""

QUESTIONED = [
    ("1.500 juta", (1_500_000, 1_500_000_000)),
    ("2,500 miliar", (2_500_000_000, 2_500_000_000_000)),
    ("2.500,000", (2_500, 2_500_000)),
    ("2 juta 500", (2_000_500, 2_500_000)),
    ("1 miliar 5", (1_000_000_005, 1_005_000_000)),
]
"""What may mean more than one thing, and its readings."""

REFUSED = [
    *("", " ", "-1", "-Rp 5", "abc", "Rp", "1e9", "1 0001", "1..000", "1.00.000", "12.5.3"),
    *("1 000 000 000 000 000 000 juta", "10 biliun", "½ juta", "٣", "1\x00", "<b>1</b>", "💰5"),
    *("1,5", "1.0000001 juta", "1000000000000000000", "1 juta triliun", "1.000,50"),
    *("5 -", "12 34", "2 juta 5 juta", "5 ribu 2 juta", "2,5 juta 500 ribu", "2.500,750"),
    *("juta", "1.5.000", "3 m2", "Rp Rp 5", "2 juta dan 5"),
]
"""What is no whole amount."""

IN_WORDS = [
    (0, "nol"),
    (10, "sepuluh"),
    (11, "sebelas"),
    (12, "dua belas"),
    (19, "sembilan belas"),
    (20, "dua puluh"),
    (21, "dua puluh satu"),
    (100, "seratus"),
    (111, "seratus sebelas"),
    (200, "dua ratus"),
    (1000, "seribu"),
    (1001, "seribu satu"),
    (1100, "seribu seratus"),
    (2000, "dua ribu"),
    (10_000, "sepuluh ribu"),
    (11_000, "sebelas ribu"),
    (100_000, "seratus ribu"),
    (101_000, "seratus satu ribu"),
    (1_000_000, "satu juta"),
    (1_001_000, "satu juta seribu"),
    (2_500_000, "dua juta lima ratus ribu"),
    (10**9, "satu miliar"),
    (10**12, "satu triliun"),
    (10**15, "satu kuadriliun"),
]
"""An amount, and its words."""
