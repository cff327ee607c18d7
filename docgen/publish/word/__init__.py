"""The parts of a Word file: what docx.py puts together."""
