"""SCIM 2.0: a municipality's own system says who serves there (RFC 7643, RFC 7644; ADR 0027)."""
