"""What was altered in a workbook beside its figures, and where these stand now."""
