"""The report as a document people read: facts, sentences, blocks, DOCX."""
