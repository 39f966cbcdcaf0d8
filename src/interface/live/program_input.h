/*
 * The standard input of a program of the system, written while the program
 * runs, such as one that plays sound.  The program is never waited for: bytes
 * that it does not take in time are left out.  program_input_end ends it.
 */
#ifndef LIVE_PROGRAM_INPUT_H
#define LIVE_PROGRAM_INPUT_H

#include "base/buf.h"
#include "jobs/child.h"

/* Bytes that wait for a program; more are left out. */
#define PROGRAM_INPUT_WAITING 65536

struct program_input {
	struct child child;
	int fd;
	struct buf waiting;
};
#define PROGRAM_INPUT_INIT \
	((struct program_input){ .fd = -1, .waiting = BUF_INIT })

/* Starts ARGV, looked for in PATH, ended by NULL; it says nothing.  0 or
 * errno: it could not be started. */
int program_input_begin(struct program_input *f, const char *const *argv);
/* Gives it BYTES, all or none, as it can take them.  False: it has ended. */
bool program_input_put(struct program_input *f, struct str bytes);
void program_input_end(struct program_input *f);

#endif
