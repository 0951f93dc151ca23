"""The open API under `/api`: features (OGC), services (Open Referral) and files, for programs to read."""
