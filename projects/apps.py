from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"
    label = "projects"
    verbose_name = "Projekte"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from portal.accounts import roles
        from portal.accounts.enums import Role
        from portal.activity import verbs
        from portal.comments import targets
        from projects import follow_targets, own_data, sources
        from projects.models import ProjectIndexPage, ProjectPage
        from projects.targets import ProjectTarget
        from projects.views.catalogue import project_list
        from projects.views.detail import project_detail

        ProjectIndexPage.view = staticmethod(project_list)
        ProjectPage.view = staticmethod(project_detail)

        sources.register()
        follow_targets.register()
        own_data.register()
        targets.register("project", ProjectTarget())
        verbs.register("project.published", _("Neues Projekt"), "flag", "info")
        verbs.register("project.updated", _("Neues aus dem Projekt"), "news", "info")
        verbs.register("milestone.reached", _("Meilenstein"), "milestone", "success")

        editing = ("projects.add_project", "projects.change_project", "projects.view_project")
        roles.register(Role.COMMUNICATIONS, *editing)
        roles.register(Role.ADMIN, *editing, "projects.delete_project", "projects.lead_project")
        roles.register(Role.PROJECT_LEAD, "projects.lead_project")
