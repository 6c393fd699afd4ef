"""Following, on the page of a project."""

from __future__ import annotations

from typing import Any

from django import template

from portal.activity.models import Follow

register = template.Library()


@register.inclusion_tag("activity/_follow.html", takes_context=True)
def follow_button(context: template.Context, project: Any) -> dict[str, Any]:
    """A link to the page where one follows (or stops), and to the feed. One query for a signed-in person."""
    user = context["request"].user
    follows = user.is_authenticated and Follow.objects.filter(user=user, project=project).exists()
    return {"project": project, "follows": follows}
