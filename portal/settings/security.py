"""Browser-side security: content policy by area, referrer, permissions, cookies (TRUST.md of the design)."""

from csp.constants import NONCE, NONE, SELF

# Public pages: no inline script or style and no nonce at all, so that pages can be cached.
CSP_PUBLIC = {
    "default-src": [SELF],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "object-src": [NONE],
    "base-uri": [SELF],
    "form-action": [SELF],
    "frame-src": [SELF],
    "frame-ancestors": [NONE],
}
# Both admins: a nonce on inline scripts that we know (portal/ops/middleware/inline_scripts.py); inline styles stay.
CSP_ADMIN = CSP_PUBLIC | {
    "script-src": [SELF, NONCE],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "media-src": [SELF, "data:", "blob:"],
    "frame-ancestors": [SELF],
}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": CSP_PUBLIC}
CSP_ADMIN_PREFIXES = ("/verwaltung/", "/django-admin/")

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"  # SecurityHeaders eases it for the admins and for previews inside Wagtail
PERMISSIONS_POLICY = (
    "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(self), "
    "geolocation=(self), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), "
    "publickey-credentials-get=(self), publickey-credentials-create=(self), usb=()"
)

# Largest request body by path prefix, first match counts (portal/ops/limits.py).
BODY_LIMITS = (
    ("/ingest/", 64 * 1024),
    ("/v1/push-sensor-data/", 1024 * 1024),
    ("/boxes/", 1024 * 1024),
    ("/sensoren/", 55 * 1024 * 1024),
    ("/en/sensoren/", 55 * 1024 * 1024),
    ("/dialoge/", 9 * 1024 * 1024),
    ("/en/dialoge/", 9 * 1024 * 1024),
    ("/verwaltung/", 55 * 1024 * 1024),
    ("/django-admin/", 55 * 1024 * 1024),
    ("/api/v1/stations/", 1024 * 1024),
)
BODY_LIMIT_DEFAULT = 2_500_000
