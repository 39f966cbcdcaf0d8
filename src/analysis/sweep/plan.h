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
	/* Options for a shell, each with a space before it; "": none. */
	const char *words;
	const char *option; /* in front of the folder: "-o" */
	const char *folder; /* an absolute path */
	uint64_t memory;    /* bytes that a run may take; 0: any */
	unsigned parts, jobs;
	uint64_t runs;  /* that all parts make */
	int64_t run_ns; /* that a run lasts, about; 0: unknown */
	double part_ns; /* that a part lasts, at most; 0: unknown */
	size_t bytes;   /* of a result, about */
};

/* In how many parts to divide E: none so short that it is not worth a process.
 */
unsigned sweep_plan_parts(const struct experiment *e);
void sweep_plan_commands(const struct sweep_plan *p, struct buf *out);
void sweep_plan_slurm(const struct sweep_plan *p, struct buf *out);

#endif
