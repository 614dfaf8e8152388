"""Drawing on paper: cards, notes and reports as PDF."""
