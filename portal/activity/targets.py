"""What can be followed: a registry that apps fill in `AppConfig.ready()`. A topic is `<target>:<object id>` as text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Subject:
    """One thing as followers read of it: its title at present and the path of its page."""

    title: str
    url: str


Find = Callable[[Any, Collection[str]], Mapping[str, Subject]]
Reach = Callable[[Any], Iterable[str]]


@dataclass(frozen=True)
class FollowTarget:
    """`label` is the kind in one word ("Projekt"); `find(user, ids)` gives those of the ids that this user may see."""

    key: str
    label: Any
    find: Find


_targets: dict[str, FollowTarget] = {}
_reaches: dict[str, Reach] = {}


def register(key: str, label: Any, find: Find) -> None:
    """Makes things of this kind followable. `find` answers for any number of ids with a fixed number of queries."""
    _targets[key] = FollowTarget(key, label, find)


def unregister(key: str) -> None:
    _targets.pop(key, None)


def register_reach(key: str, topics: Reach) -> None:
    """`topics(project)` names further topics that whatever happens in a project belongs to (its area, its district)."""
    _reaches[key] = topics


def registered() -> dict[str, FollowTarget]:
    return dict(_targets)


def topic(target: str, object_id: Any) -> str:
    return f"{target}:{object_id}"


def split(topic_key: str) -> tuple[str, str]:
    target, _colon, object_id = topic_key.partition(":")
    return target, object_id


def label_of(topic_key: str) -> Any:
    found = _targets.get(split(topic_key)[0])
    return found.label if found else ""


def find(user: Any, topic_keys: Iterable[str]) -> dict[str, Subject]:
    """Topic -> subject, for those that the user may see; one `find` per kind."""
    by_target: dict[str, list[str]] = defaultdict(list)
    for key in topic_keys:
        target, object_id = split(key)
        if target in _targets:
            by_target[target].append(object_id)
    return {
        topic(target, object_id): subject
        for target, ids in by_target.items()
        for object_id, subject in _targets[target].find(user, ids).items()
    }


def of_project(project: Any) -> list[str]:
    """All topics of a line that stands on a project's timeline."""
    return [topic("project", project.pk), *(key for reach in _reaches.values() for key in reach(project))]
