"""Rules that need no database: plain functions over plain values, no Django.

Journeys, views and queries call these; the tests hold them against an obvious reference.
"""
