"""House style of PDF files."""
