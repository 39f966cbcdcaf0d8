/* What can be done to a node, a call, a link, a message: the verbs that it has
 * in the run, in the order and the words of session/verb_rows.h. */
#include "session/session_in.h"
#include "session/verb_rows.h"

#include "base/err.h"
#include "node/node.h"
#include "node/verbs.h"
#include "nodes/roles.h"
#include "scenario/topology.h"

#include <stdio.h>
#include <string.h>

/* What ON, as in an act, means in a trace. */
struct thing {
	enum verb_thing kind;
	const struct trace_node
	    *node; /* or a call's; NULL: a link, a message */
	const struct trace_link *link;
	struct buf name; /* as acts have it */
};

/* ON is L, written as "a-b" or "a--b" in either direction; NAME becomes
 * "a--b". */
static bool
is_link(const struct trace_link *l, struct str on, struct buf *name)
{
	struct str a = l->a, b = l->b;

	for (int turn = 0; turn < 2; turn++) {
		buf_clear(name);
		buf_printf(name, "%.*s--%.*s", STR_ARG(a), STR_ARG(b));
		if (str_eq(buf_view(name), on) ||
		    (on.n == a.n + 1 + b.n && on.p[a.n] == '-' &&
			str_eq(str_slice(on, 0, a.n), a) &&
			str_eq(str_slice(on, a.n + 1, on.n), b)))
			return true;
		a = l->b;
		b = l->a;
	}
	return false;
}

/* False where there is no such thing. */
static bool
find_thing(const struct trace *t, const char *on, struct thing *it)
{
	const struct trace_head *h = trace_head(t);
	struct str name = str_of(on);
	ptrdiff_t slash = str_chr(name, '/');

	*it = (struct thing){ .kind = slash >= 0 ? THING_CALL : THING_NODE,
		.name = BUF_INIT };
	buf_puts(&it->name, on);
	if (slash >= 0)
		name = str_slice(name, 0, (size_t)slash);
	it->node = trace_find_node(t, name);
	if (it->node != NULL || slash >= 0)
		return it->node != NULL;
	it->kind = THING_LINK;
	for (size_t i = 0; i < h->nlinks; i++)
		if (is_link(&h->links[i], name, &it->name)) {
			it->link = &h->links[i];
			return true;
		}
	it->kind = THING_MESSAGE;
	buf_clear(&it->name);
	buf_puts(&it->name, on);
	return strcmp(on, "message") == 0;
}

/* ---- who has it ---- */

static bool
takes(const struct node_verb *v, const char *key)
{
	for (size_t i = 0; i < 4 && v->params[i] != NULL; i++)
		if (strcmp(v->params[i], key) == 0)
			return true;
	for (size_t i = 0; i < NODE_NAMED_MAX && v->named[i] != NULL; i++)
		if (strcmp(v->named[i], key) == 0)
			return true;
	return false;
}

/* One of the verbs V does what ROW says, with all that it asks for. */
static bool
does_row(const struct node_verb *v, const struct verb_row *row)
{
	const char *name = row->does != NULL ? row->does : row->name;

	for (; v != NULL && v->name != NULL; v++) {
		size_t i = 0;

		if (v->on_call != (row->thing == THING_CALL) ||
		    strcmp(v->name, name) != 0)
			continue;
		while (i < ACT_VERB_ARGS && row->args[i].key != NULL &&
		       takes(v, row->args[i].key))
			i++;
		if (i == ACT_VERB_ARGS || row->args[i].key == NULL)
			return true;
	}
	return false;
}

/* A router has no SIP to send. */
static bool
node_has(const struct thing *it, const struct verb_row *row)
{
	struct str words = it->node->role;

	if (does_row(node_verbs, row))
		return words.n > 0 || strcmp(row->name, "send") != 0;
	while (words.n > 0) {
		struct str word = str_cut(words, ' ', &words);
		const struct node_role *role = node_role_find(word);

		if (role != NULL && does_row(role->verbs, row))
			return true;
	}
	return false;
}

