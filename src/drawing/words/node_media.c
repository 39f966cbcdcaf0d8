/*
 * What a node knows of media: of its calls, what their messages agreed on and
 * what flows, and the streams that belong to no call.
 */
#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/message.h"
#include "msg/bodies.h"
#include "msg/parts.h"
#include "msg/sdp.h"
#include "words/node_doc_in.h"
#include "words/record_text.h"
#include "words/state_words.h"
#include "words/time_words.h"

/* ---- the media of a call ---- */

/* A phone's first INVITE comes so soon behind its call's first record, and so
 * many steps lie between the two. */
#define SOON  64
#define STEPS 8
/* Offers and answers that are looked at. */
#define EXCHANGES 4

/* One description, in `memory`. */
struct described {
	size_t from, to;
	uint64_t seq; /* the record of the message; 0: none */
};

/* An INVITE (or UPDATE) of one side with its answer. */
struct exchange {
	uint32_t cseq;
	bool ours;   /* this node sent the request */
	bool failed; /* a final response other than 2xx */
	struct described local, remote;
};

struct gathering {
	struct node_view *v;
	struct msg *m;     /* owned */
	struct msg_sdp *a; /* owned: of what this node sent */
	struct msg_sdp *b; /* owned: of what it received */
	struct buf call_id, fields, bytes, memory;
	struct exchange list[EXCHANGES]; /* the newest first */
	size_t n;
	uint64_t rtp; /* the last packet of media that the node sent; 0: none */
};

/* The message of record SEQ, if this node sent or received it. */
static bool
node_media_message_at(struct gathering *g, uint64_t seq, struct trace_rec *rec,
    struct trace_send *s)
{
	enum trace_kind kind = trace_kind_of(g->v->t, seq);
	struct trace_rec send;

	if ((kind != TRACE_SEND && kind != TRACE_RECV) ||
	    trace_node_of(g->v->t, seq) != g->v->number)
		return false;
	trace_get(g->v->t, seq, rec);
	if (!record_message(g->v->t, rec, &send) ||
	    trace_get_send(&send, s, &g->fields) != 0)
		return false;
	if (kind == TRACE_SEND || trace_bytes(rec, &g->bytes).n == 0)
		*rec = send;
	if (g->rtp == 0 && kind == TRACE_SEND &&
	    trace_class_of(s->proto) == TRACE_CLASS_MEDIA)
		g->rtp = seq;
	return s->call_id.n > 0;
}

/* Record SEQ has come of record OF, or of what that came of, in a few steps. */
static bool
is_kin(const struct trace *t, uint64_t seq, uint64_t of)
{
	uint64_t parent = trace_cause_of(t, of);

	for (size_t i = 0; i < STEPS && seq != 0; i++) {
		if (seq == of || seq == parent)
			return true;
		seq = trace_cause_of(t, seq);
	}
	return false;
}

/*
 * Whether G->call_id is known now. A call record names no Call-ID: it is that
 * of the message that made the call or that the call made.
 */
static bool
node_media_find_call_id(struct gathering *g, const struct state_at_call *call)
{
	const struct trace *t = g->v->t;
	struct trace_send s;
	struct trace_rec rec;
	uint64_t seq = call->first;

	for (size_t i = 0; i < STEPS && seq != 0; i++) {
		/* A REFER makes a call too, but is of another one. */
		if (node_media_message_at(g, seq, &rec, &s)) {
			if (str_is(s.cseq_method, "INVITE"))
				buf_str(&g->call_id, s.call_id);
			break;
		}
		seq = trace_cause_of(t, seq);
	}
	for (seq = call->first + 1;
	     g->call_id.n == 0 && seq <= g->v->seq && seq <= call->first + SOON;
	     seq++)
		if (is_kin(t, seq, call->first) &&
		    node_media_message_at(g, seq, &rec, &s) &&
		    str_is(s.method, "INVITE"))
			buf_str(&g->call_id, s.call_id);
	return g->call_id.n > 0;
}

static struct exchange *
exchange_of(struct gathering *g, uint32_t cseq, bool ours)
{
	for (size_t i = 0; i < g->n; i++)
		if (g->list[i].cseq == cseq && g->list[i].ours == ours)
			return &g->list[i];
	if (g->n == EXCHANGES)
		return NULL;
	g->list[g->n] = (struct exchange){ .cseq = cseq, .ours = ours };
	return &g->list[g->n++];
}

