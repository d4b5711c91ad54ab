"""The net under the templates holds: an unknown variable of ours fails, others' stay quiet."""

import pytest
from django.template import engines

from tests import nets


@pytest.fixture
def our_page(tmp_path, monkeypatch):
    """Return a writer of a template that counts as ours."""
    monkeypatch.setattr(nets, "OURS", str(tmp_path))
    engine = engines["django"].engine
    loader = engine.template_loaders[0].loaders[0]
    monkeypatch.setattr(loader, "get_dirs", lambda: [str(tmp_path)])

    def write(source):
        (tmp_path / "page.html").write_text(source)
        engine.template_loaders[0].reset()
        return engines["django"].get_template("page.html")

    yield write
    engine.template_loaders[0].reset()


@pytest.mark.parametrize(
    "source", ["{{ titel }}", "{{ row.titel }}", "{% firstof titel %}{{ titel|upper }}"]
)
def test_a_misspelt_variable_fails(our_page, source):
    with pytest.raises(nets.UnknownVariable):
        our_page(source).render({"row": {"title": "a"}})


def test_a_question_about_a_variable_may_stay_open(our_page):
    assert our_page("{% if titel %}x{% endif %}").render({}) == ""


def test_a_foreign_template_shows_nothing_as_ever(our_page, monkeypatch):
    page = our_page("{{ titel }}")
    monkeypatch.setattr(nets, "OURS", "/elsewhere")
    assert page.render({}) == ""
