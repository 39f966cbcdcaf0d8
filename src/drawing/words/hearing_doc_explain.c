/*
 * Why a node hears what it hears, or nothing: a line for each stretch of time,
 * and for one moment what the verdict stands on, record by record.
 */
#include "words/hearing_doc.h"
#include "words/state_doc.h"

#include "words/explain_doc.h"
#include "words/record_text.h"
#include "words/time_words.h"

#define ROWS_MOST   40
#define PLACES_MOST 4
#define INDENT      2
#define WIDTH_USUAL 80
#define SOON        INT64_C(1000000000)

struct answering {
	const struct hearing_question *q;
	size_t width;
	struct doc *d;
	struct buf line;
};

static void
hearing_reason_put_line(
    struct answering *a, uint64_t seq, enum canvas_style style, size_t indent)
{
	doc_line(a->d, seq);
	doc_pad(a->d, indent);
	doc_wrap(a->d, style, buf_view(&a->line), indent, a->width);
	if (a->line.err != 0)
		a->d->err = a->line.err;
	buf_clear(&a->line);
}

/* ---- what a row stands on ---- */

/* "Offer #32, 1.000 s: bob sent 200 OK to alice." under WORDS. */
static void
put_ground(struct answering *a, const char *words, uint64_t seq)
{
	char time[TIME_ROOM];
	struct trace_rec rec;

	if (seq == 0)
		return;
	trace_get(a->q->t, seq, &rec);
	buf_printf(&a->line, "%s #%llu, %s s: ", words, (unsigned long long)seq,
	    time_text(rec.t, time));
	record_sentence(a->q->t, &rec, &a->line);
	hearing_reason_put_line(a, seq, STYLE_PLAIN, INDENT);
}

/* What a description says of the stream: "sendonly, 192.0.2.1:49170". */
static void
put_exchange_side(
    struct answering *a, const char *words, const struct exchange_side *side)
{
	put_ground(a, words, side->seq);
	if (side->seq == 0)
		return;
	if (side->refused)
		/* TRANSLATORS: of a stream in SDP */
		buf_puts(&a->line, _("port 0: the stream is rejected"));
	else
		buf_printf(&a->line, "%s, %s",
		    msg_sdp_direction_name(side->direction), side->address);
	hearing_reason_put_line(a, side->seq, STYLE_DIM, (size_t)2 * INDENT);
}

static void
put_exchange(struct answering *a, const struct exchange *e)
{
	bool ours = e->here.seq < e->there.seq;

	put_exchange_side(a, _("SDP offer"), ours ? &e->here : &e->there);
	put_exchange_side(a, _("SDP answer"), ours ? &e->there : &e->here);
}

/* Where packets of a stream were lost, and why. */
struct lost_at {
	struct str where;
	enum trace_drop why;
	uint64_t n;
	int64_t since; /* the first of them was lost */
};

struct losses {
	struct lost_at at[PLACES_MOST];
	size_t n;
	uint64_t sent;
};

/* The `send` of record SEQ is a packet that H's last sender sends there. */
static bool
is_of_stream(const struct trace *t, uint64_t seq, const struct hearing *h,
    struct buf *scratch)
{
	struct trace_rec rec;
	struct trace_send s;

	if (seq == 0 || trace_kind_of(t, seq) != TRACE_SEND)
		return false;
	trace_get(t, seq, &rec);
	return str_eq(rec.node, h->sender) &&
	       trace_get_send(&rec, &s, scratch) == 0 &&
	       trace_class_of(s.proto) == TRACE_CLASS_MEDIA &&
	       str_eq(s.dst_addr, h->goes);
}

static void
add_loss(struct losses *l, const struct trace_rec *rec, struct buf *scratch)
{
	enum trace_drop why =
	    trace_drop_find(trace_str(rec, "reason", scratch));
	struct str where = rec->node;

	if (where.n == 0) {
		where = trace_str(rec, "link", scratch);
		/* Names have no escapes, so that it is of the trace. */
		if (where.p == scratch->p)
			where = STR_NULL;
	}
	for (size_t i = 0; i < l->n; i++)
		if (l->at[i].why == why && str_eq(l->at[i].where, where)) {
			l->at[i].n++;
			return;
		}
	if (l->n < PLACES_MOST && why != TRACE_DROP_COUNT)
		l->at[l->n++] = (struct lost_at){ where, why, 1, rec->t };
}

