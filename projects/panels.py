"""What upper apps show on a project page: a registry that they fill in their `AppConfig.ready()`.

A panel answers two questions for one project and one person: what stands in its box, and what this person can do now
("Was Sie jetzt tun können"). It starts from `visible_to(user)`; a panel that has nothing to show answers None.

    from projects import panels

    class StationsPanel:
        key, title, order = "sensors", _("Messwerte"), 30

        def render(self, project, user):
            stations = ...
            return panels.Rendered("mapviews/_project_panel.html", {"stations": stations}) if stations else None

        def actions(self, project, user):          # optional
            return [panels.Action(_("Sensor anmelden"), "/sensoren/stationen/neu/", icon="sensor")]

    panels.register(StationsPanel())
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable


@dataclass(frozen=True)
class Rendered:
    """A template of the upper app and what it needs; it is included with `project` and `user` added."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Action:
    """Something a person can do now; `label` is a verb phrase, `hint` one short sentence, `until` a moment or None."""

    label: Any
    url: str
    hint: Any = ""
    icon: str = ""
    until: Any = None


@runtime_checkable
class Panel(Protocol):
    """`order`: dialogues 10, ethics 20, sensors 30. `render` makes a constant number of queries."""

    key: str
    title: Any
    order: int

    def render(self, project: Any, user: Any) -> Rendered | None: ...


@dataclass(frozen=True)
class Shown:
    """A panel with something to show, ready for the project page."""

    key: str
    title: Any
    template: str
    context: Mapping[str, Any]


_panels: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    _panels[panel.key] = panel


def unregister(key: str) -> None:
    _panels.pop(key, None)


def registered() -> list[Panel]:
    """All panels in the order in which a page shows them."""
    return sorted(_panels.values(), key=lambda panel: (panel.order, panel.key))


def shown_for(project: Any, user: Any) -> list[Shown]:
    shown = []
    for panel in registered():
        rendered = panel.render(project, user)
        if rendered is not None:
            context = {**rendered.context, "project": project, "user": user}
            shown.append(Shown(panel.key, panel.title, rendered.template, context))
    return shown


def actions_for(project: Any, user: Any) -> list[Action]:
    """What this person can do now, as far as upper apps know."""
    found: list[Action] = []
    for panel in registered():
        actions: Iterable[Action] = getattr(panel, "actions", lambda _project, _user: ())(project, user)
        found.extend(actions)
    return found
