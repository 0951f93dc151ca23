"""Kinds of answers of the open API."""

JSON, GEOJSON, SCHEMA = "application/json", "application/geo+json", "application/schema+json"
OPENAPI, PROBLEM = "application/vnd.oai.openapi+json;version=3.0", "application/problem+json"
SLD = "application/vnd.ogc.sld+xml"
PARQUET, ZIP = "application/vnd.apache.parquet", "application/zip"
