"""What stations on the move measured: a list of fields by month, and the same on a map."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mapviews.domain import cell_places, mobile
from mapviews.domain.words import scale_of, words_for
from mapviews.models import MobileCell, Phenomenon

PER_PAGE = 50


class CellFilter(forms.Form):
    monat = forms.ChoiceField(label=_("Monat"), required=False)
    messgroesse = forms.ModelChoiceField(
        label=_("Messgröße"), queryset=None, required=False, empty_label=None, to_field_name="slug"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = MobileCell.objects.order_by("-month").values_list("month", flat=True).distinct()
        self.months = {f"{month:%Y-%m}": month for month in found}
        self.fields["monat"].choices = [
            (key, formats.date_format(m, "YEAR_MONTH_FORMAT")) for key, m in self.months.items()
        ]
        self.fields["messgroesse"].queryset = Phenomenon.objects.filter(
            pk__in=MobileCell.objects.values("phenomenon").distinct()
        )

    def chosen(self) -> tuple[Any, Phenomenon | None]:
        """The month and phenomenon asked for, else the newest month and the first phenomenon."""
        asked = self.cleaned_data if self.is_bound and self.is_valid() else {}
        month = self.months.get(asked.get("monat") or "") or next(iter(self.months.values()), None)
        return month, asked.get("messgroesse") or self.fields["messgroesse"].queryset.first()


@require_safe
def cells(request: HttpRequest) -> HttpResponse:
    form = CellFilter(request.GET or None)
    month, phenomenon = form.chosen()
    found = MobileCell.objects.filter(month=month, phenomenon=phenomenon) if month and phenomenon else []
    rows = sorted((_row(cell, phenomenon) for cell in found), key=lambda row: (-row["mean"], row["key"]))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter_form": form if form.months else None,
        "month": month,
        "phenomenon": phenomenon,
        "page_obj": page,
        "scale": scale_of(phenomenon.pk) if phenomenon else [],
        "sample": mobile.has_samples(),
        "trips": mobile.TRIPS,
        "month_text": f"{month:%Y-%m}" if month else "",
        "edges": json.dumps(
            [step.high for step in scale_of(phenomenon.pk) if step.high is not None] if phenomenon else []
        ),
    }
    return render(request, "mapviews/mobile_cells.html", context)


def _row(cell: MobileCell, phenomenon: Any) -> dict[str, Any]:
    mean = cell.total / cell.n
    return {
        "key": (cell.zone, cell.column, cell.row),
        "place": cell_places.near(*mobile.middle(cell)),
        "mean": mean,
        "value": formats.number_format(mean, decimal_pos=phenomenon.decimals),
        "words": words_for(phenomenon.pk, mean),
        "n": cell.n,
    }
