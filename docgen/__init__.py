"""docgen compiles the documents of a service management system from YAML to Word, PDF and HTML."""
