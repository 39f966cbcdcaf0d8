/*
 * Machines that a program makes up: state("ringing") says in which state one of
 * them is.  There is no table of them; what they are is seen in the trace
 * alone.
 */
#include "roles/program/script_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "machine/ids.h"
#include "rules/rule_names.h"

#include <string.h>

/* Machines that live. */
#define MACHINES_MOST 10000
#define STATE_MOST    32

struct own_machine {
	struct script_thing thing;
	char *id;
	char state[STATE_MOST + 1];
};

static void
free_machine(struct own_machine *m)
{
	struct script *s = m->thing.script;

	if (m->id != NULL) {
		map_drop(s->machines, str_of(m->id), m);
		s->nmachines--;
	}
	script_forget(&m->thing);
	mem_free(m->id);
	mem_free(m);
}

void
script_state_stop(struct script *s)
{
	list_each (
	    struct own_machine, m, &s->things[SCRIPT_MACHINE], thing.link)
		free_machine(m);
	map_destroy(s->machines);
}

/* The machine ID, made where there is none; NULL when out of memory. */
static struct own_machine *
get_machine(struct script *s, struct str id)
{
	struct own_machine *m = map_get(s->machines, id);
	int err;

	if (m != NULL)
		return m;
	m = mem_zalloc(1, sizeof(*m));
	if (m == NULL)
		return NULL;
	strcpy(m->state, state_word(STATE_NONE));
	err = script_number(s, SCRIPT_MACHINE, &m->thing);
	m->id = err == 0 ? mem_dup(id.p, id.n) : NULL;
	if (m->id != NULL) {
		s->nmachines++;
		err = map_put(s->machines, str_of(m->id), m);
	}
	if (err == 0 && m->id != NULL)
		return m;
	free_machine(m);
	return NULL;
}

static void
record_step(struct script *s, const struct script_place *place,
    const struct own_machine *m, const struct script_step *step)
{
	struct node *n = s->agent.node;
	struct trace_writer *w = node_record(n, TRACE_FSM, RULE_NONE);

	trace_put_cstr(w, "machine", TRACE_PROGRAM_MACHINE);
	trace_put_cstr(w, "id", m->id);
	trace_put_cstr(w, "from", m->state);
	trace_put_str(w, "to", step->to);
	if (step->event.n > 0)
		trace_put_str(w, "event", step->event);
	program_put_where(w, place->file, place->line);
	node_record_cause(n);
}

int
script_state(void *role, const struct script_place *place,
    const struct script_step *step, struct diag *d)
{
	struct script *s = role;
	struct own_machine *m;

	if (step->to.n == 0 || step->to.n > STATE_MOST)
		return diag_set(d, ERR_RANGE, NULL, 0,
		    _("the name of a state has 1 to %d bytes"), STATE_MOST);
	if (str_chr(step->id, '\0') >= 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("the name of a machine has no zero byte"));
	if (s->nmachines >= MACHINES_MOST &&
	    map_get(s->machines, step->id) == NULL)
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("more than %d machines are too many: one that is "
		      "“terminated” is no more"),
		    MACHINES_MOST);
	m = get_machine(s, step->id);
	if (m == NULL)
		return ERR_NOMEM;
	record_step(s, place, m, step);
	memcpy(m->state, step->to.p, step->to.n);
	m->state[step->to.n] = '\0';
	if (str_is(step->to, state_word(STATE_TERMINATED)))
		free_machine(m);
	return 0;
}
