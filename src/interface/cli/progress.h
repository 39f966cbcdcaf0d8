/*
 * How far a command is, shown to a person at the terminal: one line on standard
 * error that is drawn over itself and gone when there is something else to be
 * read, never in what the command writes; and what a person who ends it is told
 * (cli/interrupt.h).  Nothing where standard error is no terminal, where that
 * can't go back in a line (TERM is "dumb"), or with --quiet.
 *
 * Between begin and end it listens to base/progress.h.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "cli/cli.h"
#include "cli/progress_line.h"

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
