"""A DPIA with texts, two risks and a measure, its editor, its adviser and who decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from ethics.domain import dpia as acts
from ethics.models import Dpia
from portal.accounts.enums import Role

RISK = {"title": "Wege werden sichtbar", "kind": "gestaltung", "harm": ["Diskriminierung"], "source": "Funk"}


@dataclass
class Cast:
    editor: Any
    dpo: Any
    releaser: Any
    office: Any
    outsider: Any

    def written(self, residual: list[int] | None = None) -> Dpia:
        dpia = acts.begin(self.editor, title="Zählung am Markt")
        dpia = acts.begin_editing(self.editor, dpia=dpia, reason="Zwei Kriterien treffen zu.")
        for key in ("D1", "D2", "D3", "D4"):
            acts.save_section(
                self.editor, dpia=dpia, key=key, text=f"{key}: ausführlich beschrieben.", owner="Marktamt"
            )
        ratings = {"inherent": [3, 3], "planned": [2, 2], "residual": residual or [2, 1]}
        acts.save_risk(self.editor, dpia=dpia, risk={**RISK, **ratings})
        measure = {"title": "Kennungen kürzen", "owner": "Anbieter", "risks": [1, 9]}
        acts.save_measure(self.editor, dpia=dpia, measure=measure)
        return Dpia.objects.get(pk=dpia.pk)

    def advised(self, **fields: Any) -> Dpia:
        dpia = acts.hand_over(self.editor, dpia=self.written(**fields), releaser=self.releaser)
        acts.advise(self.dpo, dpia=dpia, verdict="hinweise", text="Bitte die Frist der Löschung verkürzen.")
        return Dpia.objects.get(pk=dpia.pk)


@pytest.fixture
def cast(make_user) -> Cast:
    return Cast(
        editor=make_user(Role.PROJECT_LEAD),
        dpo=make_user(Role.DPO),
        releaser=make_user(Role.PROJECT_LEAD),
        office=make_user(Role.ETHICS_OFFICE),
        outsider=make_user(),
    )
