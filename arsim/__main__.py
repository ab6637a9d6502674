"""``python -m arsim`` does what ``arsim`` does."""

import sys

from arsim.cli import main

if __name__ == "__main__":
    sys.exit(main())
