/* What can be acted on at a moment. */
#include "words/acted.h"

#include "base/i18n.h"
#include "role/role.h"
#include "role/verb.h"
#include "words/state_words.h"

struct acting {
	const struct trace *t;
	const struct fold *f;
	struct str node;
	acted_fn *fn;
	void *arg;
	struct buf scratch;
};

static const char *
call_words(const struct fold *f, const struct fold_call *call)
{
	static const struct {
		const char *state, *words;
	} rows[] = {
		{ "early", N_("call, ringing") },
		{ "confirmed", N_("call, answered") },
	};

	if (state_call_waits(f, call) != NULL)
		return state_call_waits(f, call);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (str_is(call->state, rows[i].state))
			return i18n_text(rows[i].words);
	return _("call, not answered yet");
}

static void
tell_calls(struct acting *a, bool of_node)
{
	const struct fold_call *call;
	size_t at = 0;

	while (a->f != NULL &&
	       (call = fold_next_call(a->f, STR_NULL, &at)) != NULL)
		if (str_eq(call->node, a->node) == of_node &&
		    !str_is(call->state, "terminating"))
			a->fn(a->arg,
			    &(struct acted){ .kind = ACTED_CALL,
				.on = call->id,
				.text = str_of(call_words(a->f, call)) });
}

/* Subscriptions that a node has asked for; that of a REFER is its call's. */
static void
tell_subscriptions(struct acting *a)
{
	const struct fold_transaction *s;
	struct trace_rec rec;
	size_t at = 0;

	while (a->f != NULL &&
	       (s = fold_next_transaction(a->f, STR_NULL, &at)) != NULL) {
		if (!str_is(s->machine_name, "subscription") ||
		    fold_find_call(a->f, s->node, s->id) != NULL)
			continue;
		trace_get(a->t, s->first, &rec);
		if (str_is(trace_str(&rec, "event", &a->scratch), "SUBSCRIBE"))
			a->fn(a->arg, &(struct acted){ .kind = ACTED_CALL,
					  .on = s->id,
					  .text = str_of(_("subscription")) });
	}
}

static size_t
count_offers(uint64_t is)
{
	size_t n = 0;

	for (const struct verb *v = verb_rows; v < verb_rows + VERB_COUNT; v++)
		for (const struct verb_offer *o = v->offers;
		     verb_is_of(v, VERB_OF_NODE, is) && o->name != NULL; o++)
			n++;
	return n;
}

static void
tell_nodes(struct acting *a, bool chosen)
{
	const struct trace_head *h = trace_head(a->t);

	for (size_t i = 0; i < h->nnodes; i++) {
		const struct trace_node *n = &h->nodes[i];

		if (str_eq(n->name, a->node) != chosen)
			continue;
		buf_clear(&a->scratch);
		role_put(&a->scratch, n->role, " · ");
		a->fn(a->arg, &(struct acted){ .kind = ACTED_NODE,
				  .on = n->name,
				  .text = buf_view(&a->scratch),
				  .addr = n->addr,
				  .offers = count_offers(role_is(n->role)) });
	}
}

static void
tell_links(struct acting *a)
{
	const struct trace_head *h = trace_head(a->t);

	for (size_t i = 0; i < h->nlinks; i++) {
		buf_clear(&a->scratch);
		buf_printf(&a->scratch, "%.*s-%.*s", STR_ARG(h->links[i].a),
		    STR_ARG(h->links[i].b));
		a->fn(a->arg, &(struct acted){ .kind = ACTED_LINK,
				  .on = buf_view(&a->scratch),
				  .text = str_of(_("link")) });
	}
}

int
acted_list(const struct trace *t, const struct fold *f, struct str node,
    acted_fn *fn, void *arg)
{
	struct acting a = { t, f, node, fn, arg, BUF_INIT };
	int err;

	tell_calls(&a, true);
	tell_nodes(&a, true);
	tell_calls(&a, false);
	tell_subscriptions(&a);
	tell_nodes(&a, false);
	tell_links(&a);
	err = a.scratch.err;
	buf_free(&a.scratch);
	return err;
}
