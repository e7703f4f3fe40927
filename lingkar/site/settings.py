"""Settings. An installation is set by environment variables alone; every default is safe on an open network.

``LINGKAR_HOME``  folder of files, secrets and the embedded database (default ``./var``)
``DATABASE_URL``  a PostgreSQL server; without it the embedded one under ``LINGKAR_HOME`` is used
``LINGKAR_HOSTS`` comma-separated host names that may be served (default: loopback)
``LINGKAR_URL``   address of this installation as links in letters name it (default ``http://localhost:8000``)
``LINGKAR_HTTPS`` ``1`` behind TLS: secure ``__Host-`` cookies and HSTS
``LINGKAR_CLIENT_HEADER`` header in which the own proxy names the client (``X-Forwarded-For``); none is believed else
``LINGKAR_DEMO``  ``1`` only in the demo: shows the login switch
``LINGKAR_DEBUG`` ``1`` for development
``SMTP_URL``      ``smtp://user:password@host:port``; without it mail is written to ``LINGKAR_HOME/mail``
``LINGKAR_MAIL_FROM`` address from which mail is sent (default ``lingkar@localhost.localdomain``)
"""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from lingkar.site.home import database_settings, secret_key

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("LINGKAR_HOME", "var")).resolve()

DEBUG = os.environ.get("LINGKAR_DEBUG") == "1"
DEMO = os.environ.get("LINGKAR_DEMO") == "1"
HTTPS = os.environ.get("LINGKAR_HTTPS") == "1"
ALLOWED_HOSTS = os.environ.get("LINGKAR_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
if DEMO:
    ALLOWED_HOSTS += [".localhost"]  # the demo's second agency: rawa-bening.localhost
SECRET_KEY = secret_key(HOME)
DATABASES = {"default": database_settings(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    # the house, from the ground up
    "lingkar.foundation.tenancy",
    "lingkar.foundation.search",
    "lingkar.foundation.access",
    "lingkar.foundation.audit",
    "lingkar.foundation.events",
    "lingkar.foundation.sheets",
    "lingkar.foundation.parameters",
    "lingkar.foundation.calendar",
    "lingkar.foundation.files",
    "lingkar.foundation.notify",
    "lingkar.foundation.ui",
    "lingkar.foundation.imports",
    "lingkar.directory.places",
    "lingkar.directory.orgs",
    "lingkar.directory.people",
    "lingkar.directory.services",
    "lingkar.act.projects",
    "lingkar.grow.competence",
    "lingkar.grow.courses",
    "lingkar.grow.exams",
    "lingkar.grow.credentials",
    "lingkar.grow.programmes",
    "lingkar.grow.fieldwork",
    "lingkar.listen.reports",
    "lingkar.listen.surveys",
    "lingkar.loop.causes",
    "lingkar.loop.needs",
    "lingkar.loop.effect",
    "lingkar.loop.planning",
    "lingkar.loop.scoreboard",
    "lingkar.site",
    "lingkar.site.operate",
    "lingkar.site.search",
    "lingkar.site.leader",
    "lingkar.site.asn",
    # last, so that our words and pages come before theirs
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "lingkar.site.operate.health.Healthz",
    "lingkar.grow.exams.web.door.Door",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lingkar.foundation.ui.middleware.ContentPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lingkar.foundation.ui.middleware.ChosenLanguage",
    "lingkar.directory.people.web.middleware.LivingSession",
    "lingkar.directory.people.web.middleware.AgencyAndActor",
]

ROOT_URLCONF = "lingkar.site.urls"
WSGI_APPLICATION = "lingkar.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "lingkar.foundation.ui.drawing.swift.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "lingkar.foundation.ui.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "lingkar.foundation.ui.templatetags.ui",
            ],
        },
    }
]
COTTON_DIR = "elements"
COTTON_ISOLATE_BY_DEFAULT = True
FORM_RENDERER = "lingkar.foundation.ui.forms.Renderer"
MESSAGE_TAGS = {10: "info", 20: "info", 25: "good", 30: "warn", 40: "bad"}

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or "LINGKAR_TEST_HOME" in os.environ
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["lingkar.directory.people.web.backend.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email", "nip")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "work"

PASSWORD_RESET_TIMEOUT = 24 * 3600

# Sign-in is allauth's, on routes of our own (people/web/urls.py). Accounts are opened by the operator.
ACCOUNT_ADAPTER = "lingkar.directory.people.web.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "nip"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_RATE_LIMITS = {
    # A hall of people shares one address: the limit that stops guessing is the one per account.
    "login": "300/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "reset_password": "20/m/ip,3/h/key",
}
ACCOUNT_FORMS = {
    "login": "lingkar.directory.people.web.forms.SignInForm",
    "reauthenticate": "lingkar.directory.people.web.forms.AgainForm",
    "change_password": "lingkar.directory.people.web.forms.ChangePasswordForm",
    "reset_password": "lingkar.directory.people.web.forms.AskLinkForm",
    "reset_password_from_key": "lingkar.directory.people.web.forms.SetPasswordForm",
}
MFA_ADAPTER = "lingkar.directory.people.web.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip", "webauthn_begin": "120/m/ip"}
MFA_FORMS = {
    "authenticate": "lingkar.directory.people.web.forms.CodeForm",
    "reauthenticate": "lingkar.directory.people.web.forms.CodeAgainForm",
    "activate_totp": "lingkar.directory.people.web.forms.SetUpAppForm",
    "add_webauthn": "lingkar.directory.people.web.forms.AddPasskeyForm",
    "edit_webauthn": "lingkar.directory.people.web.forms.RenamePasskeyForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0

# Counters of rate limits and used codes are shared by all web workers: a limit means what it says.
CACHES = {
    "default": {
        "BACKEND": "lingkar.foundation.access.limits.SharedCache",
        "KEY_FUNCTION": "lingkar.foundation.access.limits.cache_key",
    },
}

SESSION_ENGINE = "lingkar.directory.people.web.session_store"  # an ended session is over in every worker at once
SESSION_COOKIE_AGE = 12 * 3600  # since it was last used (people/web/middleware.py)
SESSION_COOKIE_NAME = "__Host-sesi" if HTTPS else "sesi"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
PUBLIC_URL = os.environ.get("LINGKAR_URL", f"http://localhost:{os.environ.get('PORT', '8000')}").rstrip("/")
CLIENT_ADDRESS_HEADER = os.environ.get("LINGKAR_CLIENT_HEADER", "")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)

SMTP_URL = os.environ.get("SMTP_URL", "")
MAIL_FROM = DEFAULT_FROM_EMAIL = os.environ.get("LINGKAR_MAIL_FROM", "lingkar@localhost.localdomain")
EMAIL_BACKEND = "lingkar.foundation.notify.django_mail.Queue"

FILE_UPLOAD_HANDLERS = ["lingkar.foundation.files.web.uploads.BoundedUpload"]
DATA_UPLOAD_MAX_NUMBER_FILES = 10

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "brief": {"()": "lingkar.foundation.privacy.logs.Brief"},
        "nameless": {"()": "lingkar.foundation.privacy.logs.Nameless"},
    },
    "formatters": {
        "line": {
            "()": "lingkar.foundation.privacy.logs.Wordless",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["brief", "nameless"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"lingkar": {"level": "INFO"}},
}
