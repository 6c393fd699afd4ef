"""Addresses of newsletters. `urlpatterns` exist in every language; `plain_urlpatterns` have no language prefix."""

from django.urls import URLPattern, URLResolver, include, path

from portal.newsletter.views import desk, readers

_own = [
    path("", readers.subscribe, name="subscribe"),
    path("bestellt/", readers.asked, name="asked"),
    path("bestaetigen/<str:token>/", readers.confirm, name="confirm"),
    path("abbestellen/<str:token>/", readers.stop, name="stop"),
    path("schreiben/", desk.desk, name="desk"),
    path("schreiben/neu/", desk.write, name="write"),
    path("schreiben/gruppen/", desk.add_segment, name="segment-add"),
    path("schreiben/<int:number>/", desk.show, name="issue"),
    path("schreiben/<int:number>/aendern/", desk.write, name="edit"),
    path("schreiben/<int:number>/senden/", desk.send, name="send"),
]
urlpatterns: list[URLPattern | URLResolver] = [path("rundbriefe/", include((_own, "newsletter")))]
plain_urlpatterns: list[URLPattern | URLResolver] = []
