/* The acts on a node, a call, a link, a message: the offers of its verbs
 * (role/verb.h), in their order and words. */
#include "session/session_in.h"

#include "base/err.h"
#include "base/param.h"
#include "topology/synonyms.h"
#include "topology/topology.h"
#include "trace/record_name.h"

#include <stdio.h>
#include <string.h>

/* What ON, as in an act, means in a trace. */
struct thing {
	enum verb_thing kind;
	uint64_t is; /* the roles of the node, or of a call's */
	const struct trace_link *link;
	struct buf name; /* as acts have it */
};

/* ON is L, written as "a-b" or "a--b" in either direction; NAME becomes
 * "a--b". */
static bool
verb_is_link(const struct trace_link *l, struct str on, struct buf *name)
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
	const struct trace_node *node;
	struct str name = str_of(on);
	ptrdiff_t slash = str_chr(name, '/');

	*it = (struct thing){ .kind = slash >= 0 ? VERB_OF_CALL : VERB_OF_NODE,
		.name = BUF_INIT };
	buf_puts(&it->name, on);
	if (slash >= 0)
		name = str_slice(name, 0, (size_t)slash);
	node = trace_find_node(t, name);
	it->is = node != NULL ? role_is(node->role) : 0;
	if (node != NULL || slash >= 0)
		return node != NULL;
	it->kind = VERB_OF_LINK;
	for (size_t i = 0; i < h->nlinks; i++)
		if (verb_is_link(&h->links[i], name, &it->name)) {
			it->link = &h->links[i];
			return true;
		}
	it->kind = VERB_OF_MESSAGE;
	buf_clear(&it->name);
	buf_puts(&it->name, on);
	return strcmp(on, "message") == 0;
}

static int
no_thing(const struct trace *t, const char *on, struct diag *d)
{
	struct str node = { on, strcspn(on, "/") };

	if (strstr(on, "--") == NULL && trace_check_node(t, node, d) != 0)
		return ERR_NOTFOUND;
	return diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("there is no node, call or link “%s”"), on);
}

/* ---- values in force ---- */

/* In the topology; false where that can't be read. */
static bool
verb_put_written(const struct session_branch *b, const struct trace_link *l,
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
	topology_drop(t);
	return found;
}

static void
put_now(const struct session_branch *b, const struct thing *it,
    const struct act_verb *offered, uint64_t after, char now[32])
{
	const char *key = offered->params[0];
	LOCAL_BUF text = BUF_INIT;

	/* An offer of one parameter, by its name. */
	if (it->kind != VERB_OF_LINK || key == NULL || key[0] == '*')
		return;
	if (verb_last_set(b->trace, after, buf_cstr(&it->name), key, &text) ||
	    verb_put_written(b, it->link, key, &text))
		snprintf(now, 32, "%.31s", buf_cstr(&text));
}

/* ---- the list ---- */

static void
take_offer(
    const struct verb *v, const struct verb_offer *o, struct act_verb *offered)
{
	struct str asks = str_of(o->asks);
	const struct verb_arg *arg;
	bool needed;

	*offered =
	    (struct act_verb){ .name = o->name, .text = i18n_text(o->text) };
	for (size_t i = 0; i < ACT_VERB_ARGS &&
			   (arg = verb_offer_asks(v, &asks, &needed)) != NULL;
	     i++) {
		offered->params[i] = arg->key;
		offered->hints[i] = arg->example;
		offered->needed[i] = needed;
	}
}

/* Those of all verbs that are ALSO offered, or those before them. */
static size_t
list_offers(const struct thing *it, unsigned moment, bool also,
    struct act_verb *list, size_t n, size_t max)
{
	for (const struct verb *v = verb_rows; v < verb_rows + VERB_COUNT; v++)
		for (const struct verb_offer *o = v->offers;
		     verb_is_of(v, it->kind, it->is) && o->name != NULL; o++)
			if (o->also == also && n < max &&
			    (o->moment & moment) == o->moment)
				take_offer(v, o, &list[n++]);
	return n;
}

