"""Property tests look for new cases on a developer's machine; with CI set they try the same ones every time."""

import os

from hypothesis import settings

settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")
