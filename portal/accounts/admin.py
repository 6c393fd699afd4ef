"""Accounts in Django's admin: for administrators, who give roles and reset second factors."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.accounts.enums import Role
from portal.accounts.models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    """Roles are groups; passwords and superuser rights are not given here. Erasure goes through `erase_account`."""

    list_display = ("email", "display_name", "department", "is_active", "last_login")
    list_filter = ("is_active", "groups")
    search_fields = ("email", "display_name")
    ordering = ("email",)
    filter_horizontal = ("groups",)
    readonly_fields = ("uuid", "last_login", "date_joined", "erased_at")
    fieldsets = (
        (None, {"fields": ("email", "display_name", "department", "uuid")}),
        (_("Rechte"), {"fields": ("is_active", "is_staff", "groups", "blocked_until")}),
        (_("Zeiten"), {"fields": ("date_joined", "last_login", "erased_at")}),
    )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["queryset"] = Group.objects.filter(name__in=Role.values)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = () if request.user.has_perm("accounts.grant_role") else ("groups", "is_staff")
        return (*super().get_readonly_fields(request, obj), *fixed)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """A change of roles is recorded in the audit chain."""
        from django.db import transaction

        from portal import audit

        with transaction.atomic():
            before = set(form.instance.groups.values_list("name", flat=True)) if change else set()
            super().save_related(request, form, formsets, change)
            after = set(form.instance.groups.values_list("name", flat=True))
            if before != after:
                payload = {"account": str(form.instance.uuid), "before": sorted(before), "after": sorted(after)}
                audit.record(actor=request.user, action="account.roles_changed", obj=form.instance, payload=payload)
