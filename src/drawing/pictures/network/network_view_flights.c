/*
 * The network's parts as they are at a position, the messages under way
 * there, and how far each has come.
 */
#include <stdio.h>

#include "base/i18n.h"
#include "pictures/network/network_view_in.h"
#include "role/role.h"
#include "text/utf8.h"
#include "words/record_text.h"
#include "words/time_words.h"

/* ---- the network's parts ---- */

struct str
network_node_name(const struct network_state *s, uint32_t node)
{
	const struct trace_head *head = trace_head(s->v->t);

	return node < head->nnodes ? head->nodes[node].name : STR_NULL;
}

bool
network_is_router(const struct network_state *s, uint32_t node)
{
	const struct trace_head *head = trace_head(s->v->t);

	if (s->hub && node == s->nnodes)
		return true;
	return node < head->nnodes && head->nodes[node].role.n == 0;
}

bool
network_forwards(const struct network_state *s, uint32_t node)
{
	const struct trace_head *head = trace_head(s->v->t);

	return network_is_router(s, node) ||
	       (node < head->nnodes &&
		   role_plays(head->nodes[node].role, "nat"));
}

/* The node of that name, by its place in the head; NETWORK_NONE. */
static uint32_t
network_find_node(const struct network_state *s, struct str name)
{
	uint32_t number = trace_find_name(s->v->t, name);

	return number < trace_head(s->v->t)->nnodes ? number : NETWORK_NONE;
}

/* The first link between nodes A and B. */
static uint32_t
find_between(const struct network_state *s, uint32_t a, uint32_t b)
{
	for (uint32_t i = 0; i < s->nlinks; i++)
		if ((s->links[i].a == a && s->links[i].b == b) ||
		    (s->links[i].a == b && s->links[i].b == a))
			return i;
	return NETWORK_NONE;
}

/* The link of "a--b" or "a>b"; NETWORK_NONE where there is none. */
static uint32_t
network_link_find(const struct network_state *s, struct str name)
{
	uint32_t a, b;

	return trace_find_ends(s->v->t, name, &a, &b) ? find_between(s, a, b)
						      : NETWORK_NONE;
}

static void
flight_read_links(struct network_state *s)
{
	const struct trace_head *head = trace_head(s->v->t);

	for (size_t i = 0; i < head->nlinks; i++) {
		const struct trace_link *l = &head->links[i];
		uint32_t a = network_find_node(s, l->a),
			 b = network_find_node(s, l->b);

		if (a == NETWORK_NONE || b == NETWORK_NONE || a == b)
			continue;
		if (s->nlinks == NETWORK_LINKS) {
			s->too_large = true;
			return;
		}
		s->links[s->nlinks++] = (struct network_link){
			.a = a, .b = b, .delay = l->delay, .loss = l->loss
		};
	}
	/* Nothing is said about links: all hang on one network. */
	if (s->nlinks > 0 || s->too_large)
		return;
	s->hub = true;
	for (uint32_t i = 0; i < s->nnodes; i++)
		s->links[s->nlinks++] =
		    (struct network_link){ .a = i, .b = s->nnodes };
}

bool
network_link_is_usual(const struct network_link *l)
{
	return !l->down && !l->delayed && l->lost == 0 && l->loss.n == 0;
}

void
network_link_words(
    const struct network_link *l, unsigned which, struct buf *out)
{
	if (l->down)
		buf_puts(out, _("cut"));
	else if ((which & LINK_DELAY) != 0 && l->delay > 0)
		time_put_length(out, l->delay);
	if ((which & LINK_LOSS) != 0 && !l->down && l->loss.n > 0) {
		buf_puts(out, out->n > 0 ? ", " : "");
		/* TRANSLATORS: "loss 20%", of a link */
		buf_printf(out, _("loss %.*s"), STR_ARG(utf8_clip(l->loss, 8)));
	}
	if ((which & LINK_LOST) != 0 && l->lost > 0) {
		buf_puts(out, out->n > 0 ? ", " : "");
		/* TRANSLATORS: messages on a link */
		buf_printf(out, _("%llu lost"), (unsigned long long)l->lost);
	}
}

/* ---- what has become of them ---- */

