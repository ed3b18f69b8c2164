"""``python -m bordermap``: the same as the command."""

from bordermap.cli import main

if __name__ == "__main__":
    main()
