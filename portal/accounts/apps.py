from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "accounts"
    verbose_name = "Konten"

    def ready(self) -> None:
        from portal.accounts import roles, todo
        from portal.accounts.domain import own_data
        from portal.accounts.enums import Role

        own_data.register()
        todo.register_doors("accounts", todo.admin_doors)
        roles.register(
            Role.ADMIN,
            "accounts.view_user",
            "accounts.add_user",
            "accounts.change_user",
            "accounts.erase_user",
            "accounts.grant_role",
            "auth.view_group",
            "mfa.view_authenticator",
            "mfa.delete_authenticator",
        )
        # Runs after Django made the permissions of the last migrated app, so each registered one is known.
        post_migrate.connect(roles.sync_after_migrate, dispatch_uid="accounts.roles")
