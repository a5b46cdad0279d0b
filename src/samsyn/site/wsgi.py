"""The site as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samsyn.site.settings")
application = get_wsgi_application()

if os.environ.get("SAMSYN_SERVED") == "1":
    # A worker of `samsyn serve`, which readers ask: see `serving`.
    from samsyn.publish import drawer
    from samsyn.site.warming import begin

    drawer.beside()
    begin(application)
