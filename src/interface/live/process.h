/*
 * Programs of nodes as processes of this machine (inputs/processes.h):
 * COMMAND's words, without a shell, in the folder where the topology lies (or
 * one of its own, inputs/processes.h), talked to over a pair of sockets that
 * are its standard input and output.  It has a minute of processor time, 1 GiB
 * of memory and 64 open files. A program that does not answer within five
 * seconds is ended, with all that it has started. Its standard error is
 * reported when it ends.
 */
#ifndef LIVE_PROCESS_H
#define LIVE_PROCESS_H

#include "inputs/processes.h"

extern const struct inputs_processes process_of_machine;

/* How long the answers of all processes have been waited for, so far. */
int64_t process_waited_ns(void);

/* The same, each in a folder of its own, or BOXED in a box; ACCOUNT counts. */
struct inputs_processes
process_apart(bool boxed, struct process_account *account);

/* D's error: this machine can't make a box (jobs/box.h), and what it lacks. */
int process_try_box(struct diag *d);

#endif