static void
flight_read_link(struct network_state *s, const struct state_at_link *now)
{
	uint32_t i = find_between(s, now->a, now->b);
	struct network_link *l;

	if (i == NETWORK_NONE)
		return;
	l = &s->links[i];
	l->down = now->down;
	l->lost = now->lost;
	l->delayed = now->delay_set;
	if (now->delay_set)
		l->delay = now->delay;
	if (now->loss_set)
		l->loss = now->loss;
}

/* The head says what there is, the state what has become of it. */
void
network_state_read(struct network_state *s, const struct network_view *v)
{
	const struct trace_head *head = trace_head(v->t);
	const struct state_at_crash *crash;
	const struct state_at_link *link;
	size_t at = 0;

	*s = (struct network_state){ .v = v };
	s->too_large = head->nnodes > NETWORK_NODES;
	s->nnodes = s->too_large ? NETWORK_NODES : (uint32_t)head->nnodes;
	flight_read_links(s);
	while ((link = state_at_next_link(v->f, STR_NULL, &at)) != NULL)
		flight_read_link(s, link);
	at = 0;
	while ((crash = state_at_next_crash(v->f, STR_NULL, &at)) != NULL) {
		uint32_t node = network_find_node(s, crash->node);

		if (node < s->nnodes)
			s->crashed[node] = true;
	}
}

/* ---- the messages under way ---- */

#define WINDOW NETWORK_VIEW_RECORDS
/* A message of which the trace never says what became of it is believed to be
 * under way for so long. */
#define SILENT_NS INT64_C(2000000000)
/* Of its last link, one that is to be lost has come so far at the most. */
#define NEARLY 0.9

struct search {
	struct network_state *s;
	uint64_t seq; /* the position */
	uint8_t ended[WINDOW / 8];
	uint16_t packets[WINDOW]; /* how far back the last packet is; 0: none */
};

/* How far a record that something is `of` lies back; WINDOW: too far. */
static size_t
back_of(const struct search *x, int64_t of)
{
	if (of <= 0 || (uint64_t)of > x->seq || x->seq - (uint64_t)of >= WINDOW)
		return WINDOW;
	return (size_t)(x->seq - (uint64_t)of);
}

/* ---- what a message is called ---- */

/* "180 Ringing" of its first line. */
static struct str
flight_status_of(struct str text)
{
	struct str rest, line = str_cut(text, '\n', &rest);

	line = str_trim(line);
	return str_starts(line, "SIP/2.0 ") ? str_slice(line, 8, line.n)
					    : STR_NULL;
}

static void
name_flight(struct network_flight *f, const struct trace_rec *send,
    const struct trace_send *what)
{
	LOCAL_BUF bytes = BUF_INIT, safe = BUF_INIT;
	struct str name = what->method.n > 0  ? what->method
			  : what->proto.n > 0 ? what->proto
					      : STR("?");

	f->style =
	    record_arrow_style(trace_arrow_of(what->proto, what->status));
	if (what->status != 0)
		name = flight_status_of(trace_bytes(send, &bytes));
	utf8_add_safe(&safe, utf8_clip(name, 24));
	if (safe.n == 0)
		buf_u64(&safe, what->status);
	if (what->retx != 0) {
		struct str first = buf_view(&safe);
		LOCAL_BUF again = BUF_INIT;

		/* TRANSLATORS: "INVITE again", a retransmission */
		buf_printf(&again, _("%.*s again"), STR_ARG(first));
		buf_clear(&safe);
		buf_str(&safe, buf_view(&again));
	}
	/* None of its characters is cut up. */
	if (safe.n < sizeof(f->text))
		snprintf(f->text, sizeof(f->text), "%s", buf_cstr(&safe));
	else
		snprintf(f->text, sizeof(f->text), "%u…", what->status);
}

static struct network_flight *
add_flight(struct network_state *s, const struct trace_rec *send)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct network_flight *f = NULL;
	struct trace_send what;

	if (s->nflights == NETWORK_VIEW_MESSAGES) {
		s->more++;
	} else if (trace_get_send(send, &what, &scratch) == 0) {
		f = &s->flights[s->nflights++];
		*f = (struct network_flight){ .seq = send->seq,
			.src = network_find_node(s, what.src),
			.dst = network_find_node(s, what.dst),
			.t = send->t,
			.end = -1,
			.link = NETWORK_NONE };
		name_flight(f, send, &what);
	}
	return f;
}

