"""Tables as officials make them: read from Excel, OpenDocument and CSV, found under their headings, written safely."""
