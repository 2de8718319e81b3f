// Does not stop when it is asked to, and ignores the signals that ask next.
#include <signal.h>
#include "faults.h"

void become_deaf(void) {
    signal(SIGTERM, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGINT, SIG_IGN);
}
