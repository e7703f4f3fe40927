"""What people read when a rule of this module says no: what is wrong, what was kept, what to do."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from lingkar.foundation.refusals import Refused
from lingkar.foundation.ui.words import day, when


def sentence(refused: Refused) -> str:
    """Words for a code of this module; ``KeyError`` for others."""
    told = {key: _told(fact) for key, fact in refused.details.items()}
    groups = (_of_schemes, _of_cohorts, _of_attendance, _of_marks)
    return {code: words for group in groups for code, words in group().items()}[refused.code] % told


def _told(fact: object) -> object:
    if isinstance(fact, datetime):
        return when(fact)
    return day(fact) if isinstance(fact, date) else fact


def _of_schemes() -> dict[str, str]:
    return {
        "programmes.scheme_unreadable": _(
            "This scheme has another shape than one of a programme. Nothing was changed."
        ),
        "programmes.codes_not_once": _("Each part and each component needs a code of its own."),
        "programmes.weights": _("The weights make %(total)s, not 100. Nothing was changed."),
        "programmes.phase_unknown": _("A component belongs to a phase that the programme does not have."),
        "programmes.hours_impossible": _("A part asks for more hours than it allows."),
        "programmes.gate_impossible": _("Attendance is asked for in percent, from 0 to 100."),
        "programmes.remedial_impossible": _("What a later try counts at most is a mark from 0 to 100."),
        "programmes.component_unknown": _("This programme has no such component."),
        "programmes.part_unknown": _("This programme has no such part."),
        "programmes.type_unknown": _("There is no programme of this kind."),
        "programmes.hours_too_few": _("%(part)s: %(jp)s JP, at least %(least)s are needed."),
        "programmes.hours_too_many": _("%(part)s: %(jp)s JP, at most %(most)s are allowed."),
        "programmes.office_missing": _("%(part)s: each subject names the office that made it."),
        "programmes.bounds": _("Bands are four falling numbers."),
    }


def _of_cohorts() -> dict[str, str]:
    return {
        "programmes.code_taken": _("Another cohort has this code. Choose another one."),
        "programmes.cannot_move": _("This cannot be done in the state in which the cohort is. Load the page anew."),
        "programmes.ends_before_it_begins": _("The last day lies before the first day."),
        "programmes.seats_impossible": _("A cohort has 1 to %(most)s seats."),
        "programmes.seats_full": _(
            "There are %(seats)s seats for %(wanted)s people: %(over)s too many. Nobody was added."
        ),
        "programmes.origin_unknown": _(
            "“%(value)s” does not say from where somebody comes. Write CPNS, Sekolah kedinasan, Instansi lain or PNS."
        ),
        "programmes.nip_of_another": _("This NIP is recorded for %(name)s. Correct the NIP or the name."),
        "programmes.takes_part_already": _("Takes part already."),
        "programmes.institution_missing": _("Without a NIP the institution must be named."),
        "programmes.nip_not_on_record": _(
            "Nobody of this agency is recorded with this NIP. Ask the personnel office to record them; for somebody of "
            "another institution leave the NIP empty and name the institution."
        ),
        "programmes.closed": _("The cohort is closed: nothing of it changes any more."),
        "programmes.nobody_there": _("Nobody is in this cohort yet. Add participants first."),
        "programmes.withdrawal_reason": _("Say why they leave. Marks and attendance are kept."),
        "programmes.duty_unknown": _("There is no such duty."),
        "programmes.guides_oneself": _("Nobody guides or marks themselves. Choose somebody else."),
        "programmes.marks_given": _("Marks were given already: the weights stay as they are."),
        "programmes.person_missing": _("Nobody was found with this NIP."),
    }


def _of_attendance() -> dict[str, str]:
    return {
        "programmes.session_length": _("A session ends after it begins, and takes 14 hours at most."),
        "programmes.session_outside": _("The session lies outside the days of the cohort, %(first)s to %(last)s."),
        "programmes.sessions_outside": _(
            "A session lies outside these days, on %(on)s. Choose days that hold every session; nothing was changed."
        ),
        "programmes.trainer_busy": _("The trainer teaches at that time: %(cohort)s, %(start)s."),
        "programmes.room_busy": _("The room is taken at that time: %(cohort)s, %(start)s."),
        "programmes.session_held": _("Somebody's attendance is noted: the session stays."),
        "programmes.qr_forged": _("This QR is not from a session. Scan the one on the wall, or type the code."),
        "programmes.qr_old": _("This QR has changed since. Scan the one that is shown now, or type the code."),
        "programmes.code_wrong": _(
            "This code belongs to no session of yours that is held now. Look at the wall once more: it changes "
            "every minute."
        ),
        "programmes.notes_oneself": _(
            "Nobody notes themselves. Show the QR, or ask another trainer. Nothing was changed."
        ),
        "programmes.not_of_this_cohort": _("You do not take part in %(cohort)s. Ask the trainer to look at the list."),
        "programmes.too_early": _("Attendance opens on %(opens)s."),
        "programmes.too_late": _(
            "The session ended on %(ended)s by the clock of the server. If you were there, ask the trainer to note it."
        ),
    }  # fmt: skip


def _of_marks() -> dict[str, str]:
    return {
        "programmes.mark_out_of_range": _("A mark is 0 to 100; %(value)s is none. Nothing was changed."),
        "programmes.mark_too_exact": _("A mark has two decimals at most."),
        "programmes.reason_missing": _("This mark stands already. Say why it changes."),
        "programmes.not_in_class": _("This participant is decided: marks stay as they are."),
        "programmes.nobody_to_decide": _("Everybody is decided."),
        "programmes.chair_missing": _("Say who led the meeting."),
        "programmes.meeting_too_early": _("The meeting lies before the first day of the cohort, %(first)s."),
        "programmes.meeting_ahead": _("The day of the meeting has not come yet. Nothing was decided."),
        "programmes.meeting_kept": _(
            "This meeting was kept already, a moment ago or in another tab. Load the page anew before you keep another "
            "one."
        ),
        "programmes.ratings_missing": _("Please answer each question, 1 to 5. Nothing was sent yet."),
        "programmes.reacted": _("You answered already. Thank you."),
        "programmes.not_yet": _("These questions are asked once the cohort runs."),
    }
