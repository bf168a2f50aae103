"""Every setting, read from the environment through the typed helpers of `env`.

With no variable set at all the product runs embedded: SQLite, in-memory channel layer, an
in-process worker. `DATABASE_URL` and `REDIS_URL` alone move the same code to PostgreSQL and
Redis. `.env.sample` lists every variable.
"""

from operator import attrgetter
from pathlib import Path

from apps.config import env

BASE_DIR = Path(__file__).resolve().parents[2]

# 1. Where data lives and how the process is reached ---------------------------------------------

DATA_DIR = env.path("NINESTEP_DATA_DIR", BASE_DIR / "var")
DEBUG = env.boolean("NINESTEP_DEBUG", default=False)
DEMO = env.boolean("NINESTEP_DEMO", default=False)
SECRET_KEY = env.secret_key("NINESTEP_SECRET_KEY", DATA_DIR / "secret_key")
ALLOWED_HOSTS = env.words("NINESTEP_ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
# Exact origins that may open sockets and post forms from another host name, behind a proxy.
CSRF_TRUSTED_ORIGINS = env.words("NINESTEP_TRUSTED_ORIGINS", [])
BEHIND_TLS = env.boolean("NINESTEP_BEHIND_TLS", default=False)
# Sockets of documents without a library in between: half the work for the processor.
DIRECT_SOCKETS = env.boolean("NINESTEP_DIRECT_SOCKETS", default=True)

# 2. The apps, in the order in which they may know one another -----------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "channels",
    "rest_framework",
    "drf_spectacular",
    "django_vite",
    "apps.core",
    "apps.audit",
    "apps.accounts",
    "apps.teams",
    "apps.content",
    "apps.designs",
    "apps.diagrams",
    "apps.scoring",
    "apps.rooms",
    "apps.interviews",
    "apps.notifications",
    "apps.api",
    "apps.web",
    "apps.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "apps.web.middleware.SecurityHeadersMiddleware",
    "apps.web.middleware.StaticFilesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "apps.accounts.middleware.ActorMiddleware",
    "apps.web.error_pages.ErrorPagesMiddleware",
]

ROOT_URLCONF = "apps.config.urls"
ASGI_APPLICATION = "apps.config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# 3. Database ------------------------------------------------------------------------------------

DATABASES = {"default": env.database("DATABASE_URL", DATA_DIR / "ninestep.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# 4. Channel layer, cache, worker ----------------------------------------------------------------

REDIS_URL = env.redis("REDIS_URL")
EMBEDDED = not REDIS_URL

CHANNEL_LAYERS: dict[str, dict[str, object]] = {
    "default": (
        {"BACKEND": "channels.layers.InMemoryChannelLayer"}
        if EMBEDDED
        # The pub/sub layer re-subscribes by itself after a restart of Redis; the core one does not.
        else {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [REDIS_URL]},
        }
    )
}
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
        if EMBEDDED
        else {
            "BACKEND": "apps.core.caching.ForgivingRedisCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
        }
    )
}

CELERY_BROKER_URL = REDIS_URL or "memory://localhost/"
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True  # the job table holds results
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"polling_interval": 0.05} if EMBEDDED else {}

