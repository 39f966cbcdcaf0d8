/*
 * What a run is made of, and nothing else: the texts of topology and script,
 * the options, a person's acts.  A trace's header holds them, so that a trace
 * alone can be run again.
 */
#ifndef SCENARIO_INPUTS_H
#define SCENARIO_INPUTS_H

#include "base/diag.h"
#include "trace/json.h"
#include "trace/vocab.h"

/* A person's act, right after the event that wrote record `after`; or a drop
 * of the message that record `after` sends, in force from the start. */
struct input_act {
	uint64_t after;
	char *on, *verb;
	char **keys, **values; /* nargs of each */
	size_t nargs;
};

struct inputs {
	char *topology_file,
	    *topology;              /* name and text; NULL: the script says */
	char *script_file, *script; /* name and text; NULL: none */
	char *folder;               /* beside which names are looked up */
	char **settings;            /* "node.attr=value" */
	size_t nsettings;
	bool has_seed;
	uint64_t seed;
	int64_t until_ns; /* 0: not given */
	enum trace_detail detail;
	struct input_act *acts; /* by `after`, equal ones in order */
	size_t nacts;
};

/*
 * Reads FILE: a lab's folder, a script (.lua), a topology (.gv or any Graphviz
 * text) or a trace, told apart by content; "-" is standard input.  Zeroed on
 * entry; free also after a failure.  A trace without inputs is refused.
 */
int inputs_read(struct inputs *in, const char *file, struct diag *d);
void inputs_free(struct inputs *in);

/* Reads topology NAME: beside the script, then in the folders of topologies;
 * sets in->topology. */
int inputs_find_topology(struct inputs *in, const char *name, struct diag *d);

/* "SEQ:ON.VERB[:key=value,…]", e.g. "41:alice.crash"; added in order. */
int inputs_add_act(struct inputs *in, const char *text, struct diag *d);
int inputs_add_setting(struct inputs *in, const char *text);

/* The header's "inputs" object. */
void inputs_write(const struct inputs *in, struct buf *json);

#endif
