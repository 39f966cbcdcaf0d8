/*
 * Machines of rung's own (machine/machine.h) that a program plays: its calls,
 * its registrations, its subscriptions.  So what it is in stands in the trace
 * as with a phone, and is told, drawn and judged by the same rows.
 */
#include "roles/program/script_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "node/machine.h"

#include <string.h>

/* So many of a node live at once. */
#define TURNS_MOST 10000

/* A machine that runs; in script->turns by its table's name and its id. */
struct script_run {
	struct list link; /* in script->runs */
	struct machine_run machine;
	char *key;      /* "call alice/1" */
	const char *id; /* in key */
	char *peer;     /* of a call; NULL: not known */
};

/* Those that a program may play. */
#define PLAYED STR("call registration subscription")

static const struct machine *
find_played(struct str name)
{
	return str_has_word(PLAYED, name) ? machine_find(name) : NULL;
}

/* Its records are of a kind of their own. */
static bool
is_call(const struct machine *m)
{
	return m->heading == NULL;
}

static void
free_run(struct script *s, struct script_run *r)
{
	if (r->key != NULL)
		map_drop(s->turns, str_of(r->key), r);
	list_remove(&r->link);
	mem_free(r->key);
	mem_free(r->peer);
	mem_free(r);
}

void
script_turn_stop(struct script *s)
{
	list_each (struct script_run, r, &s->runs, link)
		free_run(s, r);
	map_destroy(s->turns);
}

/* The one of TABLE that has ID, made where there is none; NULL when out of
 * memory. */
static struct script_run *
get_run(struct script *s, const struct machine *table, struct str id)
{
	struct script_run *r;
	struct buf key = BUF_INIT;

	buf_printf(&key, "%s ", table->name);
	buf_str(&key, id);
	r = key.err == 0 ? map_get(s->turns, buf_view(&key)) : NULL;
	if (r == NULL && key.err == 0 &&
	    (r = mem_zalloc(1, sizeof(*r))) != NULL) {
		list_init(&r->link);
		r->machine.table = table;
		r->key = mem_strdup(buf_cstr(&key));
		if (r->key == NULL ||
		    map_put(s->turns, str_of(r->key), r) != 0) {
			free_run(s, r);
			r = NULL;
		} else {
			r->id = r->key + strlen(table->name) + 1;
			list_append(&s->runs, &r->link);
		}
	}
	buf_free(&key);
	return r;
}

/* The step of M by EVENT as its table writes it; NULL where it has none. */
static const struct machine_edge *
find_step(const struct machine_run *m, struct str event)
{
	enum state_id from = machine_run_state(m);

	for (size_t i = 0; i < m->table->nedges; i++) {
		const struct machine_edge *e = &m->table->edges[i];

		if (e->from == from && str_is(event, event_word(e->event)))
			return e;
	}
	return NULL;
}

/* A call has records of a kind of its own, and whoever waits for it hears. */
static void
record_call(struct script *s, const struct script_run *r,
    const struct machine_edge *e, unsigned status)
{
	struct node *n = s->agent.node;
	const struct world_watch *watch = &n->world->watch;
	struct trace_writer *w = node_record(n, TRACE_CALL, e->rule);

	trace_put_cstr(w, "id", r->id);
	trace_put_cstr(w, "from", state_word(e->from));
	trace_put_cstr(w, "state", state_word(e->to));
	trace_put_cstr(w, "peer", r->peer != NULL ? r->peer : "");
	if (status != 0)
		trace_put_int(w, "status", status);
	node_record_cause(n);
	if (watch->changed != NULL && e->event != EVENT_NO_ACK)
		watch->changed(r->id, state_word(e->to), watch->arg);
}

static int
take_peer(struct script_run *r, struct str peer)
{
	if (peer.n == 0)
		return 0;
	mem_free(r->peer);
	r->peer = mem_dup(peer.p, peer.n);
	return r->peer != NULL ? 0 : ERR_NOMEM;
}

static void
take_step(struct script *s, struct script_run *r, const struct machine_edge *e,
    unsigned status)
{
	if (!is_call(r->machine.table)) {
		node_machine_step(
		    s->agent.node, &r->machine, r->id, e->event, e->rule);
		return;
	}
	r->machine.state = e->to;
	/* One that leads nowhere and says nothing has no record. */
	if (e->from != e->to || status != 0)
		record_call(s, r, e, status);
}

int
script_turn(void *role, const struct script_turn *turn, const char **now,
    struct diag *d)
{
	struct script *s = role;
	const struct machine *table = find_played(turn->machine);
	const struct machine_edge *e;
	struct script_run *r;

	if (table == NULL || turn->id.n == 0 || str_chr(turn->id, '\0') >= 0)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("a program plays no machine “%.*s”"),
		    STR_ARG(turn->machine));
	if (map_count(s->turns) >= TURNS_MOST)
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("more than %d calls and registrations are too many"),
		    TURNS_MOST);
	r = get_run(s, table, turn->id);
	if (r == NULL || take_peer(r, turn->peer) != 0)
		return ERR_NOMEM;
	e = find_step(&r->machine, turn->event);
	if (e != NULL)
		take_step(s, r, e, turn->status);
	*now = state_word(machine_run_state(&r->machine));
	if (!machine_run_lives(&r->machine))
		free_run(s, r);
	return 0;
}
