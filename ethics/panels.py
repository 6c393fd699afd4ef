"""What a project page and the start page after login show of the Ethikrat."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ethics.domain import waiting
from ethics.domain.redaction import public
from ethics.models import ReviewCase
from ethics.models.visibility import grants
from portal.accounts import todo
from projects import panels


class EthicsPanel:
    """One plain sentence about the review with a link; for leads the way to apply."""

    key, title, order = "ethics", _("Ethikrat"), 20

    def render(self, project: Any, user: Any) -> panels.Rendered | None:
        cases = ReviewCase.objects.visible_to(user).filter(project=project).select_related("recommendation", "project")
        rows = [self._row(case) for case in cases if case.is_public or _is_own(user, case)]
        can_begin = _may_apply(user, project)
        if not rows and not can_begin:
            return None
        return panels.Rendered("ethics/_project_panel.html", {"rows": rows, "can_begin": can_begin})

    def actions(self, project: Any, user: Any) -> Iterable[panels.Action]:
        if not _may_apply(user, project):
            return []
        url = f"{reverse('ethics:case-begin')}?projekt={project.slug}"
        return [panels.Action(_("Prüfung durch den Ethikrat beantragen"), url, icon="scales")]

    def _row(self, case: ReviewCase) -> dict[str, Any]:
        if not case.is_public:
            return {"case": case, "url": reverse("ethics:case-show", kwargs={"slug": case.slug}), "public": False}
        return {
            "case": case,
            "url": reverse("ethics:review-show", kwargs={"slug": case.slug}),
            "public": True,
            "sentence": public(case.recommendation.sentence),
            "conditions": case.recommendation.conditions.count(),
        }


def _is_own(user: Any, case: ReviewCase) -> bool:
    return getattr(user, "pk", None) in (case.lead_id, case.project.lead_id if case.project else None)


def _may_apply(user: Any, project: Any) -> bool:
    return "request_review" in grants(user) and project.lead_id in (None, user.pk)


def todo_items(user: Any) -> list[todo.Item]:
    return [
        todo.Item(title=item.text, url=item.url, text=item.title, due=item.due, icon="scales", sample=item.sample)
        for item in waiting.for_user(user)[:10]
    ]


def todo_doors(user: Any) -> list[todo.Door]:
    if not grants(user) - {"advise_publication"}:
        return []
    return [
        todo.Door(
            title=_("Arbeitsliste des Ethikrats"),
            url=reverse("ethics:office-show"),
            text=_("Fälle, Sitzungen und was auf Sie wartet."),
            icon="scales",
        )
    ]
