// Exports nothing but the entry of roost/plugin.h.