/* ---- which ---- */

/* The record at the position ends a message: it is drawn at its end. */
static void
add_ended(struct search *x, const struct trace_rec *rec)
{
	struct network_flight *f;
	struct trace_rec send;

	if (x->s->v->t_ns != rec->t || !record_message(x->s->v->t, rec, &send))
		return;
	f = add_flight(x->s, &send);
	if (f == NULL)
		return;
	f->stage = rec->kind == TRACE_RECV ? FLIGHT_ARRIVED : FLIGHT_LOST;
	f->end = rec->t;
	f->current = true;
}

static void
flight_look_at(struct search *x, uint64_t seq, enum trace_kind kind)
{
	struct network_flight *f;
	struct trace_rec rec;
	size_t back = (size_t)(x->seq - seq), of;

	if (kind == TRACE_SEND && (x->ended[back / 8] >> back % 8 & 1) != 0)
		return;
	trace_get(x->s->v->t, seq, &rec);
	if (kind == TRACE_SEND) {
		f = add_flight(x->s, &rec);
		if (f == NULL)
			return;
		f->current = seq == x->seq;
		f->packet =
		    x->packets[back] != 0 ? x->seq + 1 - x->packets[back] : 0;
		return;
	}
	of = back_of(x, trace_int(&rec, "of", 0));
	if (of < WINDOW && kind == TRACE_PACKET && x->packets[of] == 0)
		x->packets[of] = (uint16_t)(back + 1);
	else if (of < WINDOW && kind != TRACE_PACKET)
		x->ended[of / 8] |= (uint8_t)(1u << of % 8);
	if (back == 0 && kind != TRACE_PACKET)
		add_ended(x, &rec);
}

/* When those found will end. */
static void
flight_look_ahead(struct search *x)
{
	const struct trace *t = x->s->v->t;
	uint64_t count = trace_count(t), last = x->seq + WINDOW;
	size_t open = 0;
	struct trace_rec rec;

	for (size_t i = 0; i < x->s->nflights; i++)
		open += x->s->flights[i].end < 0;
	for (uint64_t seq = x->seq + 1; open > 0 && seq <= count && seq <= last;
	     seq++) {
		enum trace_kind kind = trace_kind_of(t, seq);
		uint64_t of;

		if (kind != TRACE_RECV && kind != TRACE_DROP)
			continue;
		trace_get(t, seq, &rec);
		of = (uint64_t)trace_int(&rec, "of", 0);
		for (size_t i = 0; i < x->s->nflights; i++) {
			struct network_flight *f = &x->s->flights[i];

			if (f->seq != of || f->end >= 0)
				continue;
			f->end = rec.t;
			f->will_be_lost = kind == TRACE_DROP;
			open--;
		}
	}
}

/* Messages of which no further record exists. */
static void
forget_silent(struct network_state *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->nflights; i++) {
		const struct network_flight *f = &s->flights[i];

		if (f->end < 0 && s->v->t_ns - f->t > SILENT_NS)
			continue;
		s->flights[n++] = *f;
	}
	s->nflights = n;
}

/*
 * A walk back over the records finds sends whose end has not been passed on the
 * way; a walk ahead finds when they end. Both are bounded
 * (pictures/network/network_view.h).
 */
void
network_flights_find(struct network_state *s)
{
	struct search x = { .s = s, .seq = s->v->seq };

	if (x.seq == 0 || x.seq > trace_count(s->v->t))
		return;
	for (uint64_t seq = x.seq; seq > 0 && x.seq - seq < WINDOW; seq--) {
		enum trace_kind kind = trace_kind_of(s->v->t, seq);

		if (kind == TRACE_SEND || kind == TRACE_RECV ||
		    kind == TRACE_DROP || kind == TRACE_PACKET)
			flight_look_at(&x, seq, kind);
	}
	flight_look_ahead(&x);
	forget_silent(s);
}

/* ---- where ---- */

