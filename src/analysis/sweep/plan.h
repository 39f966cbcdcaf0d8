/*
 * An experiment's runs as commands for others to start: a line each for GNU
 * parallel, or a script for a Slurm job array.  Each command does a part of
 * the runs and writes a file of results of its own into the same folder.
 */
#ifndef SWEEP_PLAN_H
#define SWEEP_PLAN_H

#include "sweep/experiment.h"

/* A Slurm job array has at most so many elements by default. */
#define SWEEP_PARTS_MAX 1000

struct sweep_plan {
	const char *program; /* rung, as a shell finds it */
	const char *command; /* of rung: "sweep" */
	/* Words for a shell between that and the folder, with a space at the
	 * end; "": none. */
	const char *words;
	const char *option; /* in front of the folder: "-o" */
	const char *folder; /* an absolute path */
	uint64_t memory;    /* bytes that a run may take; 0: any */
	unsigned parts;
};

/* In how many parts to divide E: none so short that it is not worth a process.
 */
unsigned sweep_plan_parts(const struct experiment *e);
void sweep_plan_commands(const struct sweep_plan *p, struct buf *out);
void sweep_plan_slurm(const struct sweep_plan *p, struct buf *out);

#endif
