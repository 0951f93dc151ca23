"""The answers of coverage as rows and sentences, for screen and paper alike."""
