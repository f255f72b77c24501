"""The packet of a session with a practice: what is known of it, brought together once for paper and file."""
