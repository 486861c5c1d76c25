"""Several parts together: the store on disk, workers, HTTP over loopback."""
