"""What builds, runs, tests and measures the project. Started through the Makefile."""
