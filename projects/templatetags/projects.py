"""Template tags of the projects."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from projects.panels import Shown

register = template.Library()


@register.simple_tag
def content_language(code: str = settings.LANGUAGE_CODE) -> SafeString:
    """` lang="de"` where content in German stands on a page whose interface speaks another language, else nothing."""
    spoken = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return format_html(' lang="{}"', code) if spoken != code.split("-")[0] else SafeString("")


@register.simple_tag(takes_context=True)
def include_panel(context: template.Context, panel: Shown) -> SafeString:
    """The box of an upper app, rendered with what that app gave and nothing else of this page but the request."""
    return SafeString(render_to_string(panel.template, dict(panel.context), request=context.get("request")))


@register.filter
def distance(metres: int) -> str:
    """`120 m`, `5 km`."""
    return f"{metres} m" if metres < 1000 else f"{number_format(metres / 1000, 1 if metres % 1000 else 0)} km"


@register.filter
def euro(amount: int) -> str:
    """`91.000.000 Euro`, with the language's grouping."""
    return gettext("%(betrag)s Euro") % {"betrag": number_format(amount, use_l10n=True, force_grouping=True)}
