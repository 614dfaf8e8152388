"""One page each for what a pupil does."""
