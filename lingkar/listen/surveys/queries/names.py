"""What the nine elements and the bands are called, wherever they are shown."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from lingkar.listen.surveys.rules import Band, Unsur

UNSUR: dict[str, str | Promise] = {
    Unsur.REQUIREMENTS: gettext_lazy("Requirements"),
    Unsur.PROCEDURE: gettext_lazy("System, mechanism and procedure"),
    Unsur.TIME: gettext_lazy("Time it takes"),
    Unsur.COST: gettext_lazy("Cost or fee"),
    Unsur.PRODUCT: gettext_lazy("Product as specified for the service"),
    Unsur.COMPETENCE: gettext_lazy("Competence of those who serve"),
    Unsur.CONDUCT: gettext_lazy("Conduct of those who serve"),
    Unsur.COMPLAINTS: gettext_lazy("Handling of complaints, suggestions and comments"),
    Unsur.FACILITIES: gettext_lazy("Facilities"),
}
BANDS: dict[Band, str | Promise] = {
    Band.A: gettext_lazy("A, very good"),
    Band.B: gettext_lazy("B, good"),
    Band.C: gettext_lazy("C, less good"),
    Band.D: gettext_lazy("D, not good"),
}
