"""`python -m rak_excel` is `rak`."""

from rak_excel.cli import main

if __name__ == "__main__":
    main()
