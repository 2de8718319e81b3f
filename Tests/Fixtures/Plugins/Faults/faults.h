// The vices of this plugin, a file for each. None of them answers its call unless it says so.
#ifndef FAULTS_H
#define FAULTS_H
#include "roost/roost.h"

void write_to_nowhere(const roost_host *host, roost_call call);
void give_up(const roost_host *host, roost_call call);
void hit_a_trap(const roost_host *host, roost_call call);
void exhaust_the_stack(const roost_host *host, roost_call call);
void jump_to_nowhere(const roost_host *host, roost_call call);
void fault_on_a_thread(const roost_host *host, roost_call call);
void sleep_for_ever(const roost_host *host, roost_call call);
void spin_for_ever(const roost_host *host, roost_call call);
void leak_until_it_hurts(const roost_host *host, roost_call call);
void chatter(const roost_host *host, roost_call call); // answers
void have_a_child(const roost_host *host, roost_call call); // answers

// Runs a body on a thread of its own.
void on_a_thread(void *(*body)(void *));
// Ends a call with a text.
void answer(const roost_host *host, roost_call call, const char *text);
// Makes the process deaf to the polite signals, and its stop last for ever.
void become_deaf(void);
#endif
