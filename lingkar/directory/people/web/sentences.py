"""Why something about accounts and roles was turned down, in words."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lingkar.foundation.refusals import Refused


def sentence(refusal: Refused) -> str:
    """What happened and what to do now, for a refusal of this module."""
    told = {
        key: date_format(fact, "j F Y") if isinstance(fact, date) else fact for key, fact in refusal.details.items()
    }
    groups = (_of_accounts, _of_delegations, _of_rights, _of_numbers, _of_persons)
    return {code: words for group in groups for code, words in group().items()}[refusal.code] % told


def _of_numbers() -> dict[str, str]:
    return {
        "people.nip_missing": _("The NIP is missing. Civil servants have one of 18 digits."),
        "people.nip_of_external": _("Somebody from outside has no NIP. Leave it empty, or choose another kind."),
        "people.nip_digits_lost": _(
            "The spreadsheet rounded this number, so its last digits are lost. Format the column as text, and enter "
            "the NIP again from its source."
        ),
        "people.nip_not_digits": _("A NIP has digits only. Look for letters such as O or l among them."),
        "people.nip_legacy": _("This is the old NIP of 9 digits. Enter the new one, which has 18 digits."),
        "people.nip_is_nik": _("This looks like a NIK (16 digits). Enter the NIP, which has 18 digits."),
        "people.nip_length": _("A NIP has 18 digits; this number has %(digits)s."),
        "people.nip_birth": _("The first 8 digits of the NIP are no date of birth (year, month, day)."),
        "people.nip_month": _("Digits 13 and 14 of the NIP should be the month of appointment; %(month)s is none."),
        "people.nip_of_pppk": _("This is the number of a PPPK. Correct the number, or choose the kind PPPK."),
        "people.nip_of_pns": _("This is the number of a PNS. Correct the number, or choose the kind PNS or CPNS."),
        "people.nip_sex": _("The 15th digit of the NIP is 1 for a man or 2 for a woman."),
        "people.nip_serial": _("The last 3 digits of the NIP are a serial number that begins with 001."),
        "people.nip_year": _("The year of appointment in the NIP, %(year)s, cannot be."),
        "people.nip_birth_differs": _("The NIP says born on %(told)s, but the date of birth is %(given)s."),
        "people.nip_sex_differs": _("The NIP says another sex than the one given."),
        "people.nip_too_young": _(
            "By the NIP this person was younger than %(youngest)s when appointed. Check the digits."
        ),
        "people.nip_too_old": _("By the NIP this person was older than %(oldest)s when appointed. Check the digits."),
        "people.nip_known": _(
            "This NIP cannot be used. Check the digits. If they are right, somebody has been recorded with it before: "
            "look for them in your list. Somebody who moves from another agency of this installation is handed over by "
            "that agency and taken under Transfers."
        ),
        "people.nip_twice": _("This NIP stands in an earlier row as well. One person, one row."),
    }


def _of_persons() -> dict[str, str]:
    return {
        "people.kind_unknown": _("The kind is PNS, CPNS, PPPK, part-time PPPK or somebody from outside."),
        "people.name_missing": _("The name is missing."),
        "people.golongan_of_other_kind": _(
            "The grade %(golongan)s does not go with this kind: PNS and CPNS have I/a to IV/e, PPPK have I to XVII."
        ),
        "people.born_in_the_future": _("The date of birth, %(given)s, lies in the future."),
        "people.email_is_none": _("This is no e-mail address."),
        "people.phone_is_none": _("This is no phone number."),
        "people.too_long": _("A text is too long: at most %(most)s signs."),
        "people.unreadable_sign": _("A text holds a sign that cannot be stored. Type it again."),
        "people.not_serving": _("This person no longer serves. Set the status to active first."),
        "people.before_service": _("By the NIP this person serves from %(since)s at the earliest."),
        "people.unit_unknown": _("This unit is not among yours. Choose one from the list."),
        "people.position_elsewhere": _("This position is not in that unit. Choose one of the unit."),
        "people.unit_needed": _("Choose a unit: you keep records for your own units."),
        "people.since_needed": _("From which day on does this person work there?"),
        "people.unit_not_begun": _("The unit exists from %(unit_from)s. Choose that day or a later one."),
        "people.position_ended": _(
            "The position ends on %(position_to)s. Choose another one, or a last day until then."
        ),
        "people.role_outlasts_unit": _("The unit ends on %(unit_to)s. Choose another unit, or a last day until then."),
        "people.unit_ended": _("The unit ends on %(unit_to)s. Choose another unit, or a last day until then."),
        "people.placed_then": _(
            "From %(other_from)s this person has another placement. End that one first, or give a last day before it."
        ),
        "people.placement_already_ends": _("This placement already ends on %(valid_to)s."),
        "people.changed_meanwhile": _(
            "Somebody else changed this record meanwhile, so yours was not saved. Open it again and compare."
        ),
        "people.not_left": _(
            "First say that this person left: change the status to moved or resigned. Then hand the record over."
        ),
        "people.nothing_to_hand_over": _("This record has no NIP that could go along."),
        "people.released_already": _("This record is handed over already and waits to be taken."),
        "people.release_over": _("This record can no longer be taken or withdrawn: somebody was faster."),
        "people.moved_away": _("This person moved to another agency. The record here is history and stays as it is."),
        "people.own_record": _("Nobody changes their own record. Ask for a correction under My data."),
        "people.status_in_the_future": _("Choose today or an earlier day."),
        "people.rows_refused": _("Some rows are not in order, so nothing was recorded."),
    }


def _of_delegations() -> dict[str, str]:
    return {
        "people.not_delegable": _("This role cannot be handed over. The operator gives it to somebody else."),
        "people.delegated_already": _("You hold this role for a colleague. Only they can hand it over."),
        "people.delegation_in_the_past": _("Begin today or later."),
        "people.delegation_too_long": _("A role is handed over for %(longest)s days at most."),
        "people.delegation_beyond_role": _("You do not hold this role on all of these days."),
        "people.delegated_then": _(
            "The role is already offered or handed to somebody. Hand it on again when those days are over."
        ),
        "people.delegated_to_self": _("Choose a colleague."),
        "people.receiver_unknown": _("No colleague signs in with this. Check the e-mail address or NIP."),
        "people.receiver_elsewhere": _("This colleague does not work within the units of the role in those days."),
        "people.receiver_holds_it": _("This colleague already holds the role there."),
        "people.delegation_answered": _("This offer was answered or taken back already."),
        "people.delegation_over": _("This offer no longer holds: its days are over, or the role has ended."),
    }


def _of_rights() -> dict[str, str]:
    return {
        "people.correction_answered": _("This request was answered already."),
        "people.answer_needed": _("Write the answer: the person reads it."),
        "people.reason_needed": _("Choose a reason."),
        "people.still_serves": _(
            "This person serves the agency, and the law has it keep the record. Change the status first."
        ),
        "people.erasure_asked": _("An erasure of this person already waits for a second person."),
        "people.erasure_decided": _("This erasure was decided already."),
        "people.second_person": _("Somebody else has to decide: whoever asks for an erasure never approves it."),
    }


def _of_accounts() -> dict[str, str]:
    return {
        "people.own_grant": _("Another operator has to do this: nobody changes their own roles."),
        "people.own_account": _("Another operator has to do this: nobody does it to their own account."),
        "people.watchdog_needs_unit": _("Choose the unit for which this person reads sealed cases."),
        "people.operator_first": _("This person is an operator. Another operator has to end that role first."),
        "people.second_operator": _("Another operator has to decide: whoever gives this role never approves it."),
        "people.grant_decided": _("This role no longer waits: somebody decided it already."),
        "people.grant_over": _("This role is over before it was approved. Give it anew if it is still needed."),
        "people.account_closed": _("This account is closed. Open it again first, or choose another one."),
        "people.last_operator": _("This is the last operator. Give that role to somebody else first, without an end."),
        "people.ends_before_it_begins": _("The last day lies before the first day."),
        "people.ends_in_the_past": _(
            "The last day cannot lie in the past: what was done under the role stays explained."
        ),
        "people.already_ends": _("This role already ends on %(valid_to)s."),
        "people.same_grant": _("This person already has this role there from that day on."),
        "people.email_taken": _("There is already an account with this e-mail address."),
        "people.nip_taken": _("There is already an account with this NIP."),
        "people.nobody_to_invite": _(
            "Nobody is left to invite: all of them have an account, or no address of their own."
        ),
        "people.account_of_other": _("This account belongs to somebody else already."),
        "people.account_other_nip": _("This account has another NIP than the person."),
        "people.no_email": _("This account has no e-mail address, so no link can be sent to it."),
    }
