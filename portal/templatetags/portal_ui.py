"""Template tags of the design system: icons, pictures, navigation, addresses, times, form fields. Knows no app."""

from __future__ import annotations

import functools
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect, Select, Textarea
from django.forms.widgets import Input
from django.templatetags.static import static
from django.urls import translate_url
from django.utils import formats, timezone, translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from portal.dates import weekday
from portal.modules import brought_along

register = template.Library()

PICTURES = Path(__file__).resolve().parent.parent / "templates" / "pictures"
ICONS = "img/icons.svg"


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """A decorative line icon: `{% icon "water" %}`; size: "" | "small" | "large". Say its meaning in words too."""
    modifier = f" icon--{size}" if size else ""
    return format_html(
        '<svg class="icon{}" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"></use></svg>',
        modifier,
        static(ICONS),
        name,
    )


@register.simple_tag
def modulepreload(*modules: str) -> SafeString:
    """For the head: asks for these modules and all they import at once, `{% modulepreload "js/portal.js" %}`."""
    names = dict.fromkeys(name for module in modules for name in (module, *brought_along(module)))
    return format_html_join("", '<link rel="modulepreload" href="{}">', ((static(name),) for name in names))


@register.simple_block_tag
def heading(content: str, level: str | int, css: str = "", id: str = "") -> SafeString:
    """A heading whose level the page chooses: `{% heading level|default:"3" "card__title" %}…{% endheading %}`."""
    number = min(6, max(1, int(level)))
    attributes = format_html_join("", ' {}="{}"', [(k, v) for k, v in (("class", css), ("id", id)) if v])
    return format_html("<h{}{}>{}</h{}>", number, attributes, content, number)


@functools.cache
def _picture(name: str) -> str:
    if not name.replace("-", "").isalnum():
        return ""
    file = PICTURES / f"{name}.svg"
    return file.read_text(encoding="utf-8").strip() if file.is_file() else ""


@register.simple_tag
def picture(name: str) -> SafeString:
    """One of our own SVG pictures, inline so that it follows the theme; empty for an unknown name."""
    source = _picture(str(name))
    return mark_safe(f'<span class="picture" aria-hidden="true">{source}</span>' if source else "")


@register.simple_tag
def demo_mode() -> bool:
    return bool(settings.DEMO)


@register.simple_tag
def html_lang() -> str:
    """The page's language as a valid BCP 47 tag."""
    return translation.get_language() or settings.LANGUAGE_CODE


@register.simple_tag
def local_path(path: str) -> str:
    """The path in the language of the page: `{% local_path "/projekte/" %}` is `/en/projekte/` on an English page."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"


@register.simple_tag(takes_context=True)
def language_url(context: template.Context, code: str) -> str:
    """This page's address in another language. A view may give `alternates` ({code: url}) where slugs differ."""
    alternates = context.get("alternates") or {}
    if code in alternates:
        return str(alternates[code])
    request = context.get("request")
    home = "/" if code == settings.LANGUAGE_CODE else f"/{code}/"
    return translate_url(request.path, code) if request else home


@register.simple_tag(takes_context=True)
def nav_current(context: template.Context, path: str) -> SafeString:
    """`aria-current` for a navigation link: "page" on the page itself, "true" below it, else nothing."""
    request = context.get("request")
    if request is None:
        return mark_safe("")
    if request.path == path:
        return mark_safe('aria-current="page"')
    return mark_safe('aria-current="true"' if path != "/" and request.path.startswith(path) else "")


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """The query of this address with changes; None removes a key: `{% query page=2 %}`, `{% query bereich=None %}`."""
    request = context.get("request")
    params = request.GET.copy() if request else None
    if params is None:
        from django.http import QueryDict

        params = QueryDict(mutable=True)
    for key, value in changes.items():
        if value is None or value == "":
            params.pop(key, None)
        elif isinstance(value, list | tuple):
            params.setlist(key, [str(item) for item in value])
        else:
            params[key] = str(value)
    return "?" + params.urlencode()


def _local(value: datetime | date) -> datetime | date:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def _words(value: datetime | date, style: str) -> str:
    local = _local(value)
    if not isinstance(local, datetime) or style == "date":
        return formats.date_format(local, "DATE_FORMAT")
    clock = local.strftime("%H:%M")
    if style == "time":
        return _("%(zeit)s Uhr") % {"zeit": clock}
    return _("%(tag)s, %(zeit)s Uhr") % {"tag": formats.date_format(local, "DATE_FORMAT"), "zeit": clock}


@register.filter(name="weekday", expects_localtime=True)
def weekday_words(value: date | datetime | None, length: str = "") -> str:
    """`{{ day|weekday }}`: with weekday and year; `|weekday:"short"` without the year."""
    return weekday(value, year=length != "short") if value else ""


@register.simple_tag
def when(value: datetime | date | None, style: str = "datetime") -> SafeString:
    """`<time>` with the moment in words; style: datetime | date | time."""
    if value is None:
        return mark_safe("")
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), _words(value, style))


@register.simple_tag
def ago(value: datetime | None) -> SafeString:
    """`<time>` that the browser turns into "vor 3 Minuten"; without JavaScript it shows the date (pages are cached)."""
    if value is None:
        return mark_safe("")
    return format_html('<time datetime="{}" data-relative>{}</time>', value.isoformat(), _words(value, "datetime"))


@register.filter
def counted(total: int) -> range:
    """1 to total, for loops: `{% for part in total|counted %}`."""
    return range(1, int(total) + 1)


@register.filter
def percent_of(value: float, maximum: float) -> int:
    """Share in whole percent, 0 to 100."""
    return max(0, min(100, round(100 * float(value) / float(maximum)))) if maximum else 0


@register.filter
def field_kind(field: BoundField) -> str:
    """How `components/field.html` lays a field out: hidden | check | group | select | textarea | file | input."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "group"
    if isinstance(widget, CheckboxInput):
        return "check"
    if isinstance(widget, Select):
        return "select"
    if isinstance(widget, Textarea):
        return "textarea"
    if isinstance(widget, FileInput):
        return "file"
    return "input" if isinstance(widget, Input) else "group"


CLASSES = {
    "check": "kern-form-check__checkbox",
    "select": "kern-form-input__select",
    "textarea": "kern-form-input__input kern-form-input__input--textarea",
    "file": "kern-form-input__input field__file",
    "input": "kern-form-input__input",
}


@register.simple_tag
def field_input(field: BoundField) -> SafeString:
    """The input itself with KERN's class, aria-describedby (help, errors) and aria-invalid."""
    kind = field_kind(field)
    described = " ".join(
        part
        for part in (
            f"{field.auto_id}_helptext" if field.help_text else "",
            f"{field.auto_id}_error" if field.errors else "",
        )
        if part
    )
    attrs: dict[str, Any] = {}
    css = CLASSES.get(kind, "")
    if css:
        if field.errors:
            css += f" {css.split()[0]}--error"
        own = field.field.widget.attrs.get("class", "")
        attrs["class"] = f"{css} {own}".strip()
    if described and kind not in {"group", "hidden"}:
        attrs["aria-describedby"] = described
    if field.errors and kind not in {"group", "hidden"}:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)


@register.filter
def page_numbers(page: Page) -> list[int]:
    """Numbers of a pagination; 0 stands for a gap: [1, 0, 4, 5, 6, 0, 12]."""
    return [
        n if isinstance(n, int) else 0
        for n in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
