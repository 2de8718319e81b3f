// A library that loads well and is no plugin.
int no_entry(void);
int no_entry(void) { return 1; }
