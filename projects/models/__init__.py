"""Projects as facts that others compute with, and the pages that show them."""

from projects.models.life import Milestone, ProjectUpdate
from projects.models.pages import ProjectIndexPage, ProjectPage
from projects.models.project import Project, ProjectArea, ProjectQuerySet
from projects.models.relations import Funding, Partner, Place, ProjectPartner

__all__ = [
    "Funding",
    "Milestone",
    "Partner",
    "Place",
    "Project",
    "ProjectArea",
    "ProjectIndexPage",
    "ProjectPage",
    "ProjectPartner",
    "ProjectQuerySet",
    "ProjectUpdate",
]
