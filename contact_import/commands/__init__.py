"""One command a file: its options in, its exit code out. Everything heavy is imported when a command runs."""
