"""What belongs to every page: the language that somebody chose, and from where its parts may come."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from lingkar.foundation.ui.catalogue import words_together

COOKIE = "bahasa"


class ChosenLanguage:
    """Activates the language of the cookie ``bahasa``, else the installation's.

    Indonesian until they choose: a phone set to English is not a choice.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        for language, _ in settings.LANGUAGES:
            words_together(language)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(COOKIE, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response


class ContentPolicy:
    """Says ``settings.CONTENT_SECURITY_POLICY`` to the browser: the same words on every page, whatever it answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not settings.DEBUG or response.status_code not in OWN_STYLE:
            response.headers.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        return response


OWN_STYLE = (HTTPStatus.NOT_FOUND, HTTPStatus.INTERNAL_SERVER_ERROR)
"""Django's own pages about faults in development have styles inside."""
