"""What editors find in `/verwaltung/` beside pages, pictures and documents."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet

from portal.cms.domain.warnings import remove_warning
from portal.cms.forms import BarrierDoneForm, SiteWarningForm
from portal.cms.models import BarrierNote, SiteWarning


class WarningDeleteView(DeleteView):
    def delete_action(self) -> None:
        remove_warning(user=self.request.user, warning=self.object)


class EditOnlyPanel(FieldPanel):
    """A field that stands in the form of a known object only."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return self.instance.pk is not None and bool(super().is_shown())


class WarningState(Column):
    def get_value(self, instance: SiteWarning) -> str:
        if instance.is_running():
            return _("läuft jetzt")
        return _("geplant") if instance.starts > timezone.now() else _("beendet")


class SiteWarningViewSet(ModelViewSet):
    model = SiteWarning
    name = "warnhinweise"
    url_prefix = "warnhinweise"
    icon = "warning"
    menu_label = gettext_lazy("Warnhinweis")
    menu_order = 150
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    search_fields = ["title", "text"]
    delete_view_class = WarningDeleteView
    list_display = [
        "title",
        WarningState("state", label=gettext_lazy("Stand")),
        Column("get_kind_display", label=gettext_lazy("Art")),
        DateColumn("starts", label=gettext_lazy("beginnt")),
        DateColumn("ends", label=gettext_lazy("endet")),
    ]
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("title"), FieldPanel("text"), FieldPanel("link"), FieldPanel("kind")],
                heading=gettext_lazy("Deutsch"),
            ),
            FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")], heading=gettext_lazy("Zeitraum")),
            EditOnlyPanel("end_now"),
            MultiFieldPanel(
                [FieldPanel("title_en"), FieldPanel("text_en")], heading=gettext_lazy("Englisch"), classname="collapsed"
            ),
            MultiFieldPanel(
                [FieldPanel("title_plain"), FieldPanel("text_plain")],
                heading=gettext_lazy("Leichte Sprache"),
                classname="collapsed",
            ),
            FieldPanel("sample"),
        ],
        base_form_class=SiteWarningForm,
    )


class BarrierNoteViewSet(ModelViewSet):
    model = BarrierNote
    name = "barrieren"
    url_prefix = "barrieren"
    icon = "help"
    menu_label = gettext_lazy("Barrieren")
    menu_order = 900
    add_to_admin_menu = True
    inspect_view_enabled = True
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("page", read_only=True),
            FieldPanel("text", read_only=True),
            FieldPanel("email", read_only=True),
            FieldPanel("done"),
        ],
        base_form_class=BarrierDoneForm,
    )
    list_display = ["__str__", "page", DateColumn("created_at"), DateColumn("handled_at")]


@hooks.register("register_admin_viewset")
def viewsets() -> list[ModelViewSet]:
    return [SiteWarningViewSet(), BarrierNoteViewSet()]
