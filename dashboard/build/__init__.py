"""The build driver: extract -> valid -> coded -> evidence -> result -> mart -> check, then publish."""
