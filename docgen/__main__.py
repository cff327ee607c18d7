"""`python -m docgen`."""

from docgen.cli import main

if __name__ == "__main__":  # Processes that docgen begins import this module as well.
    main()
