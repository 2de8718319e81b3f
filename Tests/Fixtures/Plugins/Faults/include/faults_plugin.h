// Exports nothing but its entry.
