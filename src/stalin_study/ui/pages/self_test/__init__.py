"""The Self-test page and its views."""
