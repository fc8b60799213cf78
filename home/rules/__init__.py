"""Rules of the public site that need no database: plain Python over plain values."""
