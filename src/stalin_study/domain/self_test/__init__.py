"""Self-test: the kinds of question, a session of them, and what came of it."""
