"""Django's settings, made from the environment."""

import dj_database_url

from . import environment, keys, logs, spelling
from .sample import state as sample

ENVIRONMENT = environment.valid(environment.read())

HOME = spelling.folder(ENVIRONMENT["WIREROOM_HOME"])
BIND = spelling.bind(ENVIRONMENT["WIREROOM_BIND"])
PORT = spelling.port(ENVIRONMENT["PORT"])
SITE = spelling.site_of(ENVIRONMENT["WIREROOM_SITE"], bind=BIND, port=PORT)
# Commands beside a running sample poll it too.
FETCH_ALLOW = spelling.places(ENVIRONMENT["WIREROOM_FETCH_ALLOW"]) | sample.places(HOME)
TRUSTED_PROXIES = spelling.networks(ENVIRONMENT["WIREROOM_TRUSTED_PROXIES"])
WORKERS = spelling.workers(ENVIRONMENT["WIREROOM_WORKERS"])
SECURE = SITE.startswith("https://")

SECRET_KEY = ENVIRONMENT["WIREROOM_SECRET_KEY"] or keys.kept(HOME)
DEBUG = False
ALLOWED_HOSTS = spelling.hosts(SITE, bind=BIND)
CSRF_TRUSTED_ORIGINS = [SITE]
CSRF_FAILURE_VIEW = "wireroom.publish.views.refusal.unproven"

INSTALLED_APPS = [
    "wireroom.vocab",
    "wireroom.wire",
    "wireroom.intake",
    "wireroom.publish",
    "wireroom.desk",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "wireroom.publish.headers.ReaderHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "wireroom.desk.passwords.ChangeFirst",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "wireroom.config.urls"
WSGI_APPLICATION = "wireroom.config.wsgi.application"
APPEND_SLASH = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wireroom.desk.named.named",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "wireroom.publish.pages.environment",
            "context_processors": ["wireroom.publish.pages.around"],
        },
    },
]

DATABASES = {
    "default": dj_database_url.parse(
        spelling.database_of(ENVIRONMENT["DATABASE_URL"], home=HOME),
        conn_max_age=None,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA page_size=8192;"
            " PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=2000; PRAGMA synchronous=NORMAL;"
            " PRAGMA foreign_keys=ON;"
        ),
    }

USE_TZ = True
TIME_ZONE = "UTC"
SITE_TIME_ZONE = ENVIRONMENT["WIREROOM_TIME_ZONE"]
LANGUAGE_CODE = ENVIRONMENT["WIREROOM_LANGUAGE"]

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a missing one
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 86_400
MEDIA_URL = "/media/"
MEDIA_ROOT = HOME / "media"
PICTURES = HOME / "pictures"

WAGTAIL_SITE_NAME = "Wireroom"
WAGTAILADMIN_BASE_URL = SITE
# Nothing of the desk asks other people's servers.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILDOCS_EXTENSIONS = ["pdf", "txt", "csv"]
LOGIN_URL = "wagtailadmin_login"
AUTH_PASSWORD_VALIDATORS = [{"NAME": "wireroom.desk.passwords.Changed"}]

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = SECURE
# Asked on this machine, where nothing stands in front.
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
# HSTS for the hosts beneath ours, and for good: they are not ours to promise for.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

# No letter leaves before there is a mail server to take it.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
WAGTAIL_PASSWORD_RESET_ENABLED = False

LOGGING = logs.configuration(
    spelling.log(ENVIRONMENT["WIREROOM_LOG"]),
    secrets=[
        SECRET_KEY,
        *spelling.passwords(ENVIRONMENT["DATABASE_URL"]),
        *spelling.passwords(ENVIRONMENT["TEST_DATABASE_URL"]),
    ],
)
