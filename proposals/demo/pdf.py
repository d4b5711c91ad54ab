"""A one-page PDF of a few lines, always the same bytes for the same lines; plain ASCII."""

PAGE = (595, 842)
WRAP = 84
HEAD = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"


def page(mark: str, lines: list[str]) -> bytes:
    """Return a PDF page with a large mark on top and the lines below it."""
    text = [f"BT /F1 30 Tf 1 0 0 1 56 770 Tm ({_escaped(mark)}) Tj ET"]
    height = 720
    for line in (part for whole in lines for part in _wrapped(whole)):
        text.append(f"BT /F1 12 Tf 1 0 0 1 56 {height} Tm ({_escaped(line)}) Tj ET")
        height -= 20
    content = "\n".join(text).encode("ascii", "replace")
    return _file(
        b"<< /Type /Catalog /Pages 2 0 R /Lang (id) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>" % PAGE,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _wrapped(line: str) -> list[str]:
    parts = [""]
    for word in line.split(" "):
        if len(parts[-1]) + len(word) >= WRAP:
            parts.append("")
        parts[-1] = f"{parts[-1]} {word}".strip()
    return parts


def _file(*objects: bytes) -> bytes:
    """Put the objects into a file with its table of offsets."""
    body, offsets = HEAD, []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        body
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
        + b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
        + b"startxref\n%d\n%%%%EOF\n" % len(body)
    )
