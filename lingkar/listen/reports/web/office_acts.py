"""The acts on a case as one table: which form, which verb, who may, when it is offered, what is said afterwards."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingkar.listen.reports import services
from lingkar.listen.reports.access import Action
from lingkar.listen.reports.models import EntryKind, Report
from lingkar.listen.reports.queries import CaseView
from lingkar.listen.reports.rules import Move, State
from lingkar.listen.reports.web import office_forms as forms


def is_open_to_public(report: Report) -> bool:
    return not (report.is_sealed or report.is_secret or report.published_at)


@dataclass(frozen=True)
class Act:
    """One thing that an officer can do. ``name`` stands in the address, ``button`` is an imperative."""

    name: str
    verb: Callable[..., None]
    form: type[forms.ActForm]
    writes: EntryKind
    action: Action
    label: str | Promise
    button: str | Promise
    done: str | Promise
    icon: str
    move: Move | None = None
    when: Callable[[Report], bool] | None = None
    hint: str | Promise = ""

    @property
    def needs_units(self) -> bool:
        """Whether its form offers units to choose from."""
        return "to_unit" in self.form.base_fields

    def is_offered(self, case: CaseView) -> bool:
        """Whether the page shows it: the service decides again."""
        fits = self.when is None or self.when(case.report)
        return fits and self.action in case.actions and (self.move is None or self.move in case.moves)


ACTS = {
    act.name: act
    for act in (
        Act(
            "terima",
            services.accept_report,
            forms.BareForm,
            EntryKind.ACCEPTED,
            Action.HANDLE,
            label=_("Accept this case"),
            button=_("Accept and work on it"),
            done=_("Accepted. The reporter sees that your unit works on it."),
            icon="check",
            move=Move.ACCEPT,
            hint=_("Your unit takes it on, and the reporter sees that. If another unit must answer, refer it instead."),
        ),
        Act(
            "balas",
            services.reply_to_reporter,
            forms.ReplyForm,
            EntryKind.REPLY,
            Action.HANDLE,
            label=_("Reply to the reporter"),
            button=_("Send the reply"),
            done=_("Sent. The reporter can read your reply now."),
            icon="message-square-text",
            move=Move.REPLY,
        ),
        Act(
            "selesai",
            services.close_report,
            forms.CloseForm,
            EntryKind.CLOSED,
            Action.HANDLE,
            label=_("Close with proof"),
            button=_("Close with this proof"),
            done=_("Closed with proof. The reporter has the word now."),
            icon="circle-check",
            move=Move.CLOSE,
        ),
        Act(
            "disposisi",
            services.refer_report,
            forms.ReferForm,
            EntryKind.REFERRED,
            Action.REFER,
            label=_("Refer to another unit"),
            button=_("Refer the case"),
            done=_("Referred. The promised dates stay as they are."),
            icon="corner-up-right",
            move=Move.REFER,
        ),
        Act(
            "catat",
            services.add_note,
            forms.NoteForm,
            EntryKind.NOTE,
            Action.HANDLE,
            label=_("Write an internal note"),
            button=_("Keep the note"),
            done=_("The note is kept. Only colleagues who handle the case read it."),
            icon="pencil",
        ),
        Act(
            "kategori",
            services.recategorise_report,
            forms.RecategoriseForm,
            EntryKind.RECATEGORISED,
            Action.HANDLE,
            label=_("Change the category"),
            button=_("Change the category"),
            done=_("The category is changed."),
            icon="tag",
            hint=_("The promised dates follow the category. A sensitive one seals the case for the Inspectorate."),
        ),
        Act(
            "alihkan",
            services.hand_over_report,
            forms.HandOverForm,
            EntryKind.HANDED_OVER,
            Action.HANDLE,
            label=_("Not ours: pass it to another agency"),
            button=_("Pass it on"),
            done=_("Passed on. The reporter was told which agency answers and how to reach it."),
            icon="external-link",
            move=Move.HAND_OVER,
        ),
        Act(
            "tayang",
            services.publish_report,
            forms.BareForm,
            EntryKind.PUBLISHED,
            Action.PUBLISH,
            label=_("Publish"),
            button=_("Publish it like this"),
            done=_("Published. Everybody can read the masked words and your answers."),
            icon="eye",
            when=is_open_to_public,
        ),
        Act(
            "turunkan",
            services.withhold_report,
            forms.BareForm,
            EntryKind.WITHHELD,
            Action.PUBLISH,
            label=_("Take it off the public list"),
            button=_("Take it off"),
            done=_("Taken off the public list."),
            icon="eye-off",
            when=lambda report: bool(report.published_at),
        ),
        Act(
            "segel",
            services.seal_report,
            forms.BareForm,
            EntryKind.SEALED,
            Action.SEAL,
            label=_("Seal it and give it to the Inspectorate"),
            button=_("Seal the case"),
            done=_("Sealed. The Inspectorate has it now; it left your lists."),
            icon="lock",
            when=lambda report: not report.is_sealed,
            hint=_("For a case about staff, bribes, violence or somebody's health. You will not see it any more."),
        ),
        Act(
            "buka-segel",
            services.unseal_report,
            forms.UnsealForm,
            EntryKind.UNSEALED,
            Action.SEALED,
            label=_("Open the seal"),
            button=_("Open the seal and give it to this unit"),
            done=_("The seal is open. The unit has the case now."),
            icon="lock-open",
            move=Move.REFER,
            when=lambda report: report.is_sealed,
        ),
    )
}
"""Every act by its name in the address."""


def first_act(case: CaseView) -> Act | None:
    """The one act that brings a case forward: look at it, keep the first promise, prove the answer."""
    report = case.report
    order = {
        State.RECEIVED: ("terima",),
        State.REOPENED: ("terima",),
        State.IN_PROGRESS: ("selesai",) if report.first_answered_at else ("balas",),
    }.get(State(report.state), ())
    return next((ACTS[name] for name in order if ACTS[name].is_offered(case)), None)


def further_acts(case: CaseView) -> list[Act]:
    """Everything else that may be done now, in the order of the table."""
    first = first_act(case)
    return [act for act in ACTS.values() if act is not first and act.is_offered(case)]
