"""The embedded data package: build it, check it, load it. A hash of its content names the edition."""
