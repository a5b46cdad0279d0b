"""The directory of an organisation, whose people log in by OpenID Connect.

That is where an operator says so:

SAMSYN_OIDC_SERVER is its address (its issuer, below which /.well-known/openid-configuration is),
SAMSYN_OIDC_CLIENT and SAMSYN_OIDC_SECRET are what it has given the site, and SAMSYN_OIDC_NAME is
what people call it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

ID: Final = "directory"  # in the address to which people come back
LOCAL: Final = {"localhost", "127.0.0.1", "::1"}


def providers(told: Mapping[str, str]) -> dict[str, Any]:
    """Django's settings of the directory; none where no server is told.

    Raises ValueError where something lacks, or where passwords would travel in the open.
    """
    server, client, secret = (
        told.get(f"SAMSYN_OIDC_{name}", "").strip() for name in ("SERVER", "CLIENT", "SECRET")
    )
    if not server:
        return {}
    address = urlsplit(server)
    if address.scheme != "https" and not (address.scheme == "http" and address.hostname in LOCAL):
        raise ValueError("SAMSYN_OIDC_SERVER is no address: write https:// and the directory's own")
    if not client or not secret:
        raise ValueError("With SAMSYN_OIDC_SERVER, tell SAMSYN_OIDC_CLIENT and SAMSYN_OIDC_SECRET")
    app = {
        "provider_id": ID,
        "name": told.get("SAMSYN_OIDC_NAME", "").strip() or address.hostname,
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": server.rstrip("/")},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
