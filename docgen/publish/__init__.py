"""Publishing: from a composition to the bytes of Word, PDF and HTML files."""
