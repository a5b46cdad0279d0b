"""Settings that every test shares."""

import os

from hypothesis import HealthCheck, settings

# A first call may compile or import; what a test may take in all is pytest's business.
settings.register_profile(
    "samsyn", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
# Elsewhere every run tries new cases; a build server tries the same ones each time.
settings.register_profile("build", settings.get_profile("samsyn"), derandomize=True)
settings.load_profile("build" if os.environ.get("CI") else "samsyn")
