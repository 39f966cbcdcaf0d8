/*
 * What outcomes are judged by: the hops of each call with their lost packets,
 * its dialogs, and which calls are legs of one B2BUA.
 */
#include "outcome/outcome_in.h"

#include "base/array.h"
#include "base/err.h"
#include "msg/constants.h"
#include "msg/parts.h"
#include "follower/b2bua_changes.h"

struct str
outcome_keep(struct outcomes *o, struct str text)
{
	const char *kept = text.n > 0 ? arena_str(o->texts, text) : NULL;

	if (text.n > 0 && kept == NULL)
		o->err = ERR_NOMEM;
	return kept != NULL ? (struct str){ kept, text.n } : STR_NULL;
}

const struct msg *
outcome_message(struct outcomes *o, uint64_t seq)
{
	int err =
	    seq != 0 ? sent_message_read(&o->message, o->t, seq) : ERR_NOTFOUND;

	if (err == 0)
		err = sent_message_read_text(&o->message);
	if (err == ERR_NOMEM)
		o->err = err;
	return err == 0 ? &o->message.msg : NULL;
}

bool
outcome_goes_on(const struct outcomes *o, int64_t t, int64_t ns)
{
	return o->t_end - t >= ns;
}

bool
outcome_is_due(const struct outcomes *o, int64_t t)
{
	return outcome_goes_on(o, t, SIP_64T1_NS - SIP_T1_NS);
}

bool
outcome_is_unproven(const struct outcomes *o, const struct followed_tx *tx)
{
	return o->capture && !tx->stream && tx->repeats.n == 0;
}

bool
outcome_is_lost(const struct hop *h)
{
	return h->drops > h->tx->repeats.n && h->why != TRACE_DROP_UNSEEN &&
	       h->why != TRACE_DROP_COUNT;
}

uint32_t
outcome_cause(struct str value, const char *protocol)
{
	struct str params, cause;
	uint32_t code;

	return str_iis(str_trim(msg_cut_params(value, &params)), protocol) &&
		       msg_param(params, "cause", &cause) &&
		       str_u32(cause, &code) == 0
		   ? code
		   : 0;
}

void
outcome_prove(struct outcome *out, uint64_t seq)
{
	for (size_t i = 0; i < out->nproof; i++)
		if (out->proof[i] == seq)
			return;
	if (seq != 0 && out->nproof < OUTCOME_PROOFS)
		out->proof[out->nproof++] = seq;
}

/* ---- calls ---- */

static struct leg *
leg_of(struct outcomes *o, struct str call_id)
{
	struct leg *leg = map_get(o->legs, call_id);
	const char *kept;

	if (leg != NULL)
		return leg;
	leg = arena_get(o->arena, 1, sizeof(*leg));
	kept = arena_str(o->arena, call_id);
	if (leg != NULL && kept != NULL)
		leg->call_id = (struct str){ kept, call_id.n };
	if (leg == NULL || kept == NULL ||
	    map_put(o->legs, leg->call_id, leg) != 0) {
		o->err = ERR_NOMEM;
		return NULL;
	}
	*o->last = leg;
	o->last = &leg->next;
	return leg;
}

static void
add_hop(struct outcomes *o, struct leg *leg, struct followed_tx *tx)
{
	struct hop *h = arena_get(o->arena, 1, sizeof(*h));

	if (h == NULL ||
	    ARRAY_ROOM(&o->hops, &o->hops_cap, (size_t)tx->id + 1) != 0) {
		o->err = ERR_NOMEM;
		return;
	}
	h->tx = tx;
	h->leg = leg;
	while (o->nhops <= tx->id)
		o->hops[o->nhops++] = NULL;
	o->hops[tx->id] = h;
	if (leg->first == NULL)
		leg->first = h;
	else
		leg->last->next = h;
	leg->last = h;
}

static void
add_side(struct outcomes *o, struct leg *leg, struct followed_dialog *d)
{
	struct side *s = arena_get(o->arena, 1, sizeof(*s));

	if (s == NULL) {
		o->err = ERR_NOMEM;
		return;
	}
	*s = (struct side){ d, leg->sides };
	leg->sides = s;
}

