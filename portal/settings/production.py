"""Production: HTTPS only, `__Host-` cookies, secrets required (TRUST.md of the design)."""

from portal.settings import env
from portal.settings.base import *  # noqa: F403
from portal.settings.base import BASE_URL, DEMO

if DEMO:
    raise env.fail("DEMO", "ist in der Produktion nicht erlaubt.")
if not BASE_URL.startswith("https://"):
    raise env.fail("BASE_URL", "muss in der Produktion mit https:// beginnen.")

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 63072000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
SECURE_REFERRER_POLICY = "same-origin"
