"""The program's other process: it turns sentences into sound files with word times."""
