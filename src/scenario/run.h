/*
 * A run: a world made from a topology, moved by a script and by settings,
 * written to a trace.  Nothing here waits for a screen; a run may be driven in
 * slices and is the same whatever the slices are.
 */
#ifndef SCENARIO_RUN_H
#define SCENARIO_RUN_H

#include "scenario/inputs.h"
#include "sim/sim.h"

struct run;

/* The least end of a run without a duration (docs/SCENARIO.md). */
#define RUN_LONGEST_NS (INT64_C(3600) * SIM_S)

/*
 * Makes the world and loads the script; the trace's header has been written to
 * SINK afterwards.  IN is borrowed while the run lives (its topology is read
 * here when the script names it).  0, or D's error.
 */
int run_create(struct run **r, struct inputs *in, trace_sink_fn *sink,
    void *arg, struct diag *d);
void run_destroy(struct run *r);

/*
 * Runs at most MAX_EVENTS events (0: to the end).  *DONE when the run has
 * ended and its `end` record is written.  0, or D's error: the trace then ends
 * with reason "error".
 */
int run_advance(struct run *r, uint64_t max_events, bool *done, struct diag *d);

/* What the person who runs this should know although the run goes on, I from 0:
 * a topology that can hardly be meant so, a part of the script that could not
 * go on after a person's act.  NULL behind the last. */
const struct diag *run_warning(const struct run *r, size_t i);

struct sim *run_sim(const struct run *r);

#endif