/* Up to time T_NS. */
static void
count_losses(const struct answering *a, const struct hearing *h, int64_t t_ns,
    struct losses *l)
{
	const struct trace *t = a->q->packets;
	struct buf scratch = BUF_INIT;
	struct trace_rec rec;
	uint64_t end = trace_at_time(t, t_ns);
	uint64_t seq = trace_at_time(t, trace_time_of(a->q->t, h->flow) - 1);

	for (seq++; seq <= end; seq++) {
		enum trace_kind kind = trace_kind_of(t, seq);

		if (kind == TRACE_SEND && is_of_stream(t, seq, h, &scratch))
			l->sent++;
		if (kind != TRACE_DROP)
			continue;
		trace_get(t, seq, &rec);
		if (is_of_stream(t, trace_send_of(t, &rec), h, &scratch))
			add_loss(l, &rec, &scratch);
	}
	buf_end(&scratch, &a->d->err);
}

static void
put_losses(struct answering *a, const struct hearing *h, int64_t t_ns)
{
	struct losses l = { .n = 0 };
	char time[TIME_ROOM];

	if (a->q->packets == NULL || h->flow == 0 || h->sender.n == 0 ||
	    h->state == HEARING_COMING)
		return;
	count_losses(a, h, t_ns, &l);
	for (size_t i = 0; i < l.n; i++) {
		/* TRANSLATORS: a node or a link, numbers of packets, when, why
		 */
		buf_printf(&a->line,
		    _("Lost at %.*s: %llu of %llu packets, the first at %s s; "
		      "%s"),
		    STR_ARG(l.at[i].where), (unsigned long long)l.at[i].n,
		    (unsigned long long)l.sent, time_text(l.at[i].since, time),
		    trace_drop_text(l.at[i].why));
		hearing_reason_put_line(a, h->flow, STYLE_LOST, INDENT);
	}
}

static void
explain_row(struct answering *a, const struct hearing *h, int64_t t_ns)
{
	doc_line(a->d, 0);
	hearing_put_sentence(h, &a->line);
	hearing_reason_put_line(a, h->decides, STYLE_BOLD, 0);
	put_losses(a, h, t_ns);
	if (h->has_exchange)
		put_exchange(a, &h->exchange);
	/* TRANSLATORS: records that show why a stream is heard */
	put_ground(a, _("Agreed"), h->agree);
	put_ground(a, _("Agreed at the peer"), h->agree_there);
	put_ground(a, _("Flows"), h->flow);
	put_ground(a, _("Heard"), h->hear);
	put_ground(a, _("Counted"), h->quality);
	if (h->decides == 0)
		return;
	doc_line(a->d, 0);
	explain_doc(a->q->t, h->decides,
	    &(struct explain_options){ .width = a->width, .past = true }, a->d);
}

/* With record SEQ the node's last call is over, or it rejects one. */
static bool
hearing_reason_is_end(
    const struct trace *t, uint64_t seq, struct str node, struct buf *scratch)
{
	enum trace_kind kind = trace_kind_of(t, seq);
	struct trace_rec rec;
	struct trace_send s;

	if (kind != TRACE_CALL && kind != TRACE_SEND)
		return false;
	trace_get(t, seq, &rec);
	if (!str_eq(rec.node, node))
		return false;
	if (kind == TRACE_CALL)
		return str_is(trace_str(&rec, "state", scratch), "terminated");
	return trace_get_send(&rec, &s, scratch) == 0 && s.status >= 300 &&
	       str_is(s.cseq_method, "INVITE");
}

/* The listener has no call before record SEQ. */
static void
explain_nothing(struct answering *a, uint64_t seq, int64_t t_ns)
{
	struct hearing over = { .listener = a->q->listener,
		.state = HEARING_OVER };
	struct buf scratch = BUF_INIT;

	while (seq > 0 &&
	       !hearing_reason_is_end(a->q->t, seq, over.listener, &scratch))
		seq--;
	over.decides = seq;
	buf_end(&scratch, &a->d->err);
	if (seq != 0) {
		explain_row(a, &over, t_ns);
		return;
	}
	doc_line(a->d, 0);
	buf_puts(
	    &a->line, _("It has no call at that time, so it hears nothing."));
	hearing_reason_put_line(a, 0, STYLE_PLAIN, 0);
}

