/*
 * Programs of nodes that are processes of their own, in whatever language
 * (program="python3 mine.py", docs/PROGRAMS.md).  A run asks one by a line, and
 * waits for its answer, another; who can start processes brings these
 * functions. Without them a run has but what was answered before
 * (ARRIVAL_ANSWER).
 */
#ifndef INPUTS_PROCESSES_H
#define INPUTS_PROCESSES_H

#include "base/buf.h"
#include "base/diag.h"

/* A longer answer is none. */
#define PROCESS_ANSWER_MAX 65000

struct inputs;

struct inputs_processes {
	/* Starts COMMAND, words with blanks between, of the run that IN says,
	 * into *PROCESS.  0 or D's error. */
	int (*start)(const char *command, const struct inputs *in,
	    void **process, struct diag *d);
	/* QUESTION, a line without its end, and the answer to it appended to
	 * ANSWER.  0, with a text in D where something else came before that,
	 * or D's error: then it will not be asked again. */
	int (*ask)(void *process, struct str question, struct buf *answer,
	    struct diag *d);
	void (*end)(void *process);
	/* Each in a folder of its own, in which the texts lie that the run has:
	 * else in that of the run. */
	bool apart;
	/* The number of late answers so far; NULL: not counted. */
	unsigned *late;
};

/* After so many counted late answers no more processes are started. */
#define PROCESS_LATE_MAX 3

/* A program's attribute TEXT is a command, of several words or a path, and no
 * file of Lua's. */
bool inputs_is_command(struct str text);

#endif
