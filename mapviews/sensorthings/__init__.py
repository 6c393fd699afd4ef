"""Read access by OGC SensorThings API 1.1 (18-088) below `/sensorthings/v1.1/`; open stations only.

What is supported is listed in docs/reference/sensorthings.md; everything else of the standard answers 501.
"""
