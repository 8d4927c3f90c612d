"""Offers the service to language models as tools of the Model Context Protocol, over stdio or HTTP."""
