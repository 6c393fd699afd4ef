"""What this app tells the packages below it, called once from `AppConfig.ready()`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal import schedule
from portal.accounts import roles, todo
from portal.accounts.enums import Role
from portal.activity import targets, verbs
from portal.comments import kinds
from portal.comments import targets as talk_targets
from projects import panels


def register_all() -> None:
    from ethics import own_data, sources
    from ethics.domain import clockwork, inquiries, topics, vouched
    from ethics.panels import EthicsPanel, todo_doors, todo_items
    from ethics.talk_target import KEY, ReviewTarget

    vouched.register()
    own_data.register()
    sources.register()
    panels.register(EthicsPanel())
    todo.register("ethics.cases", todo_items)
    todo.register_doors("ethics.office", todo_doors)
    verbs.register("recommendation.published", _("Empfehlung des Ethikrats"), "scales", "success")
    verbs.register("dpia.published", _("Folgenabschätzung im Register"), "shield", "info")
    verbs.register("inquiry.answered", _("Antwort des Ethikrats"), "answer", "info")
    targets.register(topics.KEY, _("Ethikrat"), topics.find)
    talk_targets.register(KEY, ReviewTarget())
    kinds.register(inquiries.KIND, inquiries.InquiryKind())
    schedule.register("ethics.clockwork", 600, clockwork.run)
    roles.register(Role.PROJECT_LEAD, "ethics.request_review", "ethics.release_dpia")
    roles.register(Role.ETHICS_OFFICE, "ethics.run_office")
    roles.register(Role.ETHICS_MEMBER, "ethics.sit_on_council")
    roles.register(Role.ETHICS_CHAIR, "ethics.sit_on_council", "ethics.chair_council")
    roles.register(Role.DPO, "ethics.advise_data_protection")
    roles.register(Role.COMMUNICATIONS, "ethics.advise_publication")
