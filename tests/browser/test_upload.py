"""Papers go up as soon as they are chosen; a broken line keeps the file chosen and tries again."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from proposals.enums import Role
from proposals.models import Attachment
from tests import cast, lists
from tests.builders import make_proposal
from tests.filing.test_papers import PDF

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft(transactional_db):
    office = cast.make_office(cast.REGENCY)
    return make_proposal(office, is_bare=True, intervention=lists.intervention())


def file(name="rab.pdf", content=PDF):
    return {"name": name, "mimeType": "application/pdf", "buffer": content}


def opened(open_desk, draft, name="papers", **how):
    page = open_desk(cast.person(Role.OFFICER, draft.office), **how).page
    page.goto(reverse(f"filing:{name}", args=[draft.pk]))
    return page


def kept():
    return sorted(Attachment.objects.values_list("name", flat=True))


def test_several_files_go_up_one_after_the_other_without_leaving_the_page(draft, open_desk):
    kak, rab = lists.papers()[:2]
    page = opened(open_desk, draft)
    page.set_input_files(f"#id_file-{kak.pk}", file("kak.pdf"))
    page.set_input_files(f"#id_file-{rab.pk}", file("rab.pdf"))
    for paper, name in ((kak, "kak.pdf"), (rab, "rab.pdf")):
        expect(page.locator(f"#paper-row-{paper.pk} a")).to_have_text(name)
    assert kept() == ["kak.pdf", "rab.pdf"]


def test_a_broken_line_keeps_the_file_chosen_and_a_button_tries_again(draft, open_desk):
    rab = lists.papers()[1]
    page = opened(open_desk, draft, "fill")
    row = page.locator(f"#paper-row-{rab.pk}")
    page.route("**/dokumen/*/", lambda route: route.abort())
    page.set_input_files(f"#id_file-{rab.pk}", file())
    expect(row).to_contain_text("Unggahan terputus. Berkasnya masih terpilih.")
    assert (page.input_value(f"#id_file-{rab.pk}"), kept()) == ("C:\\fakepath\\rab.pdf", [])
    page.unroute("**/dokumen/*/")
    row.get_by_role("button", name="Coba lagi").click()
    expect(row.locator("a")).to_have_text("rab.pdf")
    assert kept() == ["rab.pdf"]


def test_what_is_refused_is_said_in_its_row_the_large_one_before_it_is_sent(draft, open_desk):
    kak, rab = lists.papers()[:2]
    page = opened(open_desk, draft)
    asked = []
    page.on("request", lambda request: asked.append(request.method))
    page.evaluate("document.querySelector('[data-upload-max]').dataset.uploadMax = 40")
    page.set_input_files(f"#id_file-{rab.pk}", file(content=PDF + bytes(40)))
    expect(page.locator(f"#paper-row-{rab.pk}")).to_contain_text("lebih dari 10 MB")
    assert "POST" not in asked
    page.set_input_files(f"#id_file-{kak.pk}", file(content=b"MZ"))
    expect(page.locator(f"#paper-row-{kak.pk}")).to_contain_text("Yang dapat diunggah hanya PDF")
    assert (asked.count("POST"), kept()) == (1, [])


def test_without_javascript_the_form_sends_all_files_at_once(draft, open_desk):
    kak, rab = lists.papers()[:2]
    page = opened(open_desk, draft, js=False)
    page.set_input_files(f"#id_file-{kak.pk}", file("kak.pdf"))
    page.set_input_files(f"#id_file-{rab.pk}", file("rab.pdf"))
    with page.expect_navigation():
        page.locator("main form button").last.click()
    assert kept() == ["kak.pdf", "rab.pdf"]
