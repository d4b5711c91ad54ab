"""Somebody who fills in a proposal in a browser, and what is found of the text afterwards."""

import re

from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from proposals.models import TypedText
from tests import cast
from tests.browser.desk import Desk, on_screen

SAVED = re.compile(r"^tersimpan \d\d\.\d\d WITA$|^ketikan aman")
OFFLINE = on_screen("offline: saved in this browser")


class Typist:
    """A person at the form of one proposal."""

    def __init__(self, browser, url, person, proposal):
        self.browser, self.url, self.person, self.proposal = browser, url, person, proposal
        self.sit_down()

    def sit_down(self):
        """Take a browser that has never been here, and open the form."""
        self.context = self.browser.new_context(base_url=self.url)
        self.context.set_default_timeout(15_000)
        self.page = self.context.new_page()
        Desk(self.page, self.person).log_in(cast.PASSWORD)
        self.open()

    def open(self):
        answer = self.page.goto(reverse("filing:fill", args=[self.proposal.pk]))
        assert answer.status == 200
        self.page.wait_for_selector("#usulan[data-ready]")

    def box(self, name):
        return self.page.locator(f"#usulan [name='{name}']:visible")

    def type(self, name, text):
        """Type over what stands in a box, key by key."""
        box = self.box(name)
        box.click()
        box.fill("")
        box.press_sequentially(text, delay=4)

    def go_on(self, name, text):
        """Type on at the end of a box."""
        self.box(name).press("End")
        self.box(name).press_sequentially(text, delay=4)

    def leave(self):
        """Set the cursor somewhere else."""
        self.page.locator("#fill-rail button").first.focus()

    def add_row(self, name):
        with self.page.expect_response(lambda answer: "/isi/" in answer.url):
            self.page.locator(f"#add-row-{name.replace('_', '_')}").click()
        self.page.wait_for_timeout(150)

    @property
    def state(self):
        return self.page.locator("#typed-state")

    def wait_until_kept(self):
        expect(self.state).to_have_text(SAVED, timeout=45_000)

    def wait_until_offline(self):
        expect(self.state).to_have_text(OFFLINE, timeout=15_000)

    def take_back(self):
        """Take what the page offers from before, if it offers anything."""
        self.page.wait_for_selector("#usulan[data-ready]")
        if self.page.locator("#typed-offer").is_visible():
            with self.page.expect_navigation():
                self.page.locator("#typed-offer [data-use]").click()
            self.page.wait_for_selector("#usulan[data-ready]")

    def shown(self, name):
        return self.box(name).input_value()

    def log_in_again(self, person=None, password=cast.PASSWORD):
        dialog = self.page.locator("#typed-login")
        expect(dialog).to_be_visible(timeout=30_000)
        if person is not None:
            dialog.locator("#typed-email").fill(person.email)
        dialog.locator("#typed-password").fill(password)
        dialog.locator("#typed-password").press("Enter")

    def new_tab(self):
        """Close the tab and open the form in another one of the same browser."""
        self.page.close()
        self.page = self.context.new_page()
        self.open()

    def other_browser(self):
        """Lose the browser with all it holds."""
        self.context.close()
        self.sit_down()

    def end_session(self):
        Session.objects.all().delete()

    def typed(self):
        """Return all that the server holds of this person's unsaved text."""
        rows = TypedText.objects.filter(proposal=self.proposal, user=self.person)
        return {name: text for row in rows for name, text in row.values.items()}
