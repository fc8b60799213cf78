"""Signing in through a municipality's own sign-on: OpenID Connect or SAML 2.0 (ADR 0026)."""
