"""The server around the pages: assets, headers, map layers, tile proxy, settings and start-up."""