struct path {
	uint32_t links[NETWORK_NODES + 1];
	bool back[NETWORK_NODES + 1]; /* from b to a */
	size_t n;
};

/* The node at the other end of link I of NODE, or NONE. */
static uint32_t
other_end(const struct network_link *l, uint32_t node)
{
	return l->a == node ? l->b : l->b == node ? l->a : NETWORK_NONE;
}

/* Hops from each node to DST over links that are up (or all): only routers
 * pass packets on. */
static void
flight_measure(
    const struct network_state *s, uint32_t dst, bool only_up, uint8_t *hops)
{
	uint32_t queue[NETWORK_NODES + 1], first = 0, last = 0;

	memset(hops, UINT8_MAX, NETWORK_NODES + 1);
	hops[dst] = 0;
	queue[last++] = dst;
	while (first < last) {
		uint32_t at = queue[first++];

		if (at != dst &&
		    (!network_forwards(s, at) || (only_up && s->crashed[at])))
			continue;
		for (size_t i = 0; i < s->nlinks; i++) {
			uint32_t to = other_end(&s->links[i], at);

			if (to > NETWORK_NODES || hops[to] != UINT8_MAX ||
			    (only_up && s->links[i].down))
				continue;
			hops[to] = (uint8_t)(hops[at] + 1);
			queue[last++] = to;
		}
	}
}

/* The way the network takes: the shortest in hops, of equal ones that over the
 * link declared first; where all are cut, the way as drawn. */
static bool
flight_find_path(
    const struct network_state *s, uint32_t src, uint32_t dst, struct path *p)
{
	uint8_t hops[NETWORK_NODES + 1];
	uint32_t at = src;
	bool only_up = true;

	p->n = 0;
	if (src > NETWORK_NODES || dst > NETWORK_NODES || src == dst)
		return false;
	flight_measure(s, dst, true, hops);
	if (hops[src] == UINT8_MAX) {
		only_up = false;
		flight_measure(s, dst, false, hops);
	}
	while (hops[src] != UINT8_MAX && at != dst && p->n <= NETWORK_NODES) {
		uint32_t next = NETWORK_NONE, i;

		for (i = 0; i < s->nlinks; i++) {
			next = other_end(&s->links[i], at);
			if (next <= NETWORK_NODES &&
			    hops[next] == hops[at] - 1 &&
			    !(only_up && s->links[i].down))
				break;
		}
		if (i == s->nlinks)
			return false;
		p->links[p->n] = i;
		p->back[p->n++] = s->links[i].b == at;
		at = next;
	}
	return at == dst && p->n > 0;
}

/* Puts F where so much of its whole way is behind it. */
static void
put_along(const struct network_state *s, struct network_flight *f,
    const struct path *p, double part)
{
	double total = 0, done;
	bool known = true;
	size_t i = 0;

	for (size_t k = 0; k < p->n; k++) {
		total += (double)s->links[p->links[k]].delay;
		known &= s->links[p->links[k]].delay > 0;
	}
	/* Delays that are not known are equal. */
	if (!known)
		total = (double)p->n;
	done = part * total;
	for (; i < p->n; i++) {
		double length = known ? (double)s->links[p->links[i]].delay : 1;

		f->part = length > 0 ? done / length : 1;
		if (f->part < 1 || i + 1 == p->n)
			break;
		done -= length;
	}
	f->part = f->part < 0 ? 0 : f->part > 1 ? 1 : f->part;
	f->link = p->links[i];
	f->back = p->back[i];
}

/* How much of its way, by time. */
static double
flight_part_of(const struct network_state *s, const struct network_flight *f,
    const struct path *p)
{
	double gone = (double)(s->v->t_ns - f->t), total = 0;

	if (f->stage == FLIGHT_ARRIVED)
		return 1;
	if (f->end > f->t && !f->will_be_lost)
		return gone / (double)(f->end - f->t);
	for (size_t k = 0; k < p->n; k++)
		total += (double)s->links[p->links[k]].delay;
	if (total <= 0 && f->end > f->t)
		total = (double)(f->end - f->t);
	if (total <= 0)
		return 0;
	return gone / total < NEARLY ? gone / total : NEARLY;
}

