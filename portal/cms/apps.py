from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CmsConfig(AppConfig):
    name = "portal.cms"
    label = "cms"
    verbose_name = "Redaktion"

    def ready(self) -> None:
        from portal import schedule
        from portal.accounts.enums import Role
        from portal.accounts.roles import register
        from portal.cms import own_data, receivers, scheduled, sources
        from portal.cms.domain.rights import grant

        for role in (Role.COMMUNICATIONS, Role.ADMIN):
            register(
                role,
                "wagtailadmin.access_admin",
                "cms.add_sitewarning",
                "cms.change_sitewarning",
                "cms.delete_sitewarning",
                "cms.view_sitewarning",
                "cms.view_barriernote",
                "cms.change_barriernote",
                "cms.change_contactsettings",
                "wagtailredirects.add_redirect",
                "wagtailredirects.change_redirect",
                "wagtailredirects.delete_redirect",
            )
        register(Role.PROJECT_LEAD, "wagtailadmin.access_admin")
        post_migrate.connect(grant, sender=self, dispatch_uid="cms-grant")
        receivers.connect()
        sources.register()
        own_data.register()
        schedule.register("publish_scheduled", 10, scheduled.publish_due)