/* The call of the message that a B2BUA has made the leg's first request of. */
static void
find_upper(struct outcomes *o, struct leg *leg)
{
	struct b2bua_passage p;
	int err = b2bua_passage_find(&p, o->t, leg->first->tx->request);
	struct leg *upper;

	if (err == ERR_NOMEM)
		o->err = err;
	if (err != 0 || sent_message_read(&o->message, o->t, p.from) != 0)
		return;
	upper = map_get(o->legs, o->message.send.call_id);
	/* Legs come behind what they are made of: there is no circle. */
	if (upper == NULL || upper == leg || upper->first == NULL ||
	    upper->first->tx->request > leg->first->tx->request)
		return;
	leg->upper = upper;
	leg->beside = upper->lower;
	upper->lower = leg;
}

/* ---- records ---- */

static void
note_node(struct outcomes *o, const struct followed_message *s)
{
	size_t n = (size_t)s->node + 1;

	if (n > trace_name_count(o->t))
		return;
	if (n > o->nnodes && ARRAY_ROOM(&o->nodes, &o->nodes_cap, n) != 0) {
		o->err = ERR_NOMEM;
		return;
	}
	while (o->nnodes < n)
		o->nodes[o->nnodes++] = (struct lately){ INT64_MIN, INT64_MIN };
	o->nodes[n - 1].seen = s->time;
	if (s->msg->request && s->msg->method == MSG_REGISTER)
		o->nodes[n - 1].registered = s->time;
}

void
outcomes_take(struct outcomes *o, const struct followed_message *s)
{
	struct leg *leg;

	note_node(o, s);
	if ((s->events & (FOLLOWER_BEGUN | FOLLOWER_DIALOG_MADE)) == 0 ||
	    s->send->call_id.n == 0 || o->err != 0)
		return;
	leg = leg_of(o, s->send->call_id);
	if (leg == NULL)
		return;
	if ((s->events & FOLLOWER_BEGUN) != 0)
		add_hop(o, leg, s->tx);
	if ((s->events & FOLLOWER_DIALOG_MADE) != 0)
		add_side(o, leg, s->dialog);
}

/* Of a request its hop is told. */
void
outcomes_take_drop(struct outcomes *o, uint64_t seq)
{
	const struct followed_tx *tx;
	struct trace_rec rec;
	struct hop *h;
	uint64_t of;

	trace_get(o->t, seq, &rec);
	of = trace_send_of(o->t, &rec);
	tx = of != 0 ? follower_tx_of(o->follower, of) : NULL;
	h = tx != NULL ? outcome_hop_of(o, tx) : NULL;
	if (h == NULL || trace_node_of(o->t, of) != tx->client)
		return;
	if (h->drops < OUTCOME_PROOFS)
		h->drop[h->drops] = seq;
	h->drops++;
	h->why = trace_drop_find(trace_str(&rec, "reason", &o->scratch));
}

void
outcome_join_legs(struct outcomes *o)
{
	if (!b2bua_passage_has_box(o->t))
		return;
	for (struct leg *leg = o->first; leg != NULL; leg = leg->next)
		leg->upper = leg->lower = leg->beside = NULL;
	for (struct leg *leg = o->first; o->err == 0 && leg != NULL;
	     leg = leg->next)
		if (leg->first != NULL)
			find_upper(o, leg);
}

struct hop *
outcome_answered_by(struct outcomes *o, const struct hop *h)
{
	const struct followed_tx *below;
	struct trace_send send;
	struct trace_rec rec;

	if (h->tx->final == 0)
		return NULL;
	trace_get(o->t, h->tx->final, &rec);
	if (trace_get_send_parts(&rec, TRACE_SEND_FWD, &send, &o->scratch) != 0)
		return NULL;
	below = send.fwd != 0 ? follower_tx_of(o->follower, send.fwd) : NULL;
	return below != NULL && below != h->tx ? outcome_hop_of(o, below)
					       : NULL;
}