/* On the link that its last packet has gone onto. */
static bool
put_by_packet(const struct network_state *s, struct network_flight *f)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;
	struct str name, rest;
	uint32_t link;

	if (f->packet == 0 || f->stage != FLIGHT_FLYING)
		return false;
	trace_get(s->v->t, f->packet, &rec);
	name = trace_str(&rec, "link", &scratch);
	link = network_link_find(s, name);
	if (link != NETWORK_NONE) {
		int64_t delay = s->links[link].delay;

		f->link = link;
		f->back = !str_eq(str_cut(name, '>', &rest),
		    network_node_name(s, s->links[link].a));
		f->part = delay > 0
			      ? (double)(s->v->t_ns - rec.t) / (double)delay
			      : 0;
		f->part = f->part < 1 ? f->part : 1;
	}
	return link != NETWORK_NONE;
}

/* Where it was lost: at the middle of the link that the record names, else
 * at the end of its way. */
static void
flight_put_lost(const struct network_state *s, struct network_flight *f,
    const struct path *p)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;
	uint32_t link;

	trace_get(s->v->t, s->v->seq, &rec);
	link = network_link_find(s, trace_str(&rec, "link", &scratch));
	put_along(s, f, p, 1);
	for (size_t i = 0; i < p->n; i++)
		if (p->links[i] == link) {
			f->link = link;
			f->back = p->back[i];
			f->part = 0.5;
		}
}

/*
 * If the trace has packets, they say on which link a message is; else it goes
 * the shortest way in hops, as the network does, and its time is shared among
 * the links by their delays.
 */
void
network_flights_place(struct network_state *s)
{
	struct path p;

	if (s->too_large)
		return;
	for (size_t i = 0; i < s->nflights; i++) {
		struct network_flight *f = &s->flights[i];

		if (put_by_packet(s, f) ||
		    !flight_find_path(s, f->src, f->dst, &p))
			continue;
		if (f->stage == FLIGHT_LOST)
			flight_put_lost(s, f, &p);
		else
			put_along(s, f, &p, flight_part_of(s, f, &p));
	}
}

/* ---- when it is where ---- */

/* All its time shared among its links by their delays, as put_along has it. */
static size_t
share_time(const struct network_state *s, const struct network_flight *f,
    const struct path *p, struct network_leg *legs)
{
	bool lost = f->will_be_lost || f->end < 0, known = true;
	double total = 0, done = 0, length;

	for (size_t k = 0; k < p->n; k++) {
		total += (double)s->links[p->links[k]].delay;
		known &= s->links[p->links[k]].delay > 0;
	}
	length = lost && total > 0 ? total
		 : f->end > f->t   ? (double)(f->end - f->t)
				   : 0;
	total = known ? total : (double)p->n;
	for (size_t k = 0; k < p->n; k++) {
		double part = known
				  ? (double)s->links[p->links[k]].delay / total
				  : 1 / total;
		bool last = k + 1 == p->n;

		legs[k] = (struct network_leg){ .link = p->links[k],
			.back = p->back[k],
			.from = f->t + (int64_t)(done * length + 0.5),
			.to = f->t + (int64_t)((done + part) * length + 0.5),
			.most = last && lost ? NEARLY : 1 };
		done += part;
	}
	return p->n;
}

size_t
network_flight_legs(const struct network_state *s,
    const struct network_flight *f, struct network_leg *legs)
{
	int64_t delay, now = s->v->t_ns;
	struct path p;

	if (f->link == NETWORK_NONE)
		return 0;
	if (f->stage == FLIGHT_FLYING && f->packet == 0 &&
	    flight_find_path(s, f->src, f->dst, &p))
		return share_time(s, f, &p, legs);
	/* It stands, or its last packet says when it came onto the link. */
	legs[0] = (struct network_leg){ .link = f->link,
		.back = f->back,
		.from = now,
		.to = now,
		.most = f->part };
	delay = s->links[f->link].delay;
	if (f->stage == FLIGHT_FLYING && delay > 0) {
		legs[0].from = trace_time_of(s->v->t, f->packet);
		legs[0].to = legs[0].from + delay;
		legs[0].most = 1;
	}
	return 1;
}
