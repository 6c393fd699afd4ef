"""Addresses of this app. `urlpatterns` exist in every language; `plain_urlpatterns` have no language prefix."""

from django.urls import URLPattern, URLResolver, include, path

from mapviews.sensorthings import views as sensorthings
from mapviews.views import (
    box_reading,
    boxes,
    care,
    desk,
    embed,
    ingest,
    live_map,
    mobile_cells,
    own,
    pages,
    push,
    station_change,
    uploads,
)
from mapviews.views.classroom import boxes as class_boxes
from mapviews.views.classroom import lines, public, room, teacher

classrooms = [
    path("", teacher.index, name="classroom-index"),
    path("neu/", teacher.create, name="classroom-create"),
    path("mitmachen/", room.join, name="classroom-join"),
    path("vertretung/<str:code>/", teacher.accept, name="classroom-accept"),
    path("<slug:slug>/", public.detail, name="classroom-detail"),
    path("<slug:slug>/leiten/", teacher.lead, name="classroom-lead"),
    path("<slug:slug>/aendern/", teacher.change, name="classroom-change"),
    path("<slug:slug>/code/", teacher.code, name="classroom-code"),
    path("<slug:slug>/boxen/", class_boxes.register, name="classroom-boxes"),
    path("<slug:slug>/boxen/uebernehmen/", class_boxes.take, name="classroom-take"),
    path("<slug:slug>/boxen/<int:number>/abgeben/", class_boxes.release, name="classroom-release"),
    path("<slug:slug>/karten/", class_boxes.cards, name="classroom-cards"),
    path("<slug:slug>/mitglieder/<uuid:uuid>/entfernen/", teacher.remove_pupil, name="classroom-remove-pupil"),
    path("<slug:slug>/notizen/<uuid:uuid>/", teacher.decide, name="classroom-decide"),
    path("<slug:slug>/notizen.csv", teacher.export, name="classroom-export"),
    path("<slug:slug>/vertretung/", teacher.invite, name="classroom-invite"),
    path("<slug:slug>/beenden/", teacher.end, name="classroom-end"),
    path("<slug:slug>/raum/", room.room, name="classroom-room"),
    path("<slug:slug>/raum/stand.json", room.stamp, name="classroom-stamp"),
    path("<slug:slug>/raum/gehen/", room.leave, name="classroom-leave"),
    path("<slug:slug>/raum/vergleichen/", lines.beside, name="classroom-compare"),
    path("<slug:slug>/raum/vergleich.json", lines.beside_data, name="classroom-compare-data"),
    path("<slug:slug>/raum/notizen/<uuid:uuid>/", room.note_act, name="classroom-note"),
    path("<slug:slug>/raum/boxen/<slug:station>/", lines.box, name="classroom-box"),
    path("<slug:slug>/raum/boxen/<slug:station>/verlauf.json", lines.box_data, name="classroom-box-data"),
]

