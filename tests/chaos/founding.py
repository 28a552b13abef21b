"""`python -m tests.chaos.founding DATA [ADDRESS]`: a committee in session, in a new data folder; prints the personal codes.

A process of its own, so that a copy of the program makes its database itself.
"""

import json
import sys
from pathlib import Path

from tests.servers import found
from tests.stories import Story

if __name__ == "__main__":
    print(json.dumps(found(Path(sys.argv[1]), "m", Story.in_session().events, *sys.argv[2:])))
