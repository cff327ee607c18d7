"""What the YAML means: validated, frozen models."""