/* Takes in the message of record SEQ, which REC has the bytes of. */
static void
node_media_take_description(
    struct gathering *g, uint64_t seq, const struct trace_rec *rec)
{
	bool sent = trace_kind_of(g->v->t, seq) == TRACE_SEND;
	struct msg_cseq cseq;
	struct exchange *e;
	struct described *d;

	msg_read(g->m, trace_bytes(rec, &g->bytes), NULL);
	if (msg_cseq_read(msg_value(g->m, MSG_H_CSEQ), &cseq) != 0 ||
	    !(str_is(cseq.method, "INVITE") || str_is(cseq.method, "ACK") ||
		str_is(cseq.method, "UPDATE")))
		return;
	e = exchange_of(g, cseq.number, g->m->request == sent);
	if (e == NULL)
		return;
	/* A challenge or a redirection is followed by another request. */
	e->failed |= !g->m->request && g->m->status >= 300;
	d = sent ? &e->local : &e->remote;
	if (msg_sdp_of(g->m).n == 0 || d->seq != 0)
		return;
	d->seq = seq;
	d->from = g->memory.n;
	buf_str(&g->memory, msg_sdp_of(g->m));
	d->to = g->memory.n;
}

/* From the position back to the call's beginning; false where that is too far
 * away. */
static bool
node_media_look_back(struct gathering *g, const struct state_at_call *call)
{
	struct node_view *v = g->v;
	struct trace_rec rec;
	struct trace_send s;

	/* The INVITE that made the call stands before the call's record. */
	for (uint64_t seq = v->seq; seq > 0 && seq + SOON >= call->first;
	     seq--) {
		if (v->records_left == 0 || v->messages_left == 0)
			return false;
		v->records_left--;
		if (!node_media_message_at(g, seq, &rec, &s))
			continue;
		v->messages_left--;
		if (str_eq(s.call_id, buf_view(&g->call_id)))
			node_media_take_description(g, seq, &rec);
	}
	return true;
}

static bool
node_media_has_format(struct str formats, struct str pt)
{
	while (formats.n > 0)
		if (str_eq(str_cut(formats, ' ', &formats), pt))
			return true;
	return false;
}

/* The first format of ANSWER that OFFER has too. */
static struct str
agreed_format(struct str answer, struct str offer)
{
	while (answer.n > 0) {
		struct str pt = str_cut(answer, ' ', &answer);

		if (pt.n > 0 && node_media_has_format(offer, pt))
			return pt;
	}
	return STR_NULL;
}

static bool
node_media_sends(enum msg_sdp_direction d)
{
	return d == MSG_SDP_SENDRECV || d == MSG_SDP_SENDONLY;
}

static bool
node_media_receives(enum msg_sdp_direction d)
{
	return d == MSG_SDP_SENDRECV || d == MSG_SDP_RECVONLY;
}

/* Which way media may go by both descriptions, seen from the node. */
static const char *
node_media_way_of(
    const struct msg_sdp_media *here, const struct msg_sdp_media *there)
{
	bool out = node_media_sends(here->direction) &&
		   node_media_receives(there->direction) &&
		   !msg_sdp_is_nowhere(there->address);
	bool in = node_media_receives(here->direction) &&
		  node_media_sends(there->direction) &&
		  !msg_sdp_is_nowhere(here->address);

	return out && in ? _("both ways")
	       : out     ? _("only to the peer")
	       : in      ? _("only from the peer")
			 : _("on hold: neither side sends");
}

static void
put_media_address(struct buf *b, const struct msg_sdp_media *m)
{
	if (m->v6)
		buf_putc(b, '[');
	buf_str(b, m->address);
	buf_printf(b, "%s:%u", m->v6 ? "]" : "", m->port);
}

/* Stream I of both descriptions; ANSWER is the later of them. */
static void
put_agreed_stream(
    struct gathering *g, size_t i, const struct msg_sdp *answer, uint64_t seq)
{
	const struct msg_sdp_media *here = &g->a->media[i];
	const struct msg_sdp_media *there = &g->b->media[i];
	const struct msg_sdp_media *last = &answer->media[i];
	struct str pt = agreed_format(
	    last->formats, last == here ? there->formats : here->formats);
	struct buf b = BUF_INIT;