/* A real program stands for NAME: what a role can do is not asked of it. */
static bool
is_outside(const struct session_branch *b, const char *name)
{
	const struct topology *t = b->in.graph;

	for (size_t i = 0; t != NULL && i < t->nnodes; i++) {
		const struct topology_attr *a =
		    topology_attr(&t->nodes[i], "outside");

		if (strcmp(t->nodes[i].name, name) == 0)
			return a != NULL && strcmp(a->value, "true") == 0;
	}
	return false;
}

size_t
session_verbs(const struct session *s, size_t branch, uint64_t after,
    const char *on, struct act_verb *list, size_t max, struct diag *d)
{
	const struct session_branch *b = s->branches[branch];
	struct thing it;
	unsigned moment;
	size_t n = 0;

	*d = DIAG_INIT;
	if (!s->can_act)
		return 0;
	if (!find_thing(b->trace, on, &it)) {
		no_thing(b->trace, on, d);
	} else {
		if (is_outside(b, on))
			it.is = 0;
		moment =
		    verb_moment(b->trace, after, it.kind, buf_cstr(&it.name));
		n = list_offers(&it, moment, false, list, n, max);
		n = list_offers(&it, moment, true, list, n, max);
		for (size_t i = 0; i < n; i++)
			put_now(b, &it, &list[i], after, list[i].now);
	}
	buf_free(&it.name);
	return n;
}

#define OFFERS_MOST 64

static int
no_offer(
    const struct thing *it, const char *on, const char *name, struct diag *d)
{
	struct act_verb list[OFFERS_MOST];
	size_t n = list_offers(it, ~0u, false, list, 0, OFFERS_MOST);

	n = list_offers(it, ~0u, true, list, n, OFFERS_MOST);
	diag_set(d, ERR_NOTFOUND, NULL, 0, _("%s can't “%s”"), on, name);
	return diag_meant(d, ERR_NOTFOUND,
	    param_meant(synonyms_of_verbs, str_of(name), &list[0].name, n,
		sizeof(list[0])));
}

/* A setting that has its own name, as those of acts have. */
static int
check_named_setting(const char *verb, const struct verb_arg *arg,
    const char *on, const char *key, const char *value, struct diag *d)
{
	LOCAL_BUF text = BUF_INIT;

	buf_printf(&text, "%s=%s", key, value);
	return text.err != 0
		   ? diag_fail(d, ERR_NOMEM)
		   : verb_arg_check(verb, arg, true, on, buf_cstr(&text), d);
}

int
session_check_arg(const struct session *s, size_t branch, const char *on,
    const char *verb, const char *key, const char *value, struct diag *d)
{
	const struct verb_offer *o = NULL;
	const struct verb_arg *arg;
	const struct verb *v = NULL;
	struct thing it;
	bool needed, there = find_thing(s->branches[branch]->trace, on, &it);

	if (there)
		o = verb_offer_find(it.kind, it.is, verb, &v);
	buf_free(&it.name);
	if (!there)
		return no_thing(s->branches[branch]->trace, on, d);
	for (struct str asks = str_of(o != NULL ? o->asks : "");
	     o != NULL && (arg = verb_offer_asks(v, &asks, &needed)) != NULL;)
		if (strcmp(arg->key, key) == 0)
			return verb_arg_check(
			    o->name, arg, needed, on, value, d);
	if (o == NULL)
		return no_offer(&it, on, verb, d);
	arg = verb_arg(v, key);
	if (arg != NULL)
		return arg->key[0] == '*' ? check_named_setting(
						o->name, arg, on, key, value, d)
					  : 0;
	diag_set(d, ERR_NOTFOUND, NULL, 0, _("%s takes no “%s”"), v->name, key);
	return diag_meant(d, ERR_NOTFOUND,
	    param_nearest(
		str_of(key), &v->args[0].key, VERB_ARGS, sizeof(v->args[0])));
}

const char *
session_verb_done(
    const struct trace *t, const char *on, const char *verb, struct buf *name)
{
	const struct verb_offer *o = NULL;
	const struct verb *v;
	struct thing it;

	if (find_thing(t, on, &it))
		o = verb_offer_find(it.kind, it.is, verb, &v);
	*name = it.name;
	return o != NULL ? v->name : verb;
}
