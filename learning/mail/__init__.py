"""Mail about learning: made once, sent at most once, and found again in a log (ADR 0014)."""
