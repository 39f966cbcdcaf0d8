/*
 * An experiment's runs as commands for others to start: a line each for GNU
 * parallel, or a script for an array of Slurm's.  Each command does a part of
 * the runs and writes a file of results of its own into the same folder.
 */
#ifndef SWEEP_PLAN_H
#define SWEEP_PLAN_H

#include "sweep/experiment.h"

/* Slurm's arrays have a thousand elements where nobody has changed that. */
#define SWEEP_PARTS_MAX 1000

struct sweep_plan {
	const char *program; /* rung, as a shell finds it */
	const char *folder;  /* from the root */
	unsigned parts;
};

/* In how many parts E is best done: none too short to be worth a start. */
unsigned sweep_plan_parts(const struct experiment *e);
void sweep_plan_commands(const struct sweep_plan *p, struct buf *out);
void sweep_plan_slurm(
    const struct sweep_plan *p, const struct experiment *e, struct buf *out);
/* TEXT as one word of a shell's. */
void sweep_put_word(struct buf *b, const char *text);

#endif
