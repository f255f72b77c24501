"""What people say of gaps: the six answers, kept append-only in the state database, and the services that they tell of."""
