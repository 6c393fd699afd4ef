"""Routes of the public API, assembled in portal/api.py. Reads are open to everyone and see what everyone may see."""

from ninja import Router

from mapviews.api import catalog, daily, measurements, mobile, stations, surface

router = Router(tags=["Sensoren"])
stations.add(router)
measurements.add(router)
catalog.add(router)
daily.add(router)
mobile.add(router)
surface.add(router)

__all__ = ["router"]
