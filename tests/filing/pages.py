"""Filling in the pages of the filing room as a browser without JavaScript does."""

from html.parser import HTMLParser

from django.urls import reverse


class Boxes(HTMLParser):
    """Collects what a form would send: the values of its boxes, never its buttons."""

    def __init__(self, form_id):
        super().__init__(convert_charrefs=True)
        self.form_id, self.inside, self.found = form_id, False, []
        self.select = self.area = None

    def handle_starttag(self, tag, attrs):
        attrs = {name: value if value is not None else "" for name, value in attrs}
        if tag == "form":
            self.inside = self.form_id in (None, attrs.get("id"))
        elif self.inside and tag in ("input", "select", "option", "textarea"):
            getattr(self, f"take_{tag}")(attrs)

    def take_input(self, attrs):
        is_choice = attrs.get("type") in ("radio", "checkbox")
        if (
            "name" in attrs
            and attrs.get("type") != "file"
            and ("checked" in attrs or not is_choice)
        ):
            self.found.append((attrs["name"], attrs.get("value", "")))

    def take_select(self, attrs):
        self.select = [attrs.get("name"), None]

    def take_option(self, attrs):
        if self.select[1] is None or "selected" in attrs:
            self.select[1] = attrs.get("value", "")

    def take_textarea(self, attrs):
        self.area = [attrs.get("name"), ""]

    def handle_data(self, data):
        if self.area:
            self.area[1] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        elif tag == "select" and self.select:
            self.found.append(tuple(self.select))
            self.select = None
        elif tag == "textarea" and self.area:
            self.found.append((self.area[0], self.area[1].removeprefix("\n")))
            self.area = None


def boxes(response, form_id="usulan"):
    """Return what the form on a page would send, as a plain dict."""
    parser = Boxes(form_id)
    parser.feed(response.content.decode())
    return dict(parser.found)


def fill_url(proposal):
    return reverse("filing:fill", args=[proposal.pk])


def opened(client, proposal):
    """Open the form of a proposal and return what it would send untouched."""
    response = client.get(fill_url(proposal))
    assert response.status_code == 200
    return boxes(response)


def save(client, proposal, step="simpan", **changes):
    """Open the form, change some boxes, and press a button."""
    data = opened(client, proposal) | changes | {"aksi": step}
    return client.post(fill_url(proposal), data)


def errors(response):
    """Return every error of a form page by the name of its box."""
    sheet = response.context["sheet"]
    found = {}
    for form in (*sheet.forms, *(row for rows in sheet.sets.values() for row in rows.forms)):
        for name, texts in form.errors.items():
            found[form.add_prefix(name) if name != "__all__" else name] = list(texts)
    for rows in sheet.sets.values():
        if texts := list(rows.non_form_errors()):
            found[rows.prefix] = texts
    return found
