"""The claims of speed, as commands."""
