"""Read the fields of a page's main form as a browser would send them."""

from html.parser import HTMLParser


class FormReader(HTMLParser):
    """Collects the fields of the form that holds the title field."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[list[tuple[str, str]]] = []
        self._area: str | None = None
        self._select: str | None = None
        self._text = ""

    @classmethod
    def fields_of(cls, html: str) -> list[tuple[str, str]]:
        """Return name and value of each field of the form with a title."""
        reader = cls()
        reader.feed(html)
        return next(form for form in reader.forms if any(name == "title" for name, _v in form))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note fields with the values the page gave them."""
        a = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append([])
        if not self.forms or "disabled" in a:
            return
        match tag:
            case "input" if a.get("name") and self._is_sent(a):
                self.forms[-1].append((a["name"], a.get("value", "")))
            case "textarea" if a.get("name"):
                self._area, self._text = a["name"], ""
            case "select":
                self._select = a.get("name")
            case "option" if self._select and "selected" in a:
                self.forms[-1].append((self._select, a.get("value", "")))

    @staticmethod
    def _is_sent(a: dict[str, str]) -> bool:
        kind = a.get("type", "text")
        if kind in {"checkbox", "radio"}:
            return "checked" in a
        return kind not in {"submit", "button", "file", "image", "reset"}

    def handle_data(self, data: str) -> None:
        """Collect the text of a text area."""
        if self._area:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        """Close text areas and selects."""
        if tag == "textarea" and self._area:
            self.forms[-1].append((self._area, self._text.removeprefix("\n")))
            self._area = None
        elif tag == "select":
            self._select = None
