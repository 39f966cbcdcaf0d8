/*
 * Every step that a trace tells of is one of its machine's table, and begins
 * where the last one of the same machine ended: transactions, registrations
 * and subscriptions (`fsm`), dialogs, calls.
 */
#ifndef STEPS_H
#define STEPS_H

#include "base/map.h"
#include "base/mem.h"
#include "check.h"
#include "text/json.h"
#include "machine/machine.h"

#include <string.h>

enum {
	STEPS_KIND,
	STEPS_NODE,
	STEPS_MACHINE,
	STEPS_ID,
	STEPS_FROM,
	STEPS_TO,
	STEPS_STATE,
	STEPS_EVENT,
	STEPS_VERB,
	STEPS_ON,
	STEPS_WHAT,
	STEPS_WHY,
	STEPS_KEYS
};

struct steps {
	struct map *at; /* machine to the state it is in; owned copies */
	bool loose;     /* crashes are not recorded: any beginning is good */
	size_t n;       /* that were seen */
	size_t bad;
};

void steps_begin(struct steps *s);
void steps_end(struct steps *s);

/* One line of a trace.  What a crash, or the reset of a board, takes away
 * leaves no record. */
void steps_line(struct steps *s, struct str line);

#endif
