/* What inputs get that takes a run of them: acts at records that have names, or
 * the numbers of another detail. */
#ifndef RUNS_INPUTS_NAMED_H
#define RUNS_INPUTS_NAMED_H

#include "inputs/inputs.h"

/* Adds ACTS, texts as in inputs_add_act, in which a record's name
 * (trace/record_name.h) may stand for SEQ: IN is run to look the name up, so
 * add these after everything else. */
int inputs_add_acts(
    struct inputs *in, const char *const *acts, size_t n, struct diag *d);
/* Sets the trace's detail to DETAIL.  The same records have other numbers then:
 * `after` of every act becomes the new number of its record.  0 or D's error.
 */
int
inputs_set_detail(struct inputs *in, enum trace_detail detail, struct diag *d);

/* What rung run can be told; zeroed: nothing.  All is copied. */
struct inputs_options {
	bool has_seed, has_detail;
	uint64_t seed;
	int64_t until_ns;                /* 0: not given */
	const struct sim_limits *limits; /* NULL: not given */
	enum trace_detail detail;
	const struct topology_setting *settings;
	size_t nsettings;
	const char *const *acts; /* as in inputs_add_acts */
	size_t nacts;
	const char *arrivals; /* a file of them, or a trace; NULL: none */
	const struct inputs_processes *processes; /* NULL: none are run */
};
/* 0 or D's error. */
int inputs_take_options(
    struct inputs *in, const struct inputs_options *o, struct diag *d);

#endif
