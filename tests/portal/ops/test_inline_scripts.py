"""Only scripts of exactly the known shape get a nonce."""

import pytest
from django.http import HttpResponse, JsonResponse

from portal.ops.middleware import inline_scripts

KNOWN = [
    '<script>initDateTimeChooser("id_go_live_at", {"dayOfWeekStart": 1, "format": "d.m.Y"});</script>',
    '<script>new ImageChooser("id_image", {"modalUrl": "/verwaltung/images/chooser/"});</script>',
    '<script>createTaskChooser("id_task");</script>',
    '<script>\n  (function() {\n   var panel = new InlinePanel(JSON.parse("{\\u0022a\\u0022: 1}"));\n })();\n</script>',
]
FOREIGN = [
    "<script>alert(1)</script>",
    '<script>initDateChooser("x", {a: alert(1)});</script>',
    '<script>new ImageChooser("x", {});alert(1)</script>',
    '<script>new Function("alert(1)")</script>',
    '<script>\n (function() { var panel = new InlinePanel(JSON.parse("x")); alert(1) })();</script>',
    '<script src="/static/x.js"></script>',
]


@pytest.mark.parametrize("script", KNOWN)
def test_known_scripts_get_the_nonce(script):
    assert inline_scripts.mark_html(script, "n0nce") == script.replace("<script>", '<script nonce="n0nce">')


@pytest.mark.parametrize("script", FOREIGN)
def test_others_get_none(script):
    assert inline_scripts.mark_html(script, "n0nce") == script


def test_html_inside_json_is_marked():
    response = JsonResponse({"step": "choose", "html": KNOWN[1], "rest": [1, {"html": FOREIGN[0]}]})
    inline_scripts.mark(response, "n0nce")
    text = response.content.decode()
    assert text.count("n0nce") == 1


def test_other_answers_stay_as_they_are():
    response = HttpResponse(KNOWN[0], content_type="text/plain")
    inline_scripts.mark(response, "n0nce")
    assert response.content.decode() == KNOWN[0]


def test_nonce_belongs_to_the_session(rf):
    first, second = rf.get("/verwaltung/"), rf.get("/verwaltung/")
    first.COOKIES["sessionid"], second.COOKIES["sessionid"] = "a", "b"
    assert inline_scripts.nonce_for(first) != inline_scripts.nonce_for(second)
    assert inline_scripts.nonce_for(first) == inline_scripts.nonce_for(first)
