"""The parts of marking: an answer as words and numbers, and what may differ from a right one."""