# 5. People --------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_DISPLAY = attrgetter("display_name")
ACCOUNT_SIGNUP_FORM_CLASS = "apps.accounts.forms.SignupForm"
ACCOUNT_EMAIL_VERIFICATION = env.text("NINESTEP_EMAIL_VERIFICATION", "optional")
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
# A code or a passkey besides the password, and passkeys instead of it. Asked again before changes.
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Ninestep"
# Everybody may have a second factor, also before a letter has confirmed their address.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Sign-in by OpenID Connect: an address that another account has is not taken over by it.
SOCIALACCOUNT_ADAPTER = "apps.accounts.adapters.SocialAccountAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": env.oidc_apps("NINESTEP_OIDC_PROVIDERS")}}
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
EMAIL_BACKEND = env.text("NINESTEP_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
DEFAULT_FROM_EMAIL = env.text("NINESTEP_FROM_EMAIL", "Ninestep <noreply@localhost>")
EMAIL_HOST = env.text("NINESTEP_EMAIL_HOST", "localhost")
EMAIL_PORT = env.integer("NINESTEP_EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("NINESTEP_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("NINESTEP_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env.boolean("NINESTEP_EMAIL_TLS", default=False)

# The address that links in mail begin with. A server that is told none takes the one it prints.
LOCAL_URL = "http://localhost:8000"
PUBLIC_URL = env.text("NINESTEP_PUBLIC_URL", (CSRF_TRUSTED_ORIGINS or [LOCAL_URL])[0]).rstrip("/")
# May a candidate's invitation name who invites, with their address?
MAIL_NAMES_INTERVIEWERS = env.boolean("NINESTEP_MAIL_NAMES_INTERVIEWERS", default=False)
# Hours after the end at which interviewers without a submitted card are reminded, each once.
REMIND_AFTER_H = env.numbers("NINESTEP_REMIND_AFTER_H", (1, 24))
# Calls to addresses that administrators of a team enter.
WEBHOOKS = env.boolean("NINESTEP_WEBHOOKS", default=False)
WEBHOOKS_HTTP = env.boolean("NINESTEP_WEBHOOKS_HTTP", default=False)  # also without TLS: for tests

# 6. Cookies and headers -------------------------------------------------------------------------

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = BEHIND_TLS
CSRF_FAILURE_VIEW = "apps.web.views.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not no-referrer: browsers then send "Origin: null" with our own forms, and the CSRF check refuses.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True

# 7. Static files: Vite builds into static/build, whitenoise serves ------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [
    path for path in (BASE_DIR / "static" / "build", BASE_DIR / "static" / "site") if path.is_dir()
]
WHITENOISE_USE_FINDERS = True
# Vite's file names carry a content hash, so they may be kept for ever.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/assets/.+-[\w-]{8}\.\w+$"
VITE_DEV = env.boolean("NINESTEP_VITE_DEV", default=False)
VITE_MANIFEST = BASE_DIR / "static" / "build" / "manifest.json"
DJANGO_VITE = {"default": {"dev_mode": VITE_DEV, "manifest_path": VITE_MANIFEST}}

# 8. REST ----------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["apps.api.authentication.ActorAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["apps.api.parsers.BoundedJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "apps.api.errors.handle",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Ninestep",
    "DESCRIPTION": "Design sessions, their documents, diagrams and scores.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "Role": "apps.designs.models.membership.ROLES",
        "LinkRole": "apps.api.serializers.designs.LINK_ROLE_CHOICES",
    },
}

# 9. Limits --------------------------------------------------------------------------------------

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # one request; a design document fits
READER_MEMORY_BYTES = env.integer("NINESTEP_READER_MEMORY_MB", 512) * 1024 * 1024
# What the child that scores designs may take; with the model of sentences it needs 700 MB.
SCORER_MEMORY_BYTES = env.integer("NINESTEP_SCORER_MEMORY_MB", 1024) * 1024 * 1024
SOCKET_FRAME_MAX_BYTES = 1024 * 1024  # one frame of any socket; larger closes it with 1009
SOCKET_MESSAGES_PER_SECOND = env.integer("NINESTEP_MESSAGES_PER_SOCKET", 200)
# Open sockets, handshakes a minute, messages a second; 0 is no limit. Three sockets a tab: 30
# people behind one address and 100 on one link work, and all may come back at once.
SOCKET_LIMITS = {
    "person": env.numbers("NINESTEP_LIMITS_PER_PERSON", (60, 240, 600)),
    "link": env.numbers("NINESTEP_LIMITS_PER_LINK", (1000, 4000, 10_000)),
    "address": env.numbers("NINESTEP_LIMITS_PER_ADDRESS", (1000, 4000, 0)),
}
# Interviews are erased so many months after the last contact, where no organisation has a rule of
# its own; 0 keeps them for ever.
RETENTION_MONTHS = env.integer("NINESTEP_RETENTION_MONTHS", 24)
GUEST_COOKIE_AGE_S = 30 * 24 * 3600

# 10. The judge: a language model that reads scored steps again. Off unless all three are set ------

JUDGE_URL = env.http_address("NINESTEP_JUDGE_URL")
JUDGE_KEY = env.header_word("NINESTEP_JUDGE_KEY")
JUDGE_MODEL = env.text("NINESTEP_JUDGE_MODEL", "")

# 11. Language, time, logs -----------------------------------------------------------------------

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False
CLOCK = "django.utils.timezone.now"  # what interviews go by; tests set another

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    },
    "filters": {"discreet": {"()": "apps.config.logs.Discreet"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["discreet"],
        }
    },
    "root": {"handlers": ["console"], "level": env.text("NINESTEP_LOG_LEVEL", "INFO")},
    "loggers": {
        "celery": {"level": "WARNING"},
        "httpcore": {"level": "WARNING"},
        "httptools": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},
        "uvicorn.error": {"level": "WARNING"},  # else two lines for every socket
        # The pool repeats every failed try; who asked it for a connection reports the failure.
        "psycopg.pool": {"level": "ERROR"},
    },
}
