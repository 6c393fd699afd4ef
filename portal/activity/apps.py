from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivityConfig(AppConfig):
    name = "portal.activity"
    label = "activity"
    verbose_name = "Neuigkeiten"

    def ready(self) -> None:
        from portal import schedule
        from portal.accounts import todo
        from portal.activity.domain import digests, own_data

        own_data.register()
        schedule.register("activity.digests", 5, digests.run)
        text = _("Antworten an Sie und Neues aus Projekten, denen Sie folgen")
        todo.register_doors(
            "activity",
            lambda user: [
                todo.Door(title=_("Neuigkeiten"), url="/konto/neuigkeiten/", text=text, icon="bell", own=True)
            ],
        )