/* ---- what is in force ---- */

/* In the topology; false where that can't be read. */
static bool
put_written(const struct session_branch *b, const struct trace_link *l,
    const char *key, struct buf *out)
{
	struct diag d = DIAG_INIT;
	struct topology *t = NULL;
	bool found = false;

	if (b->in.topology == NULL ||
	    topology_read(&t, str_of(b->in.topology),
		b->in.topology_file != NULL ? b->in.topology_file : "",
		b->in.settings, b->in.nsettings, &d) != 0)
		return false;
	for (size_t i = 0; i < t->nedges && !found; i++) {
		const struct topology_edge *e = &t->edges[i];

		found = str_is(l->a, t->nodes[e->a].name) &&
			str_is(l->b, t->nodes[e->b].name);
		if (found && strcmp(key, "loss") == 0)
			buf_printf(out, "%g%%", e->params.loss * 100);
		else if (found)
			buf_printf(out, "%g ms",
			    (double)e->params.delay_ns / (double)SIM_MS);
	}
	topology_destroy(t);
	return found;
}

static void
put_now(const struct session_branch *b, const struct thing *it,
    const struct verb_row *row, uint64_t after, char now[32])
{
	const char *key = row->args[0].key;
	struct buf text = BUF_INIT;

	if (it->kind != THING_LINK || row->does == NULL)
		return;
	if (verb_last_set(b->trace, after, buf_cstr(&it->name), key, &text) ||
	    put_written(b, it->link, key, &text))
		snprintf(now, 32, "%.31s", buf_cstr(&text));
	buf_free(&text);
}

/* ---- the list ---- */

static void
take_row(const struct verb_row *row, struct act_verb *v)
{
	*v = (struct act_verb){ .name = row->name,
		.text = i18n_text(row->text) };
	for (size_t i = 0; i < ACT_VERB_ARGS; i++) {
		v->params[i] = row->args[i].key;
		v->hints[i] = row->args[i].hint;
		v->needed[i] = row->args[i].needed;
	}
}

size_t
session_verbs(const struct session *s, size_t branch, uint64_t after,
    const char *on, struct act_verb *list, size_t max)
{
	const struct session_branch *b = s->branches[branch];
	const struct verb_row *row;
	struct thing it;
	unsigned moment;
	size_t n = 0;

	if (!s->can_act)
		return 0;
	if (!find_thing(b->trace, on, &it)) {
		buf_free(&it.name);
		return 0;
	}
	moment = verb_moment(b->trace, after, it.kind, buf_cstr(&it.name));
	for (size_t i = 0; (row = verb_row(i)) != NULL && n < max; i++) {
		if (row->thing != it.kind ||
		    (row->moment & moment) != row->moment ||
		    (it.node != NULL && !node_has(&it, row)))
			continue;
		take_row(row, &list[n]);
		put_now(b, &it, row, after, list[n++].now);
	}
	buf_free(&it.name);
	return n;
}

int
session_check_arg(const struct session *s, size_t branch, const char *on,
    const char *verb, const char *key, const char *value, struct diag *d)
{
	const struct verb_row *row = NULL;
	struct thing it;
	int err = 0;

	if (find_thing(s->branches[branch]->trace, on, &it))
		row = verb_row_find(it.kind, verb);
	buf_free(&it.name);
	for (size_t i = 0;
	     row != NULL && i < ACT_VERB_ARGS && row->args[i].key != NULL; i++)
		if (strcmp(row->args[i].key, key) == 0)
			err = verb_arg_check(row, &row->args[i], on, value, d);
	return err;
}

const char *
session_verb_done(
    const struct trace *t, const char *on, const char *verb, struct buf *name)
{
	const struct verb_row *row = NULL;
	struct thing it;

	if (find_thing(t, on, &it))
		row = verb_row_find(it.kind, verb);
	*name = it.name;
	return row != NULL && row->does != NULL ? row->does : verb;
}
