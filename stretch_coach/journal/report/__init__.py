"""The history as one HTML page, for a clinician or for yourself."""
