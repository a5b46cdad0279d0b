"""Django's settings: safe by default, and told by the environment what an operator decides.

SAMSYN_STORE      the folder of the releases (else the user's own)
SAMSYN_RELEASE    show this release instead of the one that is current
SAMSYN_HOSTS      the host names that the site answers to, with commas between
SAMSYN_HTTPS      1 where the site is reached by https only: browsers are told to keep to it
SAMSYN_CONTACT    who answers for the site: an e-mail address or the address of a page
SAMSYN_OPERATOR   the name of the organisation that runs the site
SAMSYN_CACHE      how many megabytes of pages each worker keeps (32; 0 for none)
SAMSYN_RATE       how many calls for programs in how many seconds (600/60; 0 for no limit)
SAMSYN_PROXIES    how many proxies of one's own stand in front of the site
SAMSYN_CELLS      how many cells an answer for programs may have
SAMSYN_SECRET     the key that signatures are made with; kept in the folder of the work if not given
SAMSYN_WORK       the folder of what people write: database, files, letters (else the user's own)
SAMSYN_KEYS       the folder of the keys that sealed names are read with (else in the one above)
SAMSYN_DATABASE   the address of a PostgreSQL; without it the database is a file in that folder
SAMSYN_SMTP       the address of a mail server; without it letters are files in that folder
SAMSYN_FROM       the address that letters are from
SAMSYN_QUOTA     how many megabytes the files of an organisation may take (2000)
SAMSYN_OIDC_SERVER  the address of a directory whose people log in with OpenID Connect; it is told
                    SITE/konto/katalog/directory/login/callback/ as where they come back
SAMSYN_OIDC_CLIENT  what the directory calls this site
SAMSYN_OIDC_SECRET  what the site shows the directory that it is
SAMSYN_OIDC_NAME    what the directory is called on the page of log-in
SAMSYN_BASEMAP    the address of a MapLibre style that the map is drawn upon; none where not given
SAMSYN_BASEMAP_HOSTS  other servers that this style has its tiles from, with commas between
SAMSYN_DEBUG      1 while developing: errors are shown and files are not kept in memory
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from samsyn.site import directory, keeping

HERE = Path(__file__).resolve().parent
DEBUG = os.environ.get("SAMSYN_DEBUG") == "1"
WORK = keeping.folder()
# Beside the database and never in it: who has the one cannot read what the other seals.
KEYS = keeping.keys(WORK)
SECRET_KEY = keeping.secret(WORK)
ALLOWED_HOSTS = [
    host
    for host in os.environ.get("SAMSYN_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
    if host
]

# Where readers turn, and who is said to publish: told on the page about accessibility, in the
# catalogue and in security.txt. Where nothing is told, these say so.
SAMSYN_CONTACT = os.environ.get("SAMSYN_CONTACT", "").strip()
SAMSYN_OPERATOR = os.environ.get("SAMSYN_OPERATOR", "").strip()

INSTALLED_APPS = [
    "samsyn.site",
    "samsyn.explore.components",
    "samsyn.explore.start",
    "samsyn.explore.place",
    "samsyn.explore.report",
    "samsyn.explore.indicator",
    "samsyn.explore.compare",
    "samsyn.explore.areamap",
    "samsyn.explore.areatypes",
    "samsyn.explore.background",
    "samsyn.api",
    "samsyn.people",
    "samsyn.cycle",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "simple_history",
]
MIDDLEWARE = [
    "samsyn.site.security.policy",
    "django.middleware.security.SecurityMiddleware",
    # Who asks too often is told so also of what is kept.
    "samsyn.api.front.front",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "samsyn.site.cache.kept",
    # Pages of figures ask none of those below, and so have no cookie and wait for no database.
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "samsyn.site.own.OwnForms",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "samsyn.site.errors.explained",
]
# Some addresses go on from the name of the page: /karta, /karta/areas.json.
SILENCED_SYSTEM_CHECKS = ["urls.W002"]
ROOT_URLCONF = "samsyn.site.urls"
WSGI_APPLICATION = "samsyn.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "samsyn.site.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "samsyn.site.templatetags.bundles",
                "samsyn.site.templatetags.texts",
                "samsyn.explore.components.templatetags.components",
            ],
        },
    }
]
# Parts of pages that many share. What a page says follows from its release, which never changes.
KEEPING = "dummy.DummyCache" if DEBUG else "locmem.LocMemCache"
CACHES = {
    "template_fragments": {"BACKEND": f"django.core.cache.backends.{KEEPING}"},
    # How often somebody has tried to log in, which all workers must know.
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": WORK / keeping.COUNTS,
        # So many that nobody makes it forget by trying names that are not there.
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}
# What people write; the statistics lie in releases.
DATABASES = {"default": keeping.database(os.environ.get("SAMSYN_DATABASE", "").strip(), WORK)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Files of people are sent by views that ask who may have them, and have no address of their own.
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": WORK / keeping.ATTACHMENTS, "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
QUOTA = int(os.environ.get("SAMSYN_QUOTA") or 2_000)
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "samsyn.people.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
globals().update(keeping.letters(os.environ.get("SAMSYN_SMTP", "").strip(), WORK))
DEFAULT_FROM_EMAIL = os.environ.get("SAMSYN_FROM", "").strip() or "samsyn@localhost"

# --- who logs in ----------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator",
    )
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    }
]  # fmt: skip
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "work"
ACCOUNT_LOGOUT_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = "samsyn.people.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "samsyn.people.log_in.LogInForm",
    "reset_password": "samsyn.people.log_in.ForgottenForm",
    "reset_password_from_key": "samsyn.people.log_in.NewPasswordForm",
    "change_password": "samsyn.people.log_in.ChangePasswordForm",
    "set_password": "samsyn.people.log_in.FirstPasswordForm",
    "reauthenticate": "samsyn.people.log_in.PasswordAgainForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# An invitation has reached its address: that is what shows whose it is.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Their limits are counted for each client, whose address is told by that many proxies.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("SAMSYN_PROXIES") or 0)
SOCIALACCOUNT_ADAPTER = "samsyn.people.adapters.DirectoryAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = True
OIDC_SERVER = os.environ.get("SAMSYN_OIDC_SERVER", "").strip()
SOCIALACCOUNT_PROVIDERS = directory.providers(os.environ)
MFA_ADAPTER = "samsyn.people.adapters.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "samsyn.people.log_in.CodeForm",
    "reauthenticate": "samsyn.people.log_in.CodeAgainForm",
    "activate_totp": "samsyn.people.log_in.FirstCodeForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Samsyn"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # see ACCOUNT_EMAIL_VERIFICATION
SESSION_COOKIE_NAME = "samsyn_session"
CSRF_COOKIE_NAME = "samsyn_form"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "samsyn.people.views.refused.forged"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

BASEMAP = os.environ.get("SAMSYN_BASEMAP", "")
BASEMAP_HOSTS = [host for host in os.environ.get("SAMSYN_BASEMAP_HOSTS", "").split(",") if host]

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
# What the rooms share; each room that is an app has its own.
LOCALE_PATHS = [HERE.parent / "explore/locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False
# The bundles have a hash of their content in their names.
WHITENOISE_IMMUTABLE_FILE_TEST = r"/bundles/.+-[A-Z0-9]{8}\."

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
if os.environ.get("SAMSYN_HTTPS") == "1":
    SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    # That an address was not found is the asker's business; what failed here is told in the log.
    "loggers": {"django.request": {"level": "ERROR"}},
}