static int
explain_moment(
    struct answering *a, struct state_at *f, uint64_t seq, int64_t t_ns)
{
	LOCAL(hearings_free) struct hearings h = HEARINGS_INIT;
	char time[TIME_ROOM];
	int err = state_at_advance(f, a->q->t, seq);

	if (err == 0)
		err = hearings_read(&h, a->q->t, f, a->q->listener, ROWS_MOST);
	if (err == 0) {
		/* TRANSLATORS: node, time in seconds */
		buf_printf(&a->line, _("What does %.*s hear at %s s, and why?"),
		    STR_ARG(a->q->listener), time_text(t_ns, time));
		hearing_reason_put_line(a, 0, STYLE_TITLE, 0);
		for (size_t i = 0; i < h.n; i++)
			explain_row(a, &h.list[i], t_ns);
		if (h.n == 0)
			explain_nothing(a, seq, t_ns);
	}
	return err;
}

/* ---- all of the time ---- */

/* As long as the rows are the same. */
struct stretch {
	uint64_t from, last; /* records */
	int64_t lasts;       /* until the next */
	unsigned weight;     /* how much it asks for a reason */
};

static unsigned
hearing_reason_weight_of(const struct hearings *h)
{
	unsigned most = 0;

	for (size_t i = 0; i < h->n; i++)
		if (hearing_asks(h->list[i].state) > most)
			most = hearing_asks(h->list[i].state);
	return most;
}

static void
put_stretch(struct answering *a, const struct hearings *h, uint64_t seq)
{
	char time[TIME_ROOM];

	buf_printf(
	    &a->line, "%10s s  ", time_text(trace_time_of(a->q->t, seq), time));
	for (size_t i = 0; i < h->n || i == 0; i++) {
		doc_line(a->d, h->n > 0 ? h->list[i].decides : seq);
		doc_pad(a->d, i > 0 ? 14 : 0);
		doc_put(a->d, STYLE_DIM, buf_view(&a->line));
		buf_clear(&a->line);
		if (h->n > 0)
			hearing_put_sentence(&h->list[i], &a->line);
		else
			buf_puts(&a->line, _("no call"));
		doc_wrap(a->d,
		    h->n > 0 && hearing_is_heard(h->list[i].state)
			? STYLE_SUCCESS
			: STYLE_PLAIN,
		    buf_view(&a->line), 14, a->width);
		buf_clear(&a->line);
	}
}

static bool
has_same_hearings(const struct hearings *h, const struct hearings *g)
{
	if (h->n != g->n)
		return false;
	for (size_t i = 0; i < h->n; i++)
		if (h->list[i].state != g->list[i].state ||
		    (h->list[i].state != HEARING_UNAGREED &&
			!str_eq(h->list[i].speaker, g->list[i].speaker)) ||
		    !str_eq(h->list[i].sound, g->list[i].sound) ||
		    !str_eq(h->list[i].there, g->list[i].there) ||
		    h->list[i].why != g->list[i].why ||
		    !str_eq(h->list[i].call, g->list[i].call))
			return false;
	return true;
}

/* S is over before record NEXT: *BEST is the one that asks most for a reason.
 */
static void
weigh(const struct trace *t, struct stretch *s, uint64_t next,
    struct stretch *best)
{
	uint64_t end = trace_count(t);

	s->last =
	    next > end ? end : trace_at_time(t, trace_time_of(t, next) - 1);
	if (s->last < s->from)
		s->last = next - 1;
	s->lasts = trace_time_of(t, next > end ? end : next) -
		   trace_time_of(t, s->from);
	/* A message on its way for that long is not a fault. */
	if (s->lasts < SOON && s->weight > hearing_asks(HEARING_HEARS))
		s->weight = 1;
	if (best->from == 0 || s->weight > best->weight ||
	    (s->weight == best->weight && s->lasts > best->lasts))
		*best = *s;
}

/* Messages of a capture do, by which transactions go on, and who is muted in a
 * conference. */
static bool
changes_hearing(const struct trace *t, uint64_t seq)
{
	enum trace_kind kind = trace_kind_of(t, seq);

	return kind == TRACE_MEDIA || kind == TRACE_CALL || kind == TRACE_ACT ||
	       kind == TRACE_FSM;
}

