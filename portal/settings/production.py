"""Production: HTTPS only, `__Host-` cookies, secrets required, logs to standard output (docs/how-to/operate.md)."""

import os

from portal.ops import logs
from portal.settings import env
from portal.settings.base import *  # noqa: F403
from portal.settings.base import ALLOWED_HOSTS, BASE_URL, DEMO, EMAIL_URL, TRUSTED_PROXIES

if DEMO:
    raise env.fail("DEMO", "ist in der Produktion nicht erlaubt.")
if not BASE_URL.startswith("https://"):
    raise env.fail("BASE_URL", "muss in der Produktion mit https:// beginnen.")
if not (os.environ.get("SECRET_KEY") or os.environ.get("SECRET_KEY_FILE")):
    raise env.fail("SECRET_KEY", "fehlt. Setzen Sie SECRET_KEY oder SECRET_KEY_FILE.")
if not os.environ.get("ALLOWED_HOSTS") or "*" in ALLOWED_HOSTS:
    raise env.fail("ALLOWED_HOSTS", "muss in der Produktion die Namen der Seite nennen, kein „*“.")
if not EMAIL_URL:
    raise env.fail("EMAIL_URL", "fehlt. Ohne Mailserver kommt kein Code zum Anmelden an.")

LOGGING = logs.config(file=None)
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 63072000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
