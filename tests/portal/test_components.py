"""The design system holds together: style guide, template hygiene, tag library, error pages, vendor files."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django import forms
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from portal import errors
from portal.staticfiles_finder import VENDOR
from portal.styleguide.examples import GROUPS
from portal.templatetags import portal_ui
from projects.enums import Area

ROOT = Path(settings.BASE_DIR)
COMPONENTS = ROOT / "portal" / "templates" / "components"
STATIC = ROOT / "portal" / "static"
OURS = ("portal", "projects", "dialogues", "ethics", "mapviews")


def component_names() -> list[str]:
    return sorted(file.stem for file in COMPONENTS.glob("*.html"))


def templates() -> list[Path]:
    """Every template of the repository."""
    return sorted(file for app in OURS for file in (ROOT / app).rglob("templates/**/*.html"))


@pytest.fixture
def guide(client: Client, db: None) -> str:
    answer = client.get("/gestaltung/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_style_guide_shows_every_component(guide: str) -> None:
    assert sorted(re.findall(r'data-component="([a-z_]+)"', guide)) == component_names()


def test_every_example_renders_without_gaps() -> None:
    request = RequestFactory().get("/gestaltung/")
    for group in GROUPS:
        for example in group.examples:
            if not example.line:
                continue
            html = example.html(request)
            assert re.sub(r"<[^>]+>", "", html).strip(), example.name
            assert "{{" not in html, example.name
            assert "None" not in html, example.name


def test_examples_include_the_component_they_name() -> None:
    missing = [
        example.name
        for group in GROUPS
        for example in group.examples
        if example.line and f"components/{example.name}.html" not in example.line
    ]
    assert missing == []


def test_style_guide_has_one_h1_unique_ids_and_noindex(guide: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', guide)
    assert len(re.findall(r"<h1\b", guide)) == 1
    assert sorted(ids) == sorted(set(ids))
    assert '<meta name="robots" content="noindex">' in guide


def test_style_guide_sets_no_cookie(client: Client, db: None) -> None:
    answer = client.get("/gestaltung/")
    assert answer.status_code == 200
    assert answer.cookies == {}


INLINE = re.compile(r"""\sstyle\s*=\s*["']|<style\b|\son[a-z]+\s*=\s*["']|javascript:""", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)


@pytest.mark.parametrize("file", templates(), ids=lambda file: str(file.relative_to(ROOT)))
def test_template_has_no_inline_style_or_script(file: Path) -> None:
    source = re.sub(r"{#.*?#}|{% comment.*?endcomment %}", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    if "wagtailadmin" in file.parts or "emails" in file.parts or "email" in file.parts:
        pytest.skip("another rule holds here: nonces in the admin, mail clients elsewhere")
    assert INLINE.findall(source) == []
    inline = [tag for tag in SCRIPT.findall(source) if "src=" not in tag and "application/json" not in tag]
    assert inline == []


@pytest.mark.parametrize("file", templates(), ids=lambda file: str(file.relative_to(ROOT)))
def test_template_names_no_foreign_host(file: Path) -> None:
    source = re.sub(r"{#.*?#}|{% comment.*?endcomment %}", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(r"""(?:src|srcset|action)\s*=\s*["'](?:https?:)?//[^"']+""", source) == []
    assert [tag for tag in re.findall(r"<link\b[^>]*>", source) if re.search(r'href="(?:https?:)?//[^{]', tag)] == []


def test_every_icon_that_a_template_names_exists() -> None:
    tree = ElementTree.parse(STATIC / "img" / "icons.svg")
    known = {symbol.attrib["id"] for symbol in tree.getroot().iter("{http://www.w3.org/2000/svg}symbol")}
    asked = {
        (str(file.relative_to(ROOT)), name)
        for file in templates()
        for name in re.findall(r"""{% icon ["']([a-z-]+)["']""", file.read_text(encoding="utf-8"))
    }
    assert {(file, name) for file, name in asked if name not in known} == set()
    assert len(known) >= 60


def test_every_picture_that_a_template_names_exists() -> None:
    known = {file.stem for file in portal_ui.PICTURES.glob("*.svg")}
    asked = {
        (str(file.relative_to(ROOT)), name)
        for file in templates()
        for name in re.findall(r"""(?:{% picture |picture=)["']([a-z-]+)["']""", file.read_text(encoding="utf-8"))
    }
    assert {(file, name) for file, name in asked if name not in known} == set()
    assert set(Area.values) <= known


def test_pictures_take_their_colours_from_the_theme() -> None:
    for file in portal_ui.PICTURES.glob("*.svg"):
        source = file.read_text(encoding="utf-8")
        ElementTree.fromstring(source)
        assert set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]+)"', source)) <= {"#fff"}, file.name


def render(source: str, **context: object) -> str:
    return Template("{% load portal_ui i18n %}" + source).render(Context(context))


def test_icon_is_decorative() -> None:
    assert render('{% icon "water" "small" %}') == (
        '<svg class="icon icon--small" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        '<use href="/static/img/icons.svg#water"></use></svg>'
    )


def test_unknown_picture_is_empty_and_no_way_out_of_the_folder() -> None:
    assert render('{% picture "gibt-es-nicht" %}') == ""
    assert render('{% picture "../components/logo" %}') == ""


def test_local_path_follows_the_language() -> None:
    assert render('{% local_path "/projekte/" %}') == "/projekte/"
    with translation.override("en"):
        assert render('{% local_path "/projekte/" %}') == "/en/projekte/"


def test_nav_current_tells_page_from_section() -> None:
    def current(path: str) -> str:
        return render('{% nav_current "/projekte/" %}', request=RequestFactory().get(path))

    assert current("/projekte/") == 'aria-current="page"'
    assert current("/projekte/karte/") == 'aria-current="true"'
    assert current("/dialoge/") == ""
    assert render('{% nav_current "/projekte/" %}') == ""


def test_query_changes_one_parameter_and_keeps_the_rest() -> None:
    request = RequestFactory().get("/projekte/?bereich=umwelt&bereich=bildung&page=3")
    assert render("{% query page=4 %}", request=request) == "?bereich=umwelt&amp;bereich=bildung&amp;page=4"
    assert render("{% query bereich=None page=None %}", request=request) == "?"
    assert render("{% query q='a&b' %}") == "?q=a%26b"


def test_when_gives_german_local_time() -> None:
    moment = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
    assert render("{% when moment %}", moment=moment) == (
        '<time datetime="2026-11-22T10:30:00+00:00">22. November 2026, 11:30 Uhr</time>'
    )
    assert render('{% when moment "date" %}', moment=moment.date()) == (
        '<time datetime="2026-11-22">22. November 2026</time>'
    )
    assert render("{% when moment %}", moment=None) == ""


def test_ago_shows_the_date_where_no_script_runs() -> None:
    html = render("{% ago moment %}", moment=datetime(2026, 11, 22, 10, 30, tzinfo=UTC))
    assert html == '<time datetime="2026-11-22T10:30:00+00:00" data-relative>22. November 2026, 11:30 Uhr</time>'


@pytest.mark.parametrize(
    ("count", "number", "expected"), [(60, 1, [1, 2, 3]), (240, 6, [1, 0, 5, 6, 7, 0, 12]), (240, 1, [1, 2, 0, 12])]
)
def test_page_numbers_show_gaps_as_zero(count: int, number: int, expected: list[int]) -> None:
    assert portal_ui.page_numbers(Paginator(range(count), 20).page(number)) == expected


class ProbeForm(forms.Form):
    mail = forms.EmailField(label="E-Mail", help_text="Wird nicht gezeigt.")
    agree = forms.BooleanField(label="Einverstanden")
    way = forms.ChoiceField(label="Weg", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    note = forms.CharField(label="Notiz", widget=forms.Textarea(attrs={"data-draft": "notiz"}), required=False)
    secret = forms.CharField(widget=forms.HiddenInput, initial="x")


def test_field_ties_label_help_and_error_to_the_input() -> None:
    html = render_to_string("components/field.html", {"field": ProbeForm({"mail": "falsch"})["mail"]})
    assert '<label class="kern-label" for="id_mail">' in html
    assert 'aria-describedby="id_mail_helptext id_mail_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_mail_helptext"' in html
    assert 'id="id_mail_error"' in html
    assert 'value="falsch"' in html


def test_field_without_error_has_no_dangling_reference() -> None:
    html = render_to_string("components/field.html", {"field": ProbeForm()["mail"]})
    references = set(re.search(r'aria-describedby="([^"]+)"', html)[1].split())  # type: ignore[index]
    assert references == {"id_mail_helptext"}
    assert references <= set(re.findall(r'\sid="([^"]+)"', html))


def test_group_of_radios_is_a_fieldset_with_legend() -> None:
    html = render_to_string("components/field.html", {"field": ProbeForm({"way": "b"})["way"]})
    assert "<legend" in html
    assert re.findall(r'value="b" id="id_way_1" checked', html) == ['value="b" id="id_way_1" checked']


def test_optional_field_says_so_and_keeps_its_own_attributes() -> None:
    html = render_to_string("components/field.html", {"field": ProbeForm()["note"]})
    assert "freiwillig" in html
    assert 'data-draft="notiz"' in html
    assert "kern-form-input__input--textarea" in html


def test_summary_of_errors_links_to_the_fields() -> None:
    html = render_to_string("components/form.html", {"form": ProbeForm({})})
    targets = re.findall(r'<a href="#([^"]+)"', html)
    ids = set(re.findall(r'\sid="([^"]+)"', html))
    assert targets == ["id_mail", "id_agree", "id_way", "id_secret"]
    assert set(targets) <= ids


def test_hidden_field_shows_nothing() -> None:
    html = render_to_string("components/field.html", {"field": ProbeForm()["secret"]})
    assert html.strip() == '<input type="hidden" name="secret" value="x" id="id_secret">'


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "429", "500"])
def test_error_page_helps_without_request_or_database(code: str) -> None:
    html = render_to_string(f"{code}.html")
    assert len(re.findall(r"<h1\b", html)) == 1
    assert '<meta name="robots" content="noindex">' in html
    assert 'href="/"' in html


