"""What a practice notes for its own work: contacts with patients, actions made ready for a visit, own targets."""