	buf_str(&b, here->type);
	if (here->port == 0 || there->port == 0) {
		/* TRANSLATORS: a stream, "audio: refused (port 0)" */
		buf_puts(&b, _(": rejected (port 0)"));
	} else if (pt.n == 0) {
		/* TRANSLATORS: a stream, "audio: no codec in common" */
		buf_puts(&b, _(": no codec in common"));
	} else {
		buf_putc(&b, ' ');
		buf_str(&b, msg_sdp_codec(answer, (unsigned)i + 1, pt));
		buf_printf(&b, _(", %s"), node_media_way_of(here, there));
	}
	node_value(g->v, seq, 2 * NODE_INDENT, i == 0 ? _("media") : "",
	    buf_view(&b), STYLE_OTHER);
	buf_clear(&b);
	put_media_address(&b, here);
	buf_puts(&b, " – ");
	put_media_address(&b, there);
	node_value(g->v, seq, 2 * NODE_INDENT, "", buf_view(&b), STYLE_PLAIN);
	buf_end(&b, &g->v->d->err);
}

/* Whether the trace has packets of the agreed stream; for folded ones its
 * `media` records tell. */
static void
node_media_put_flow(struct gathering *g)
{
	struct buf b = BUF_INIT;
	char time[TIME_ROOM];

	if (g->rtp == 0 && trace_first_of(g->v->t, TRACE_MEDIA) != 0)
		return;
	if (g->rtp != 0)
		/* TRANSLATORS: media; "flow, last packet sent at 3.2 s" */
		buf_printf(&b, _("flow, last packet sent at %s s"),
		    time_text(trace_time_of(g->v->t, g->rtp), time));
	else
		buf_puts(&b, _("agreed; no packets in this trace"));
	node_value(g->v, g->rtp, 2 * NODE_INDENT, "", buf_view(&b), STYLE_DIM);
	buf_end(&b, &g->v->d->err);
}

static void
put_agreed(struct gathering *g, const struct exchange *e)
{
	struct str all = buf_view(&g->memory);
	const struct msg_sdp *answer =
	    e->local.seq > e->remote.seq ? g->a : g->b;
	uint64_t seq =
	    e->local.seq > e->remote.seq ? e->local.seq : e->remote.seq;
	size_t n;

	msg_sdp_read(g->a, str_slice(all, e->local.from, e->local.to), NULL);
	msg_sdp_read(g->b, str_slice(all, e->remote.from, e->remote.to), NULL);
	n = g->a->nmedia < g->b->nmedia ? g->a->nmedia : g->b->nmedia;
	for (size_t i = 0; i < n; i++)
		put_agreed_stream(g, i, answer, seq);
	if (n > 0)
		node_media_put_flow(g);
	else
		node_value(g->v, seq, 2 * NODE_INDENT, _("media"),
		    str_of(_("none are agreed")), STYLE_OTHER);
}

static void
put_media_word(struct gathering *g, uint64_t seq, const char *text)
{
	node_value(g->v, seq, 2 * NODE_INDENT, _("media"), str_of(text),
	    STYLE_WARNING);
}

static const char *
word_offer(const struct exchange *e)
{
	if (e->local.seq != 0)
		return _("offered; the peer has not answered");
	return _("offered by the peer; not answered");
}

static void
put_exchanges(struct gathering *g, bool whole)
{
	const struct exchange *offer = NULL;

	for (size_t i = 0; i < g->n; i++) {
		const struct exchange *e = &g->list[i];
		bool local = e->local.seq != 0, remote = e->remote.seq != 0;

		if (e->failed)
			continue;
		if (offer == NULL && local != remote)
			offer = e;
		if (!local || !remote)
			continue;
		put_agreed(g, e);
		/* A newer offer that is still open goes below. */
		whole = true;
		break;
	}
	if (!whole)
		put_media_word(g, 0, _("too long ago to be looked up"));
	else if (offer != NULL)
		put_media_word(
		    g, offer->local.seq | offer->remote.seq, word_offer(offer));
}

/* What the trace itself says of the call's media, where it does: the last of
 * its `media` records. */
