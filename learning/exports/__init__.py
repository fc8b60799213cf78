"""What leaves the site as a file: tables for Excel (XLSX and CSV) and a report (PDF).

The writers know tables and texts alone; what stands in them is gathered elsewhere.
"""

from learning.exports.csv_file import as_csv, cell

__all__ = ["as_csv", "cell"]
