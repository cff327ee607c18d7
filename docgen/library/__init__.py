"""A controlled document's life: what happened to it, who signed it, and whether all of it still stands as signed."""
