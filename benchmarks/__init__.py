"""Benchmarks: how fast the map is beside the plain way with folium, as ratios measured in one run."""
