"""What each page shows: frozen states, verbs and one state_changed signal each."""
