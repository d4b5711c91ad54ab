"""One person at a browser: what the stories let people do, in their words."""

from django.urls import reverse
from django.utils import translation

from proposals.demo import pdf

PAPER = {
    "name": "kak.pdf",
    "mimeType": "application/pdf",
    "buffer": pdf.page("data contoh", ["Kerangka acuan kerja"]),
}


def on_screen(word):
    """Return the word as the Indonesian screen says it."""
    with translation.override("id"):
        return translation.gettext(word)


class Desk:
    """A page and the person in front of it."""

    def __init__(self, page, person):
        self.page = page
        self.person = person

    def log_in(self, password):
        page = self.page
        page.goto("/masuk/")
        page.fill("[name=login]", self.person.email)
        page.fill("[name=password]", password)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/")

    def open(self, name, *args, query=""):
        answer = self.page.goto(reverse(name, args=args) + query)
        assert answer.status == 200, f"{name} answered {answer.status}"

    def press(self, word):
        """Press the button with this word and wait for the page that follows."""
        button = self.page.locator("main").get_by_role("button", name=on_screen(word))
        with self.page.expect_navigation():
            button.first.click()

    def follow(self, word):
        """Follow the link with this word."""
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("link", name=on_screen(word)).first.click()

    def fill(self, **fields):
        for name, value in fields.items():
            self.page.fill(f"main [name='{name}']", str(value))

    def choose(self, **fields):
        for name, value in fields.items():
            self.page.select_option(f"main [name='{name}']", str(value))

    def check(self, name, value):
        """Tick a radio or box, by its label where the label is what people see."""
        box = self.page.locator(f"main [name='{name}'][value='{value}']")
        label = self.page.locator(f"main label[for='{box.get_attribute('id')}']")
        if label.count():
            label.first.click()
        else:
            box.check()
        assert box.is_checked()

    def upload(self, name):
        self.page.set_input_files(f"main [name='{name}']", PAPER)

    def text(self):
        return self.page.locator("main").inner_text()

    def errors(self):
        """Return what the page says is wrong."""
        return self.page.locator("main [role=alert], main .invalid-feedback").all_inner_texts()
