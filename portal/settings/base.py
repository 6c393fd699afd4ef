"""Settings every environment shares. Values that differ by machine come from `env` (docs/reference/settings.md)."""

from datetime import timedelta
from pathlib import Path

import dj_database_url
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

from portal.ops import logs
from portal.settings import env
from portal.settings.accounts import *  # noqa: F403
from portal.settings.security import *  # noqa: F403

env.refuse_misspelt()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = env.directory("VAR_DIR", BASE_DIR / "var")

DEMO = env.boolean("DEMO")
DEMO_PASSWORD = env.text("DEMO_PASSWORD", "Paderquelle-2026")
DEBUG = False
SECRET_KEY = env.secret_key(VAR_DIR)
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
BASE_URL = env.url("BASE_URL", {"http", "https"}, "http://127.0.0.1:8000")
TRUSTED_PROXIES = env.integer("TRUSTED_PROXIES", 0)
REDIS_URL = env.url("REDIS_URL", {"redis", "rediss"})
MQTT_URL = env.url("MQTT_URL", {"mqtt", "mqtts"})
LOGGING = logs.config(file=VAR_DIR / "logs" / "portal.log")
logs.configure_structlog()
EMAIL_URL = env.url("EMAIL_URL", {"smtp", "smtps", "consolemail"})
METRICS_TOKEN = env.text("METRICS_TOKEN")

INSTALLED_APPS = [
    "daphne",
    "projects",
    "dialogues",
    "ethics",
    "mapviews",
    "portal.demo",
    "portal.ops",
    "portal.cms",
    "portal.comments",
    "portal.activity",
    "portal.newsletter",
    "portal.accounts",
    "portal.audit",
    "portal.outbox",
    "portal",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "channels",
    "csp",
    "ninja",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.ops.middleware.headers.SecurityHeaders",
    "portal.ops.middleware.cross_origin.CrossOrigin",
    "portal.cache.middleware.CacheUntilMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "portal.accounts.middleware.require_second_factor",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
ASGI_APPLICATION = "portal.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "portal" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "portal.cms.context_processors.warnings",
            ],
        },
    }
]

# Database: SQLite by default, measured in TRUST.md of the design (IMMEDIATE + WAL: no lock errors).
DATABASE_URL = env.url("DATABASE_URL", {"sqlite", "postgres", "postgresql"})
if DATABASE_URL and not DATABASE_URL.startswith("sqlite"):
    DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=0)}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATABASE_URL.removeprefix("sqlite:///") or str(VAR_DIR / "db.sqlite3"),
            "CONN_MAX_AGE": 0,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 5,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=5000;",
            },
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
    CHANNEL_LAYERS = {
        "default": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [REDIS_URL]}}
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
EMAIL_BACKEND = "portal.outbox.backend.OutboxBackend"
OUTBOX_BODY_RETENTION = timedelta(days=14) if DEMO else timedelta(hours=1)
OUTBOX_ROW_RETENTION = timedelta(days=30)
RETENTION_DAYS: dict[str, int] = {}  # overrides the periods that apps register, by key (manage.py retention --dry-run)
DEFAULT_FROM_EMAIL = "Digitale Heimat PB <digitale-heimat@paderborn.example>"

# Languages: German first. Message ids are the German sentences; `locale/en` translates them.
LANG_INFO["de-x-leicht"] = {
    "bidi": False,
    "code": "de-x-leicht",
    "name": "German (easy language)",
    "name_local": "Leichte Sprache",
}
LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("Deutsch")), ("en", _("Englisch")), ("de-x-leicht", _("Leichte Sprache"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = ["portal.formats"]
WAGTAIL_I18N_ENABLED = True
TIME_ZONE = "Europe/Berlin"
USE_TZ = True

# Page cache at the ASGI door (docs/explanation/cache.md): never kept, and where a signed-in write empties nothing.
PAGE_CACHE_SKIP = (
    "/static/", "/media/", "/verwaltung/", "/django-admin/", "/konto/", "/demo/", "/api/", "/moderation/", "/t/",
    "/healthz", "/readyz", "/metrics",
)  # fmt: skip
PAGE_CACHE_QUIET = ("/verwaltung/pages/", "/verwaltung/login/", "/konto/", "/api/", "/ingest/", "/t/", "/demo/")

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
NODE_MODULES = BASE_DIR / "node_modules"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "portal.staticfiles_finder.VendorFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.staticfiles_storage.ManifestStorage"},
}
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_PUBLIC_FOLDERS = ("images",)  # served as files at the door (portal/cache/media.py); all else goes through views
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

WAGTAIL_PAGE_MODEL = "cms.BasePage"
WAGTAIL_SITE_NAME = "Digitale Heimat PB"
WAGTAILADMIN_PERMITTED_LANGUAGES = [("de", "Deutsch"), ("en", "English")]
WAGTAILSIMPLETRANSLATION_SYNC_PAGE_TREE = False
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_AUTOSAVE_INTERVAL = 0  # publishing in the moment of a first autosave would make the page twice
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ics", "odt", "pdf", "txt", "xlsx"]
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAIL_USER_TIME_ZONES = ["Europe/Berlin"]  # the full list holds "localtime", which browsers refuse
