"""Https on a closed network: an authority of the installation's own, and the certificate of its server."""
