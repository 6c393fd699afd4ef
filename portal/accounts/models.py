"""Who someone is: the custom user, signed in by e-mail."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.accounts.enums import ExportState, Role


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A person with an account. `display_name` is what others see; first and last name stay private."""

    username = None  # type: ignore[assignment]
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("E-Mail-Adresse"), unique=True)
    display_name = models.CharField(_("Anzeigename"), max_length=60, blank=True)
    department = models.CharField(_("Amt oder Dienststelle"), max_length=120, blank=True)
    blocked_until = models.DateTimeField(_("gesperrt bis"), null=True, blank=True)
    erased_at = models.DateTimeField(_("gelöscht am"), null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("Konto")
        verbose_name_plural = _("Konten")
        permissions = [("erase_user", _("Konten löschen")), ("grant_role", _("Rollen vergeben"))]

    def __str__(self) -> str:
        return self.public_name

    @property
    def public_name(self) -> str:
        if self.erased_at:
            return str(_("gelöschtes Konto"))
        return self.display_name or str(_("Person ohne Anzeigenamen"))

    @cached_property
    def granted_roles(self) -> frozenset[str]:
        """The roles given to this person, also while the second factor is missing; read once per instance."""
        return frozenset(self.groups.filter(name__in=Role.values).values_list("name", flat=True))

    @property
    def is_working_here(self) -> bool:
        """Someone who can act for the city or the Ethikrat, so the account needs a second factor."""
        return self.is_staff or self.is_superuser or bool(self.granted_roles)

    @cached_property
    def lacks_second_factor(self) -> bool:
        """True for people with a role who have not set up TOTP or a passkey, where that is required."""
        if not (settings.STAFF_MFA_REQUIRED and self.is_working_here):
            return False
        from allauth.mfa.models import Authenticator

        strong = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        return not Authenticator.objects.filter(user_id=self.pk, type__in=strong).exists()

    @property
    def roles(self) -> frozenset[str]:
        """The roles in force: none until the second factor is set up. Every door asks here, sockets and API too."""
        return frozenset() if self.lacks_second_factor else self.granted_roles

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return not self.lacks_second_factor and super().has_perm(perm, obj)

    def has_module_perms(self, app_label: str) -> bool:
        return not self.lacks_second_factor and super().has_module_perms(app_label)

    def has_role(self, *roles: str) -> bool:
        return self.is_active and bool(self.roles.intersection(roles))


class ErasedAccount(models.Model):
    """That an account was erased, so that the restore of an older backup erases it again; holds no address."""

    account_uuid = models.UUIDField(unique=True)
    email_hash = models.CharField(max_length=64)
    erased_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Löschvermerk")
        verbose_name_plural = _("Löschvermerke")

    def __str__(self) -> str:
        return str(self.account_uuid)


class DataExport(models.Model):
    """An archive of everything the portal knows about a person. The file lies outside of the media, and is deleted."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="data_exports")
    state = models.CharField(max_length=10, choices=ExportState, default=ExportState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Datenauszug")
        verbose_name_plural = _("Datenauszüge")
        ordering = ("-created_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(state__in=[ExportState.WAITING, ExportState.BUILDING]),
                name="account_export_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def is_finished(self) -> bool:
        return self.state in (ExportState.READY, ExportState.FAILED)

    @property
    def is_ready(self) -> bool:
        return self.state == ExportState.READY and self.expires_at > timezone.now()
