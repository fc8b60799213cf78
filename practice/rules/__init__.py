"""Rules of practice that need no database: plain functions over plain values, no Django."""
