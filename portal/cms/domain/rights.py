"""Which role may do what in the page tree: written to Wagtail's own tables, idempotent."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, Workflow

from portal.accounts.enums import Role
from portal.cms.models import BasePage

EVERYTHING = ("add", "change", "publish", "lock", "unlock", "bulk_delete")
COLLECTIONS = {
    "wagtailimages": ("add_image", "change_image", "choose_image"),
    "wagtaildocs": ("add_document", "change_document", "choose_document"),
}


def grant(**_kwargs: Any) -> None:
    """Communications and administration: everything; project leads: write below `/projekte/`, publish by workflow."""
    root = BasePage.objects.filter(depth=1).first()
    collection = Collection.get_first_root_node()
    if root is None or collection is None:  # a flushed database
        return
    projects = BasePage.objects.filter(depth=3, slug="projekte")
    for role in (Role.COMMUNICATIONS, Role.ADMIN):
        group, _created = Group.objects.get_or_create(name=role.value)
        _pages(group, root, EVERYTHING)
        _collections(group, collection)
    group, _created = Group.objects.get_or_create(name=Role.PROJECT_LEAD.value)
    _collections(group, collection)
    for page in projects:
        _pages(group, page, ("add", "change"))
    editors = Group.objects.get(name=Role.COMMUNICATIONS.value)
    for task in GroupApprovalTask.objects.filter(active=True):
        task.groups.add(editors)
    Workflow.objects.filter(name="Moderators approval").update(name="Freigabe durch die Kommunikation")


def _pages(group: Group, page: BasePage, kinds: tuple[str, ...]) -> None:
    for kind in kinds:
        permission = Permission.objects.filter(
            content_type__app_label="cms", codename=f"{kind}_basepage", content_type__model="basepage"
        ).first()
        if permission is not None:
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _collections(group: Group, collection: Collection) -> None:
    for app, codenames in COLLECTIONS.items():
        for permission in Permission.objects.filter(content_type__app_label=app, codename__in=codenames):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)
