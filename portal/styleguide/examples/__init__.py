"""One example per component file of portal/templates/components/ (a test holds the two lists together)."""

from portal.styleguide.examples.content import CONTENT
from portal.styleguide.examples.data import DATA, day_of_values
from portal.styleguide.examples.flow import FLOW
from portal.styleguide.examples.forms import FORMS
from portal.styleguide.examples.frame import FRAME

GROUPS = [FRAME, CONTENT, FLOW, FORMS, DATA]

__all__ = ["GROUPS", "day_of_values"]
