"""docgen: controlled documents of a service management system, compiled from YAML."""

__version__ = "0.1.0"
