"""Start the command line: `python -m ticket_bridge`."""

import sys

from ticket_bridge.cli import main

if __name__ == "__main__":
    sys.exit(main())
