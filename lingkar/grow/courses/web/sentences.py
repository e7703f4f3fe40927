"""What people read when a rule of this module says no: what is wrong, what was kept, what to do."""

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingkar.foundation.files.web import sentence as files_sentence
from lingkar.foundation.refusals import Refused

Words = Promise | Callable[..., str]

SENTENCES: Mapping[str, Words] = {
    "courses.not_enrolled": gettext_lazy(
        "You are not enrolled in this course any more, so this was not noted. Ask your training office."
    ),
    "courses.not_asked": gettext_lazy(
        "This question was changed meanwhile. Open the lesson again and answer it once more."
    ),
    "courses.too_many": gettext_lazy("The rest is sent with the next turn."),
    "courses.no_title": gettext_lazy("Give the lesson a title."),
    "courses.minutes": lambda most: (
        _("A lesson takes between 1 and %(most)s minutes. Make several of a longer one.") % {"most": most}
    ),
    "courses.empty_lesson": gettext_lazy("Write something that can be learned."),
    "courses.too_many_blocks": lambda most: (
        _("A lesson has at most %(most)s parts. Make two lessons of it.") % {"most": most}
    ),
    "courses.too_many_lessons": lambda most: _("A course has at most %(most)s lessons.") % {"most": most},
    "courses.text_too_long": lambda most: (
        _("A part has at most %(most)s characters. Divide it with a heading (## …).") % {"most": most}
    ),
    "courses.no_alt": lambda file: _("Say what the picture %(file)s shows, for who cannot see it.") % {"file": file},
    "courses.no_question": gettext_lazy("Write the question after ??."),
    "courses.options": lambda question, least, most: (
        _("The question “%(question)s” needs %(least)s to %(most)s choices below it.")
        % {"question": question[:80], "least": least, "most": most}
    ),
    "courses.one_right": lambda question: (
        _("The question “%(question)s” needs exactly one right choice, marked (x).") % {"question": question[:80]}
    ),
    "courses.unexplained": lambda question: (
        _("Each choice of “%(question)s” needs a reason after ||.") % {"question": question[:80]}
    ),
    "courses.line_unreadable": lambda line: (
        _("This line cannot be read: %(line)s. Compare it with the examples below.") % {"line": line}
    ),
    "courses.files_missing": lambda files: (
        _("These files are shown, but the course does not have them: %(files)s. Add them, or take the lines out.")
        % {"files": files}
    ),
    "courses.file_in_use": lambda file, number: (
        _("Lesson %(number)s shows %(file)s. Take it out there first.") % {"file": file, "number": number}
    ),
    "courses.no_file_name": gettext_lazy("Give the file a name with letters."),
    "courses.no_lessons": gettext_lazy("A course without lessons cannot be published. Add one."),
    "courses.nothing_asked": gettext_lazy(
        "No lesson asks anything, so nobody would know what they learned. Add a check question to one."
    ),
    "courses.lesson_in_use": gettext_lazy(
        "People have learned from this lesson, so it stays. You can change what it says."
    ),
}


def sentence(no: Refused) -> str:
    """The sentence for a refusal of this module, or of a file."""
    if no.code.startswith("files."):
        return files_sentence(no)
    words = SENTENCES[no.code]
    return words(**no.details) if callable(words) and not isinstance(words, Promise) else str(words)
