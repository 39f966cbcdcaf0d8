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

/* What the programs of one work have taken so far, and what was computed since
 * the first of them began; kept for the next work: most_ms, met. */
struct process_account {
	unsigned late;     /* answers */
	int64_t waited_ms; /* for their starts, answers and ends */
	int64_t begun_ms;  /* of this process's own time; 0: none began */
	int64_t most_ms;   /* both together; 0: no bound */
	/* Why none is asked any more, which says nothing of the work: that was
	 * reached, or the machine has failed; "". */
	char over[1024];
	bool computed; /* most of it, so that a second time is like the first */
	unsigned met;  /* works of a submission of which that was said, and that
			* a machine with nothing else to do may judge */
};

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
	/* The account's time is over, as it then says: ERR_LIMIT, which D
	 * tells; else 0. */
	int (*look)(struct process_account *account, struct diag *d);
	/* Each in a folder of its own, in which the texts lie that the run has:
	 * else in that of the run. */
	bool apart;
	bool boxed; /* … and in a box (jobs/box.h), … */
	/* … which shows none of these paths, of the work and of its judge.
	 * NULL ends them; NULL: none. */
	const char *const *hidden;
	/* Counts what they take; NULL: nothing is counted. */
	struct process_account *account;
};

/* After so many counted late answers no more processes are started. */
#define PROCESS_LATE_MAX 3
/* The usual most_ms. */
#define PROCESS_WAIT_MS 60000

/* A program's attribute TEXT is a command, of several words or a path, and no
 * file of Lua's. */
bool inputs_is_command(struct str text);

#endif
