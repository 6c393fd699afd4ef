"""The last page of all: answers when something broke, without database, session or context processors."""

from django.http import HttpRequest, HttpResponseServerError
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

PLAIN = """<!doctype html>
<html lang="de"><head><meta charset="utf-8">
<title>Fehler 500 – Digitale Heimat PB</title></head><body>
<main><h1>Bei uns ist etwas schiefgegangen.</h1>
<p>Das liegt an uns, nicht an Ihnen. Bitte laden Sie die Seite in ein paar Minuten neu.</p>
<p><a href="/">Zur Startseite</a></p></main></body></html>"""


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponseServerError:
    """500.html without a request; plain HTML where even that fails (static files not collected, say)."""
    try:
        html = loader.render_to_string("500.html")
    except Exception:
        html = PLAIN
    return HttpResponseServerError(html)
