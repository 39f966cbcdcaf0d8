/*
 * What can be acted on where one is: the message, calls, nodes, links.
 */
#include "views/tui/play.h"

#include "base/i18n.h"
#include "words/record_text.h"
#include "role/role.h"
#include "words/state_words.h"

/* What can be acted on, as the chooser's value: a kind and a number. */
enum thing { THING_MESSAGE, THING_CALL, THING_NODE, THING_LINK };
#define THING(kind, i) ((uint64_t)(kind) << 32 | (uint64_t)(i))

static void
put_link_name(const struct trace_link *l, struct buf *out)
{
	buf_printf(out, "%.*s-%.*s", STR_ARG(l->a), STR_ARG(l->b));
}
static void
chosen_thing(struct play *p, uint64_t value)
{
	const struct trace_head *h = trace_head(play_view(p)->trace);
	size_t i = (size_t)(value & UINT32_MAX);

	buf_clear(&p->acting.on);
	switch ((enum thing)(value >> 32)) {
	case THING_MESSAGE:
		buf_puts(&p->acting.on, "message");
		break;
	case THING_LINK:
		if (i < h->nlinks)
			put_link_name(&h->links[i], &p->acting.on);
		break;
	case THING_CALL:
		buf_str(&p->acting.on,
		    chooser_label(&p->chooser, p->chooser.cursor));
		break;
	case THING_NODE:
		if (i < h->nnodes)
			buf_str(&p->acting.on, h->nodes[i].name);
		break;
	}
	if (p->acting.on.n > 0)
		play_choose_verb(p);
}

static void
offer_message(struct play *p)
{
	struct play_view *v = play_view(p);
	struct buf b = BUF_INIT;
	struct trace_rec rec;
	uint64_t seq = play_message_seq(p);

	p->acting.after = seq;
	if (seq == 0)
		return;
	trace_get(v->trace, seq, &rec);
	record_summary(v->trace, &rec, &b);
	chooser_add(&p->chooser, str_of(_("this message")), buf_view(&b),
	    THING(THING_MESSAGE, 0));
	buf_free(&b);
}

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

/* Calls that live at the position; the chosen node's first. */
static void
offer_calls(struct play *p, bool of_node)
{
	const struct fold *f = play_fold(p);
	const struct fold_call *call;
	size_t at = 0;

	while (f != NULL && (call = fold_next_call(f, STR_NULL, &at)) != NULL) {
		if (str_eq(call->node, buf_view(&p->node)) != of_node ||
		    str_is(call->state, "terminating"))
			continue;
		chooser_add(&p->chooser, call->id, str_of(call_words(f, call)),
		    THING(THING_CALL, 0));
	}
}

/* Subscriptions that a node has asked for; that of a REFER is its call's. */
static void
offer_subscriptions(struct play *p)
{
	struct play_view *v = play_view(p);
	const struct fold_transaction *s;
	struct buf scratch = BUF_INIT;
	const struct fold *f = play_fold(p);
	struct trace_rec rec;
	size_t at = 0;

	while (f != NULL &&
	       (s = fold_next_transaction(f, STR_NULL, &at)) != NULL) {
		if (!str_is(s->machine_name, "subscription") ||
		    fold_find_call(f, s->node, s->id) != NULL)
			continue;
		trace_get(v->trace, s->first, &rec);
		if (str_is(trace_str(&rec, "event", &scratch), "SUBSCRIBE"))
			chooser_add(&p->chooser, s->id,
			    str_of(_("subscription")), THING(THING_CALL, 0));
	}
	buf_free(&scratch);
}

static void
offer_node(struct play *p, const struct trace_head *h, size_t i)
{
	struct buf roles = BUF_INIT;

	role_put(&roles, h->nodes[i].role, " · ");
	chooser_add(&p->chooser, h->nodes[i].name, buf_view(&roles),
	    THING(THING_NODE, i));
	buf_free(&roles);
}

static bool
at_end(struct play *p)
{
	const struct play_view *v = play_view(p);

	return v->seq == trace_count(v->trace);
}

void
play_act_menu(struct play *p)
{
	const struct trace_head *h = trace_head(play_view(p)->trace);
	struct buf b = BUF_INIT;

	if (p->src->act == NULL) {
		play_tell(
		    p, _("this is a recording: nothing can be done in it"));
		return;
	}
	chooser_start(&p->chooser, _("Act on what?"));
	/* At the end it is nodes that one acts on: it goes on from there. */
	if (!at_end(p))
		offer_message(p);
	offer_calls(p, true);
	for (size_t i = 0; i < h->nnodes; i++)
		if (str_eq(h->nodes[i].name, buf_view(&p->node)))
			offer_node(p, h, i);
	offer_calls(p, false);
	offer_subscriptions(p);
	for (size_t i = 0; i < h->nnodes; i++)
		/* A router has no role and nothing to do. */
		if (h->nodes[i].role.n > 0 &&
		    !str_eq(h->nodes[i].name, buf_view(&p->node)))
			offer_node(p, h, i);
	for (size_t i = 0; i < h->nlinks; i++) {
		buf_clear(&b);
		put_link_name(&h->links[i], &b);
		chooser_add(&p->chooser, buf_view(&b), str_of(_("link")),
		    THING(THING_LINK, i));
	}
	if (at_end(p))
		offer_message(p);
	buf_free(&b);
	play_choose(p, chosen_thing);
}
