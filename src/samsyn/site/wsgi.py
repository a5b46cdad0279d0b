"""The site as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samsyn.site.settings")
application = get_wsgi_application()

if os.environ.get("SAMSYN_WARM") == "1":
    from samsyn.site.warming import begin

    begin(application)
