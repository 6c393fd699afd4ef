from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsletterConfig(AppConfig):
    name = "portal.newsletter"
    label = "newsletter"
    verbose_name = "Rundbriefe"

    def ready(self) -> None:
        from django.urls import reverse_lazy

        from portal import schedule
        from portal.accounts import roles, todo
        from portal.accounts.enums import Role
        from portal.newsletter.domain import own_data, sending

        own_data.register()
        roles.register(Role.COMMUNICATIONS, "newsletter.send_newsletter")
        schedule.register("newsletter.send", 5, sending.run)
        work = todo.Door(
            title=_("Rundbriefe"),
            url=reverse_lazy("newsletter:desk"),
            text=_("Schreiben, ansehen, an Gruppen verschicken"),
            icon="mail",
        )
        own = todo.Door(
            title=_("Rundbriefe der Stadt"),
            url=reverse_lazy("newsletter:subscribe"),
            text=_("Bestellen und abbestellen"),
            icon="mail",
            own=True,
        )
        todo.register_doors(
            "newsletter", lambda user: [work, own] if user.has_perm("newsletter.send_newsletter") else [own]
        )
