/*
 * How far a command is, shown to a person at the terminal: one line on standard
 * error that is drawn over itself and gone when there is something else to be
 * read, never in what the command writes; and what a person who ends it is told
 * (cli/interrupt.h).  Nothing where standard error is not a terminal, where
 * that can't go back in a line (TERM is "dumb"), or with --quiet.
 *
 * Between begin and end it listens to base/progress.h.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "base/buf.h"
#include "cli/cli.h"

/* Work that takes less time has no line. */
#define PROGRESS_AFTER_NS INT64_C(1000000000)
/* The least time between two drawings of the line. */
#define PROGRESS_PAUSE_NS INT64_C(200000000)

/* How far one piece of work is. */
struct progress_step {
	const char *what;  /* untranslated; lives as long as the line */
	uint64_t done, of; /* OF 0: unknown */
	bool runs;         /* a run, of which the rest is known: */
	int64_t virtual_ns;
	uint64_t records;
	const char *note; /* after it, in the user's language; or NULL */
};

/*
 * The line of a long piece of work's progress: when it is due, and its text. It
 * knows neither a clock nor a terminal. Zeroed, except for `began`.
 */
struct progress_line {
	int64_t began; /* when the command did */
	int64_t drawn; /* when the line was drawn last */
	int64_t at;    /* when the present piece did begin … */
	uint64_t done; /* … and how far it was then */
	uint64_t records;
	uint64_t of, last; /* of the latest step, and how far that was */
	const char *what;
};

/* STEP is told at NOW (ns, of any clock that goes forward); true where the line
 * is to be drawn. */
bool progress_line_take(
    struct progress_line *l, const struct progress_step *step, int64_t now);
/* Its text, in at most CELLS. */
void progress_line_put(const struct progress_line *l,
    const struct progress_step *step, int64_t now, size_t cells, bool ascii,
    struct buf *out);
/* "3 s", "2 min 5 s", "1 h 10 min", in the user's language. */
void progress_put_left(struct buf *out, int64_t ns);

void cli_progress_begin(const struct cli *c);
void cli_progress_end(void);

/* ns of a clock that only goes on; no result may depend on it. */
int64_t cli_now_ns(void);

/* Shows STEP, of work that does not report through base/progress.h. */
void cli_progress_take(const struct progress_step *step);
/* Before anything else is written to standard error; the line comes back. */
void cli_progress_hide(void);
/* Before anything is written to standard output; the line does not come back
 * where that is a terminal or a pipe, at whose end may be one. */
void cli_progress_give_way(void);
/* The files that remain when a signal ends the command now: FILE (may be NULL,
 * or "-") is its output, WHOLE whether that is complete. */
void cli_progress_leaves(const struct cli *c, const char *file, bool whole);

#endif
