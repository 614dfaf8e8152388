"""Rules and values of the app: no Qt, no SQL, no clock, no files."""
