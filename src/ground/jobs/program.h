/*
 * Programs of the system that do work for this one: started by name, given all
 * that they read, bounded in what they take of the machine, waited for.
 */
#ifndef JOBS_PROGRAM_H
#define JOBS_PROGRAM_H

#include "base/buf.h"
#include "jobs/jobs.h"

struct program {
	/* Its name, looked for in PATH, and its arguments; NULL ends them. */
	const char *const *argv;
	struct str in;            /* what it reads on its standard input */
	struct job_bounds bounds; /* wall 0: ten minutes */
	/* Debian's package that has it; NULL where that is not said. */
	const char *package;
	/* What it does, for who listens to progress (base/progress.h). */
	const char *activity;
};

/*
 * Runs P in the locale C.UTF-8 to its end, with which those end that it began
 * and left behind.  What it writes goes into OUT, of
 * what it complains (its standard error) the first 4 KiB into COMPLAINTS; both
 * are set also where it fails.  0, ERR_NOMEM, ERR_IO (it can't be given
 * what it reads), ERR_LIMIT (a bound) or ERR_UNSUPPORTED (it is not there, does
 * not start, or says by its status that it failed); with a sentence in D.
 */
int program_run(const struct program *p, struct buf *out,
    struct buf *complaints, struct diag *d);

/* A program of that name is in PATH. */
bool program_is_there(const char *name);

/* ---- words of commands that people copy or a shell is given ---- */

/*
 * TEXT as one word for a POSIX shell, on one line: plain where nothing in it is
 * a shell's, else in quotes.  What could end the line, steer a terminal or turn
 * the direction of reading is spelled by a printf in the word.  A shell takes
 * line ends off the end of what that says: see shell_has_word.
 */
void shell_put_word(struct buf *b, const char *text);
/* False: no word of one line is TEXT, which ends with a newline. */
bool shell_has_word(const char *text);

#endif
