"""Text and tables from what stands where on the pages of a document."""
