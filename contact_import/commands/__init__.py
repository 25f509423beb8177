"""One command a file: its options in, its exit code out. Everything heavy is imported when a command runs.

Shared: `options` (each written once) in groups that `flat` spreads out, `settings` from files, `jobs` (options → Job),
`remote` (the way to a platform), `printing`.
"""
