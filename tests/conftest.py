"""Property tests look for new cases on a developer's machine; with CI set they try the same ones every time.

How long a case takes is nobody's business: a machine that does something else meanwhile makes no test fail.
"""

import os

from hypothesis import settings

settings.register_profile("search", deadline=None)
settings.register_profile("same", derandomize=True, deadline=None, database=None)
settings.load_profile("same" if os.environ.get("CI") else "search")
