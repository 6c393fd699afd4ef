"""Routes of the public API, assembled in portal/api.py."""

from ninja import Router

router = Router()
