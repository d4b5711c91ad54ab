"""Two people edit one draft at once: both sets of edits survive, or the person has chosen."""

import random

import pytest
from playwright.sync_api import expect

from proposals.enums import Role
from proposals.models import Proposal
from tests import cast
from tests.browser.typist import Typist
from tests.builders import make_proposal

pytestmark = pytest.mark.django_db(transaction=True)

BOXES = (
    "title",
    "target_group",
    "background",
    "labour_source",
    "outputs-0-text",
    "outputs-1-text",
    "budget_lines-0-text",
    "budget_lines-1-text",
)
CLASH = "#usulan [data-clash]"


@pytest.fixture
def pair(browser, live_server):
    proposal = make_proposal(n_lines=2)
    people = [
        Typist(browser, live_server.url, cast.person(role), proposal)
        for role in (Role.OFFICER, Role.HEAD)
    ]
    yield people
    for person in people:
        person.context.close()


def standing(proposal):
    """Return what the boxes hold in the database."""
    read = Proposal.objects.get(pk=proposal.pk)
    found = {name: getattr(read, name) for name in BOXES if "-" not in name}
    for part in ("outputs", "budget_lines"):
        for at, row in enumerate(getattr(read, part).order_by("position")):
            found[f"{part}-{at}-text"] = row.text
    return found


class Edits:
    """Edits that each set one new word at the end of a box, and what became of each word."""

    def __init__(self, pair, seed):
        self.pair, self.dice = pair, random.Random(seed)
        self.words, self.refused = [], set()

    def edit(self, number):
        person, name = self.dice.choice(self.pair), self.dice.choice(BOXES)
        word = f"k{number}"
        box = person.box(name)
        box.fill(f"{box.input_value()[-100:]} {word}".strip())
        self.words.append((name, word))
        if self.dice.random() < 0.8:
            person.leave()
            person.wait_until_kept()
            self.choose(person)

    def choose(self, person):
        """Choose at random wherever both values are shown; the other side's words are refused."""
        for _round in range(20):
            clash = person.page.locator(CLASH).first
            if not clash.count():
                return
            values = {one.get_attribute("value")[:4]: one for one in clash.locator("input").all()}
            side, other = self.dice.sample(["mine", "thei"], 2)
            texts = {key: box.locator("xpath=..").inner_text() for key, box in values.items()}
            gone = set(texts[other].split()) - set(texts[side].split())
            self.refused |= {word for word in gone if word.startswith("k")}
            key = clash.get_attribute("id")
            values[side].check()
            expect(person.page.locator(f"#{key}")).to_have_count(0)
            person.wait_until_kept()
        raise AssertionError("choosing does not end")

    def finish(self):
        """Leave everything, and choose until both pages are quiet."""
        for _round in range(3):
            for person in self.pair:
                for name in BOXES:
                    person.box(name).focus()
                person.leave()
                person.wait_until_kept()
                person.page.wait_for_timeout(400)
                self.choose(person)


def test_two_browsers_lose_no_edit_of_either(pair, many, figure):
    edits = Edits(pair, seed=7)
    for number in range(many(6, 200)):
        edits.edit(number)
    edits.finish()
    texts = standing(pair[0].proposal)
    lost = [
        (name, word)
        for name, word in edits.words
        if word not in texts[name].split() and word not in edits.refused
    ]
    assert lost == []
    figure("edits of two browsers", len(edits.words))
    figure("of these chosen away by a person", len(edits.refused))


def test_each_sees_the_other_there_and_chooses_at_the_field(pair):
    officer, head = pair
    head.type("target_group", "Nelayan Aluh-Aluh")
    head.leave()
    head.wait_until_kept()
    head.page.wait_for_timeout(500)
    officer.type("target_group", "Perajin purun")
    officer.type("beneficiary_ikm", "44")
    officer.leave()
    clash = officer.page.locator("#div_id_target_group [data-clash]")
    expect(clash).to_contain_text("Nelayan Aluh-Aluh")
    expect(clash).to_contain_text("Perajin purun")
    expect(officer.page.locator("#typed-others")).to_contain_text("Ahmad Fauzi juga sedang mengisi")
    assert (standing(officer.proposal)["target_group"]) == "Nelayan Aluh-Aluh"
    clash.locator("input[value^='mine']").check()
    expect(clash).to_have_count(0)
    officer.wait_until_kept()
    read = Proposal.objects.get(pk=officer.proposal.pk)
    assert (read.target_group, read.beneficiary_ikm) == ("Perajin purun", 44)
