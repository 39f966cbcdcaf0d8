/*
 * The network in the state: which hosts are down, and what acts and losses have
 * made of links (docs/TRACE.md: crash and restart of a node; set of its
 * address; down, up and set of a link).
 */
#include "trace/fold_in.h"

#include "base/err.h"
#include "base/param.h"

int
fold_host_turn(struct fold *f, uint64_t seq, uint32_t owner, bool down)
{
	struct fold_table *crashes = &f->tables[CRASHES];
	struct str node = trace_name(f->trace, owner - 1);
	struct crash_entry *e;
	bool made;

	if (!down) {
		f->mended = seq;
		return fold_table_remove(crashes, node, STR_NULL, STR_NULL);
	}
	e = fold_table_put(crashes, owner, node, STR_NULL, STR_NULL, &made);
	if (e == NULL)
		return ERR_NOMEM;
	e->v = (struct fold_crash){ .node = node, .by = seq };
	return 0;
}

int
fold_host_set(
    struct fold *f, uint64_t seq, uint32_t owner, struct json_value args)
{
	struct str node = trace_name(f->trace, owner - 1), addr = STR_NULL;
	struct move_entry *e;
	bool made;

	if (args.type != JSON_OBJECT ||
	    json_member(args, "addr").type != JSON_STRING)
		return 0;
	if (fold_text(f, json_member(args, "addr"), &addr) != 0)
		return ERR_NOMEM;
	e = fold_table_put(
	    &f->tables[MOVES], owner, node, STR_NULL, STR_NULL, &made);
	if (e == NULL)
		return ERR_NOMEM;
	e->v = (struct fold_move){ .node = node, .addr = addr, .act = seq };
	return 0;
}

/* What is known of the link NAME, to be written to; *L is NULL where NAME is no
 * link's.  0 or ERR_NOMEM. */
static int
link_of(struct fold *f, struct str name, struct fold_link **l)
{
	struct link_entry *e;
	uint32_t a, b;
	bool made;

	*l = NULL;
	if (!trace_find_ends(f->trace, name, &a, &b))
		return 0;
	/* Either way round it is the same link; it is the network's. */
	e = fold_table_put(&f->tables[LINKS], 0,
	    trace_name(f->trace, a < b ? a : b),
	    trace_name(f->trace, a < b ? b : a), STR_NULL, &made);
	if (e == NULL)
		return ERR_NOMEM;
	e->v.a = a < b ? a : b;
	e->v.b = a < b ? b : a;
	*l = &e->v;
	return 0;
}

static void
set_link(struct fold_link *l, struct json_value args)
{
	struct str text;

	if (args.type != JSON_OBJECT)
		return;
	if (json_plain(json_member(args, "loss"), &text) == 0) {
		l->loss =
		    str_is(text, "0") || str_is(text, "0%") ? STR_NULL : text;
		l->loss_set = true;
	}
	if (json_plain(json_member(args, "delay"), &text) == 0 &&
	    param_time(text, &l->delay) == 0)
		l->delay_set = true;
}

int
fold_link_act(struct fold *f, uint64_t seq, struct str name, struct str verb,
    struct json_value args)
{
	struct fold_link *l;
	int err = link_of(f, name, &l);

	if (err != 0 || l == NULL)
		return err;
	if (str_is(verb, "set")) {
		set_link(l, args);
	} else if (str_is(verb, "down") || str_is(verb, "up")) {
		l->down = str_is(verb, "down");
		l->turned = seq;
		f->mended = l->down ? f->mended : seq;
	}
	return 0;
}

int
fold_link_lose(struct fold *f, struct str name)
{
	struct fold_link *l;
	int err = link_of(f, name, &l);

	if (l != NULL)
		l->lost++;
	return err;
}
