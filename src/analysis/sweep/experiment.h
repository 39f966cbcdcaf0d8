/*
 * One experiment: the inputs of a run, its seeds, and its parameters with their
 * values.  A run is a point, one value of each parameter, with a seed.  A
 * folder holds it as experiment.json, from which alone its runs can be made
 * again.
 */
#ifndef SWEEP_EXPERIMENT_H
#define SWEEP_EXPERIMENT_H

#include "base/field.h"
#include "inputs/inputs.h"
#include "sweep/range.h"

#define SWEEP_PARAMS_MAX 16

/* What one run may take of the machine; 0: no bound. */
struct sweep_bounds {
	uint64_t memory;   /* bytes */
	int64_t cpu, wall; /* ns */
};

#define SWEEP_BOUNDS                                         \
	((struct sweep_bounds){ .memory = (uint64_t)1 << 30, \
	    .cpu = INT64_C(60000000000),                     \
	    .wall = INT64_C(300000000000) })

struct experiment {
	struct inputs in; /* without seed */
	uint64_t seed_from, seed_to;
	struct sweep_param params[SWEEP_PARAMS_MAX];
	size_t nparams;
	struct sweep_bounds bounds;
	size_t boards; /* that a run emulates, one for each handset */
	size_t points;
	uint64_t runs;
	/* A hash of inputs, parameters and rung's version: results with another
	 * id do not belong to this experiment.  Seeds are no part of it, so
	 * that more of them can be run later. */
	uint64_t id;
};

/* E is zeroed; free also after a failure.  Adds NAME=RANGE. */
int
experiment_add_param(struct experiment *e, const char *text, struct diag *d);
/* When inputs, seeds and parameters are known: counts the runs, rejects an
 * experiment that is absurdly large, tries each value once (that the topology
 * takes it), and completes the inputs.  0 or D's error. */
int experiment_settle(struct experiment *e, struct diag *d);
void experiment_free(struct experiment *e);
/* Handsets that a run emulates whose trace T is. */
size_t experiment_count_boards(const struct trace *t);

/* The value of parameter I at POINT; the last parameter changes fastest. */
size_t experiment_value(const struct experiment *e, size_t point, size_t i);
/* Run RUN of E, from 0: point by point within each seed, so that whatever was
 * done when a sweep was ended is spread evenly. */
static inline size_t
experiment_point(const struct experiment *e, uint64_t run)
{
	return (size_t)(run % e->points);
}
static inline uint64_t
experiment_seed(const struct experiment *e, uint64_t run)
{
	return e->seed_from + run / e->points;
}

/* The inputs of a run; free TO also after a failure.  0 or ERR_NOMEM. */
int experiment_inputs(
    const struct experiment *e, size_t point, uint64_t seed, struct inputs *to);
/* What makes run POINT, SEED alone again: " --seed=7 --set loss=5%". */
void experiment_put_options(
    const struct experiment *e, size_t point, uint64_t seed, struct buf *out);

/* Its members "seeds" and "bounds". */
extern const struct field experiment_seeds[], experiment_bounds[];
/* The file's text, and the way back: E is zeroed on entry, free also after a
 * failure; NAME is for sentences.  0 or D's error. */
void experiment_write(const struct experiment *e, struct buf *json);
int experiment_read(
    struct experiment *e, struct str text, const char *name, struct diag *d);

/* A Slurm job array has at most so many elements by default. */
#define SWEEP_PARTS_MAX 1000

/*
 * An experiment's runs as commands for others to start: a line each for GNU
 * parallel, or a script for a Slurm job array. Each command does a part of the
 * runs and writes a file of results of its own into the same folder.
 */
struct sweep_plan {
	const char *program; /* rung, as a shell finds it */
	const char *command; /* of rung: "sweep" */
	/* Options for a shell, each with a space before it; "": none. */
	const char *words;
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
