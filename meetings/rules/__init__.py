"""What can be worked out about meetings without a database: plain functions over plain values."""
