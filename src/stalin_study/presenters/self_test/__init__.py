"""The Self-test page: choosing a test, answering, and the summary."""
