"""The owners of what changes: deck folder, progress, settings, speech."""
