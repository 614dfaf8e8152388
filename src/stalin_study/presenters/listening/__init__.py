"""Reading aloud: what is read, how far it has come, and the pupil's wishes about it."""
