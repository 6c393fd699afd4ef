"""Curated maps drawn with folium: the project map. Sensors have their own live map."""