static void
put_recorded(struct node_view *v, const struct state_at_call *call)
{
	struct buf b = BUF_INIT;
	struct trace_rec rec;

	for (uint64_t i = v->seq; i > call->first && v->records_left > 0; i--) {
		v->records_left--;
		if (trace_kind_of(v->t, i) != TRACE_MEDIA ||
		    trace_node_of(v->t, i) != v->number)
			continue;
		trace_get(v->t, i, &rec);
		if (!str_eq(trace_str(&rec, "call", &b), call->id))
			continue;
		buf_clear(&b);
		record_summary(v->t, &rec, &b);
		node_value(
		    v, i, 2 * NODE_INDENT, "", buf_view(&b), STYLE_PLAIN);
		break;
	}
	buf_end(&b, &v->d->err);
}

/*
 * The newest offer and answer (RFC 3264), read out of the session descriptions
 * that the node sent and received.
 */
void
node_put_media(struct node_view *v, const struct state_at_call *call)
{
	struct gathering g = { .v = v };

	g.m = mem_alloc(sizeof(*g.m));
	g.a = mem_alloc(sizeof(*g.a));
	g.b = mem_alloc(sizeof(*g.b));
	if (g.m == NULL || g.a == NULL || g.b == NULL) {
		v->d->err = ERR_NOMEM;
	} else if (node_media_find_call_id(&g, call)) {
		put_exchanges(&g, node_media_look_back(&g, call));
	}
	put_recorded(v, call);
	mem_free(g.m);
	mem_free(g.a);
	mem_free(g.b);
	buf_end(&g.call_id, &v->d->err);
	buf_end(&g.fields, &v->d->err);
	buf_end(&g.bytes, &v->d->err);
	buf_end(&g.memory, &v->d->err);
}

/* ---- streams of no call ---- */

static void
put_node_stream(struct node_view *v, const struct state_at_media *m)
{
	uint64_t seq = state_stream_record(m);
	struct buf b = BUF_INIT;

	buf_str(&b, m->call);
	if (m->type.n > 0)
		buf_printf(&b, " %.*s", STR_ARG(m->type));
	node_put_id(v, seq, NODE_INDENT, buf_view(&b), STYLE_PLAIN);
	buf_clear(&b);
	buf_puts(&b, state_stream_word(v->f, m));
	buf_putc(&b, ' ');
	state_put_since(&b, m->since);
	node_put_right(v, &b, STYLE_BOLD);
	state_put_stream(&b, m);
	if (b.n > 0)
		node_value(
		    v, seq, 2 * NODE_INDENT, "", buf_view(&b), STYLE_PLAIN);
	buf_end(&b, &v->d->err);
}

/* A source of which only the received packets are known. */
static void
node_media_put_source(struct node_view *v, const struct state_at_source *s)
{
	struct buf b = BUF_INIT;

	buf_str(&b, s->call);
	if (s->type.n > 0)
		buf_printf(&b, " %.*s", STR_ARG(s->type));
	node_put_id(v, s->hear, NODE_INDENT, buf_view(&b), STYLE_PLAIN);
	buf_clear(&b);
	buf_puts(&b, s->still != 0 ? _("silent") : _("receiving"));
	buf_putc(&b, ' ');
	state_put_since(&b, s->since);
	node_put_right(v, &b, STYLE_BOLD);
	buf_printf(&b, "%.*s ← %.*s", STR_ARG(s->codec), STR_ARG(s->peer));
	node_value(v, s->hear, 2 * NODE_INDENT, "", buf_view(&b), STYLE_PLAIN);
	buf_end(&b, &v->d->err);
}

/*
 * Streams of media of a node that belong to no call which lives there: those of
 * a program, of a media gateway, of a B2BUA, and what flows on when its call is
 * over.
 */
void
node_put_streams(struct node_view *v)
{
	const char *heading = _("Streams");
	const struct state_at_source *s;
	const struct state_at_media *m;
	size_t at = 0, n = 0;

	while ((m = state_at_next_media(v->f, v->node->name, &at)) != NULL)
		if (state_at_find_call(v->f, m->node, m->call) == NULL &&
		    node_entry(v, &n, heading))
			put_node_stream(v, m);
	at = 0;
	while ((s = state_at_next_source(v->f, v->node->name, &at)) != NULL)
		if (state_at_find_call(v->f, s->node, s->call) == NULL &&
		    state_stream_of(v->f, s) == NULL &&
		    node_entry(v, &n, heading))
			node_media_put_source(v, s);
	node_more(v, n);
}
