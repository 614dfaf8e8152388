"""Colours, fonts, icons and the style sheet, made from the theme files."""
