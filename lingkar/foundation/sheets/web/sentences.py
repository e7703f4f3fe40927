"""What the sender of a sheet reads: what is wrong with it, and what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.refusals import Refused

SENTENCES: dict[str, str | Promise] = {
    "sheets.empty": _("The file is empty. Nothing was read. Save the sheet once more and choose it again."),
    "sheets.broken": _(
        "The file is damaged and cannot be read. Open it in Excel or LibreOffice, save it anew as .xlsx and choose "
        "that."
    ),
    "sheets.locked": _("The file is locked with a password. Save it without a password and choose it again."),
    "sheets.bomb": _("The file is built in a way that no spreadsheet is. For safety it was not opened."),
    "sheets.too_much": _(
        "The file asks for more than is read: very many sheets, rows or columns, or something far away from the table. "
        "Copy the table alone into a new file, or save it as .csv."
    ),
    "sheets.too_large": _("The file is larger than %(most)s MB. Divide it, or save it as .csv."),
    "sheets.too_many_rows": _("The file has more than %(most)s rows. Divide it."),
    "sheets.too_wide": _("The table has more than %(most)s columns. Keep the columns that are needed."),
    "sheets.open_quote": _(
        "From line %(line)s on a quotation mark is not closed, so the cells cannot be told apart. Save it as .xlsx."
    ),
    "sheets.web_page": _(
        "This is a web page with the name of a spreadsheet. Open it in Excel, save it as .xlsx and choose that."
    ),
    "sheets.not_a_sheet": _("This is no spreadsheet. Choose a file in .xlsx, .xls, .ods or .csv."),
    "sheets.no_table": _("No table was found. Its headings must name: %(missing)s."),
    "sheets.digits_lost": _(
        "The number was kept as a quantity (%(value)s) and its last digits are lost. Set the column to “Text”, type "
        "the number again."
    ),
    "sheets.no_date": _("“%(value)s” is no date. Write it as 12-08-1998 or 12 Agustus 1998."),
    "sheets.short_year": _("The year of “%(value)s” has two digits. Write it with four: 12-08-1998."),
    "sheets.not_one_of": _("“%(value)s” is not known here. Known are: %(known)s."),
    "sheets.no_number": _("“%(value)s” is no whole number between %(least)s and %(most)s."),
    "sheets.too_long": _("“%(value)s” is longer than %(most)s characters."),
    "sheets.needed": _("It is empty and is needed."),
}


def sentence(refused: Refused) -> str:
    """The sentence for a refusal of this module; codes of others raise ``KeyError``."""
    return str(SENTENCES[refused.code]) % refused.details
