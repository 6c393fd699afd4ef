"""Following, on the page of whatever can be followed."""

from __future__ import annotations

from typing import Any

from django import template

from portal.activity import targets
from portal.activity.models import Follow

register = template.Library()


@register.inclusion_tag("activity/_follow.html", takes_context=True)
def follow_button(context: template.Context, target: Any, object_id: Any = None, label: Any = "") -> dict[str, Any]:
    """A link to the page where one follows (or stops), and to the feed. One query for a signed-in person.

    `{% follow_button "dialogue" dialogue.pk %}`; `{% follow_button project %}` is short for a project.
    `label` replaces the words of the button where one does not follow yet.
    """
    if not isinstance(target, str):
        target, object_id = "project", target.pk
    key, user = targets.topic(target, object_id), context["request"].user
    follows = user.is_authenticated and Follow.objects.filter(user=user, topic__key=key).exists()
    return {
        "target": target,
        "object_id": object_id,
        "follows": follows,
        "kind": targets.label_of(key),
        "label": label,
    }