def test_server_error_answers_without_database() -> None:
    answer = errors.server_error(HttpRequest())
    assert answer.status_code == 500
    assert "Bei uns ist etwas schiefgegangen." in answer.content.decode()


def test_server_error_has_a_plain_fallback(settings) -> None:  # type: ignore[no-untyped-def]
    settings.TEMPLATES = []
    answer = errors.server_error(HttpRequest())
    assert answer.status_code == 500
    assert b"<h1>Bei uns ist etwas schiefgegangen.</h1>" in answer.content


def test_missing_page_answers_in_the_design(client: Client, db: None) -> None:
    answer = client.get("/gibt-es-nicht/")
    assert answer.status_code == 404
    assert "Diese Seite gibt es nicht." in answer.content.decode()


def test_base_page_marks_the_demo(settings) -> None:  # type: ignore[no-untyped-def]
    settings.DEMO = True
    html = render_to_string("base.html")
    assert "demo-banner" in html
    assert '<meta name="robots" content="noindex">' in html
    settings.DEMO = False
    html = render_to_string("base.html")
    assert "demo-banner" not in html
    assert 'name="robots"' not in html


def test_vendor_finder_serves_listed_files_only() -> None:
    if not (ROOT / "node_modules").is_dir():
        pytest.skip("npm packages are not installed")
    assert [name for name in VENDOR if finders.find(name) is None] == []
    assert finders.find("vendor/leaflet/../../package.json") is None
    assert finders.find("vendor/kern/kern.css") is None


def test_package_lock_names_no_address() -> None:
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in lock
    packages = json.loads(lock)["packages"]
    assert all("integrity" in data for name, data in packages.items() if name)


def test_modules_import_relatively_and_never_write_html() -> None:
    for file in STATIC.joinpath("js").glob("*.js"):
        source = file.read_text(encoding="utf-8")
        assert [
            path
            for path in re.findall(r'from "([^"]+)"|import "([^"]+)"', source)
            if not any(part.startswith(".") for part in path if part)
        ] == [], file.name
        assert "innerHTML" not in source, file.name
        assert "document.cookie" not in source, file.name
