/*
 * Processes that this one begins: the one way to begin them and the one way to
 * end them.  A child ends when this process ends, except a child that has the
 * terminal.
 */
#ifndef JOBS_CHILD_H
#define JOBS_CHILD_H

#include "jobs/box.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>

/* In place of a file descriptor, which is never one of the first three. */
enum {
	CHILD_SAME,  /* that of this process */
	CHILD_NULL,  /* /dev/null */
	CHILD_INPUT, /* what its standard input is */
};

/* A lower limit that this process has stays as it is. */
struct child_limit {
	int what; /* RLIMIT_CPU (in seconds), RLIMIT_AS, … */
	uint64_t most;
};

struct child_plan {
	/* A program, which is looked for in PATH, and its arguments; NULL ends
	 * them.  Of this process's files it has only the three below. */
	const char *const *argv;
	/* In place of ARGV: what a copy of this process does with ARG, before
	 * it ends with status 0; its errors are not reported. */
	void (*live)(void *arg);
	void *arg;
	bool alone;              /* the copy as well, has only those files */
	int in, out, errors;     /* file descriptors, or CHILD_… */
	const char *folder;      /* where it runs; NULL or "": here */
	const char *const *vars; /* environment: name, value, …, NULL */
	const struct child_limit *limits; /* besides: no core file */
	size_t nlimits;
	int nice;
	bool group; /* it leads a group of processes, which ends with it */
	/* A program: all that it has started ends with it
	 * (program_keeper_begin). */
	bool kept;
	/* … and it is in this box, where its folder is BOX_FOLDER; NULL. */
	const struct box *box;
	bool terminal; /* SIGINT and SIGQUIT of its keys are not ignored */
};

struct child {
	pid_t pid; /* 0: there is none */
	bool group, kept;
	enum box_need lacks; /* of child_begin: why there is no box */
	struct rusage used;  /* once it has been waited for */
};

/* Begins a child.  0, or the errno of what failed, in the child as well: its
 * files, its folder, the program.  Then there is no child. */
int child_begin(struct child *c, const struct child_plan *p);
/* The same; its input is one of a pair of sockets, *FD the other one, which no
 * other child gets. */
int child_begin_talk(struct child *c, struct child_plan p, int *fd);
/* C has ended, perhaps within the next MS milliseconds.  Its number is not used
 * again before it has been waited for. */
bool child_has_ended(const struct child *c, int ms);
/* C's exit status, once it has ended within MS; -1: it has not, or by a
 * signal. */
int child_exit_status(const struct child *c, int ms);
/* A file descriptor that is readable once C has ended; -1: there is none. */
int child_watch(const struct child *c);
/* Waits until C has ended; the status that wait(2) reports. */
int child_wait(struct child *c);
/* Ends C and its group: by SIGTERM, after MS milliseconds by SIGKILL (0: at
 * once), and waits for it. */
int child_end(struct child *c, int ms);

#endif
