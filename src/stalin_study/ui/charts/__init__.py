"""Charts, painted in the colours and the text size of the look in force."""
