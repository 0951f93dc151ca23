"""Facts from the services that publish them: StatLine of CBS and RIVM over OData, boundaries of PDOK over OGC API."""
