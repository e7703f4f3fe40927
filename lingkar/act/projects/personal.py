"""What somebody planned, did and said in projects: told to them, and forgotten."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingkar.act.projects.models import Evidence, Project, Remark, Review, Step
from lingkar.foundation.access import Actor
from lingkar.foundation.files.services import remove
from lingkar.foundation.privacy.registry import Holder, Row, register_keeper


def _own(holder: Holder) -> QuerySet[Project]:
    return Project.objects.filter(person=holder.person) if holder.person else Project.objects.none()


def export(holder: Holder) -> Iterator[Row]:
    """Own projects with their steps, then what was said and judged about those of others."""
    for item in _own(holder).order_by("begun_at", "pk"):
        yield {
            pgettext_lazy("project", "title"): item.title,
            _("issue"): item.issue,
            _("idea"): item.idea,
            _("what came of it"): item.result,
        }
    for step in Step.objects.filter(project__in=_own(holder)).order_by("due", "pk"):
        yield {_("step"): step.title, _("done on"): step.done_on, _("what was done"): step.note}
    for remark in Remark.objects.filter(person=holder.person).exclude(words="") if holder.person else ():
        yield {_("at"): remark.at, _("words"): remark.words}
    for review in Review.objects.filter(person=holder.person) if holder.person else ():
        yield {_("at"): review.given_at, _("mark"): review.mark, _("words"): review.words}


def erase(holder: Holder, at: datetime) -> int:
    """Words and files of own projects with what was said about them, and own words on those of others."""
    if holder.person is None:
        return 0
    for evidence in Evidence.objects.filter(step__project__in=_own(holder)).select_related("file"):
        file = evidence.file_id
        evidence.delete()
        remove(file=file, by=Actor.system(holder.agency), at=at)
    Step.objects.filter(project__in=_own(holder)).update(title="", note="")
    said = Remark.objects.filter(Q(person=holder.person) | Q(project__in=_own(holder))).update(words="")
    return said + _own(holder).update(title="", issue="", idea="", result="")


KEPT = _("Judgements of projects stay: they are the record of what a mark was given for (UU 43/2009).")
register_keeper("projects", _("Projects"), export=export, erase=erase, kept=KEPT)