/* A record behind SEQ, which changes who hears whom, does at the same moment
 * as well. */
static bool
is_amid(const struct trace *t, uint64_t seq)
{
	uint64_t end = trace_count(t);

	for (uint64_t next = seq + 1;
	     next <= end && trace_time_of(t, next) == trace_time_of(t, seq);
	     next++)
		if (changes_hearing(t, next))
			return true;
	return false;
}

/* A call of the listener is up as the trace ends, of which F has all: no
 * hang-up was seen. */
static void
put_unended_call(struct answering *a, const struct state_at *f)
{
	uint64_t end = trace_count(a->q->t);
	const struct state_at_call *c;
	char time[TIME_ROOM];
	size_t at = 0;

	do
		c = state_at_next_call(f, a->q->listener, &at);
	while (c != NULL && !str_is(c->state, "confirmed"));
	if (c == NULL)
		return;
	buf_printf(
	    &a->line, "%10s s  ", time_text(trace_time_of(a->q->t, end), time));
	doc_line(a->d, c->last);
	doc_put(a->d, STYLE_DIM, buf_view(&a->line));
	buf_clear(&a->line);
	buf_puts(&a->line, unended_text(UNENDED_TALKING));
	doc_wrap(a->d, STYLE_PLAIN, buf_view(&a->line), 14, a->width);
	buf_clear(&a->line);
}

static int
tell_stretches(struct answering *a, struct state_at *f, struct stretch *best)
{
	const struct trace *t = a->q->t;
	struct hearings h[2] = { HEARINGS_INIT, HEARINGS_INIT };
	struct stretch s = { .from = 0 };
	uint64_t seq, end = trace_count(t);
	unsigned now = 0;
	int err = 0;

	for (seq = 1; seq <= end && err == 0; seq++) {
		if (!changes_hearing(t, seq) || is_amid(t, seq))
			continue;
		err = state_at_advance(f, t, seq);
		if (err == 0)
			err = hearings_read(
			    &h[!now], t, f, a->q->listener, ROWS_MOST);
		if (err != 0 || has_same_hearings(&h[0], &h[1]))
			continue;
		if (s.from != 0)
			weigh(t, &s, seq, best);
		now = !now;
		s = (struct stretch){ .from = seq,
			.weight = hearing_reason_weight_of(&h[now]) };
		put_stretch(a, &h[now], seq);
	}
	if (err == 0)
		err = state_at_advance(f, t, end);
	if (s.from != 0) {
		weigh(t, &s, end + 1, best);
		put_unended_call(a, f);
	} else {
		buf_puts(&a->line, _("No record shows what it hears."));
		hearing_reason_put_line(a, 0, STYLE_DIM, INDENT);
	}
	hearings_free(&h[0]);
	hearings_free(&h[1]);
	return err;
}

static int
explain_all(struct answering *a, struct state_at **f)
{
	struct stretch best = { .from = 0 };
	int err;

	/* TRANSLATORS: a node; a list of times follows */
	buf_printf(&a->line, _("What %.*s hears, and from when"),
	    STR_ARG(a->q->listener));
	hearing_reason_put_line(a, 0, STYLE_TITLE, 0);
	err = tell_stretches(a, *f, &best);
	state_at_destroy(*f);
	*f = NULL;
	if (err == 0 && best.from == 0)
		best.last = trace_count(a->q->t);
	if (err == 0)
		err = state_at_create(f);
	if (err != 0 || best.last == 0)
		return err;
	doc_line(a->d, 0);
	return explain_moment(
	    a, *f, best.last, trace_time_of(a->q->t, best.last));
}

int
hearing_explain(const struct hearing_question *q, struct doc *d)
{
	struct answering a = {
		.q = q, .width = q->width != 0 ? q->width : WIDTH_USUAL, .d = d
	};
	struct state_at *f = NULL;
	int err = state_at_create(&f);

	if (err == 0)
		err = q->at_ns < 0
			  ? explain_all(&a, &f)
			  : explain_moment(
				&a, f, trace_at_time(q->t, q->at_ns), q->at_ns);
	state_at_destroy(f);
	buf_end(&a.line, &d->err);
	return err != 0 ? err : d->err;
}