sensors = [
    path("klassen/", include(classrooms)),
    path("einrichten/<uuid:uuid>/", class_boxes.setup, name="station-setup"),
    path("", pages.index, name="index"),
    path("karte/", live_map.live_map, name="live-map"),
    path("unterwegs/", mobile_cells.cells, name="mobile-cells"),
    path("labor/", include("mapviews.lab_urls")),
    path("registrieren/", own.register, name="station-register"),
    path("stationen/<slug:slug>/", pages.station, name="station-detail"),
    path("stationen/<slug:slug>/verlauf.json", pages.chart_data, name="station-chart"),
    path("stationen/<slug:slug>/werte.csv", pages.download, name="station-download"),
    path("stationen/<slug:slug>/schluessel/", own.token, name="station-token"),
    path("stationen/<slug:slug>/schluessel/neu/", own.rotate, name="station-rotate"),
    path("stationen/<slug:slug>/ort/", own.move, name="station-move"),
    path("stationen/<slug:slug>/aendern/", station_change.change, name="station-change"),
    path("stationen/<slug:slug>/loeschen/", own.delete, name="station-delete"),
    path("stationen/<slug:slug>/ausblenden/", own.hide, name="station-hide"),
    path("stationen/<slug:slug>/nachrichten/", care.notices, name="station-notices"),
    path(
        "stationen/<slug:slug>/nachrichten/<int:pk>/loeschen/", care.remove_threshold, name="station-threshold-remove"
    ),
    path("stationen/<slug:slug>/kalibrieren/", care.calibrate, name="station-calibrate"),
    path("stationen/<slug:slug>/uebergeben/", care.hand_over, name="station-hand-over"),
    path("stationen/<slug:slug>/werte-loeschen/", care.delete_values, name="station-delete-values"),
    path("stationen/<slug:slug>/werte-ausblenden/", care.hide_values, name="station-hide-values"),
    path("stationen/<slug:slug>/alles.csv", care.everything, {"kind": "csv"}, name="station-everything-csv"),
    path("stationen/<slug:slug>/alles.json", care.everything, {"kind": "json"}, name="station-everything-json"),
    path("stationen/<slug:slug>/unterwegs/", care.share_cells, name="station-share-cells"),
    path("stationen/<slug:slug>/stand.json", care.arrived, name="station-arrived"),
    path("stationen/<slug:slug>/einbetten/", embed.widget, name="station-embed"),
    path("uebergabe/<str:code>/", care.take_over, name="station-take-over"),
    path("stationen/<slug:slug>/hochladen/", uploads.start, name="upload-start"),
    path("uploads/<uuid:uuid>/", uploads.detail, name="upload-detail"),
    path("uploads/<uuid:uuid>/stand.json", uploads.progress, name="upload-progress"),
    path("uploads/<uuid:uuid>/verwerfen/", uploads.discard, name="upload-discard"),
    path("desk/", desk.overview, name="desk"),
    path("desk/geraete/<int:pk>/", desk.device, name="desk-device"),
    path("desk/kanaele/<int:pk>/", desk.channel, name="desk-channel"),
    path("desk/quellen/<slug:slug>/", desk.source, name="desk-source"),
    path("desk/quellen/<slug:slug>/geraete.csv", desk.devices_csv, name="desk-devices-csv"),
    path("desk/nachrichten/<int:pk>/", desk.message, name="desk-message"),
    path("desk/nachrichten/<int:pk>/erneut/", desk.replay, name="desk-replay"),
    path("desk/quellen/<slug:slug>/geheimnis/", desk.rotate, name="desk-rotate"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("sensoren/", include((sensors, "mapviews"))),
    path("", include(("mapviews.maps.urls", "maps"))),  # the project map (/projekte/karte/)
]

doors = [
    path("ingest/<slug:source>/", ingest.receive, name="ingest-receive"),
    path("v1/push-sensor-data/", push.receive, name="push-receive"),
    path("v1/push-sensor-data/<str:push_id>/", push.receive, name="push-receive-path"),
    path("boxes", box_reading.boxes, name="box-list"),
    path("boxes/data", box_reading.by_phenomenon, name="box-phenomenon"),
    path("boxes/data/", box_reading.by_phenomenon, name="box-phenomenon-slash"),
    path("boxes/<str:osem_id>", box_reading.box, name="box-detail"),
    path("boxes/<str:osem_id>/data", boxes.data, name="box-data"),
    path("boxes/<str:osem_id>/lorawan", boxes.lorawan, name="box-lorawan"),
    path("boxes/<str:osem_id>/data/<str:osem_channel>", box_reading.values, name="box-values"),
    path("boxes/<str:osem_id>/sensors", box_reading.sensors, name="box-sensors"),
    path("boxes/<str:osem_id>/sensors/<str:osem_channel>", box_reading.sensor, name="box-sensor"),
    path("boxes/<str:osem_id>/<str:osem_channel>/measurements", box_reading.delete, name="box-delete"),
    path("boxes/<str:osem_id>/<str:osem_channel>", boxes.channel, name="box-channel"),
]
things = [
    path("sensorthings/v1.1", sensorthings.serve, name="root"),
    path("sensorthings/v1.1/<path:path>", sensorthings.serve, name="path"),
]
plain_urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((doors, "doors"))),
    path("", include((things, "sensorthings"))),
]
