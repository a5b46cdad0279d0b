"""Settings that every test shares."""

from hypothesis import HealthCheck, settings

# A first call may compile or import; what a test may take in all is pytest's business.
settings.register_profile(
    "samsyn", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("samsyn")
