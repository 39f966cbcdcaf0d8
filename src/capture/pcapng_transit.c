/*
 * What is on its way where no record tells of packets: a message, or what TCP
 * says beside, crosses one link after the other, and is written in the order of
 * time when the clock of the walk comes to it.
 */
#include "capture/pcapng_transit.h"

#include "base/err.h"
#include "base/heap.h"
#include "base/mem.h"

/* As many links as a packet can cross: its TTL is a byte. */
#define HOPS_MOST 255
/* Where no link says how long it takes. */
#define PASSAGE_NS 1000000
/* RFC 9293 3.7.1: what is left of the MTU. */
#define MSS_IPV4 (FRAME_MTU - 40)
#define MSS_IPV6 (FRAME_MTU - 60)

/* What is due when; a heap, equal times in the order in which they came. */
struct due {
	struct heap_key key;
	uint32_t transit;
};

struct drawing {
	struct rows transits; /* struct transit */
	struct rows free;     /* uint32_t: those that are over */
	struct rows heap;     /* struct due */
	uint64_t orders;
};

int
pcapng_drawing_create(struct pcapng *p)
{
	p->drawing = mem_zalloc(1, sizeof(*p->drawing));
	return p->drawing != NULL ? 0 : ERR_NOMEM;
}

void
pcapng_drawing_destroy(struct pcapng *p)
{
	if (p->drawing == NULL)
		return;
	mem_free(p->drawing->transits.p);
	mem_free(p->drawing->free.p);
	mem_free(p->drawing->heap.p);
	mem_free(p->drawing);
	p->drawing = NULL;
}

static void
await(struct pcapng *p, int64_t t, uint32_t transit)
{
	struct drawing *g = p->drawing;
	struct due due = { { t, ++g->orders }, transit };

	if (rows_add(&g->heap, sizeof(due)) == NULL)
		pcapng_fail(p, ERR_NOMEM);
	else
		heap_put(g->heap.p, g->heap.n - 1, &due, sizeof(due));
}

/* ---- the way ---- */

int64_t
transit_later(int64_t t, int64_t by)
{
	return by < INT64_MAX - t ? t + by : INT64_MAX;
}

/* How much of X's way a link is. */
static uint64_t
weight(struct pcapng *p, const struct transit *x, uint32_t link)
{
	return x->even ? 1 : (uint64_t)pcapng_link(p, link)->delay;
}

static uint32_t
next_link(struct pcapng *p, const struct transit *x)
{
	return x->via != 0 ? x->via : pcapng_next(p, x->at, x->to);
}

/* Whether X is stopped behind the link from AT to FAR. */
static bool
stops(struct pcapng *p, const struct transit_stop *s, uint32_t at, uint32_t far)
{
	struct str *names = p->names.p;

	if (s == NULL)
		return false;
	if (s->at_node && far == s->node)
		return true;
	return s->at_link && str_eq(s->a, names[at]) &&
	       str_eq(s->b, names[far]);
}

/* How far X gets: its hops and the whole of their parts. */
static void
measure(struct pcapng *p, struct transit *x, const struct transit_stop *s)
{
	struct transit walk = *x;

	x->hops = 0;
	x->all = 0;
	if (s != NULL && s->at_node && s->node == x->at && x->at != x->to)
		return;
	while (x->hops < HOPS_MOST) {
		uint32_t link = next_link(p, &walk), far;

		if (link == 0)
			break;
		far = x->via != 0 ? x->to : pcapng_far(p, link, walk.at);
		x->hops++;
		x->all += weight(p, &walk, link);
		if (far == x->to || stops(p, s, walk.at, far))
			break;
		walk.at = far;
	}
	/* nothing takes time: all links are alike */
	x->even = x->all == 0;
	if (x->even)
		x->all = x->hops;
}

void
transit_find_way(struct pcapng *p, struct transit *x, bool arrived,
    const struct transit_stop *stop)
{
	struct str *names = p->names.p;

	x->hops = 0;
	if (x->at == PCAPNG_NOBODY || x->to == PCAPNG_NOBODY)
		return;
	if (x->at == x->to || (arrived && pcapng_next(p, x->at, x->to) == 0)) {
		x->via = pcapng_link_between(p, names[x->at], names[x->to]);
		if (x->via == 0)
			return;
	}
	measure(p, x, stop);
}

int64_t
transit_passage(struct pcapng *p, uint32_t from, uint32_t to)
{
	struct transit x = { .at = from, .to = to };

	if (from == PCAPNG_NOBODY || to == PCAPNG_NOBODY || from == to)
		return 0;
	measure(p, &x, NULL);
	if (x.hops == 0)
		return PASSAGE_NS;
	if (x.even)
		return 0;
	return x.all < INT64_MAX ? (int64_t)x.all : INT64_MAX;
}

/* When it comes to its next link: T0 + (T1 - T0) * GONE / ALL. */
static int64_t
next_time(const struct transit *x)
{
	uint64_t span = x->t1 > x->t0 ? (uint64_t)(x->t1 - x->t0) : 0;
	uint64_t gone = x->gone, all = x->all;

	/* so that products fit; ways of more than 4 s lose some ns */
	while (all > UINT32_MAX) {
		all /= 2;
		gone /= 2;
	}
	if (gone > all)
		gone = all;
	if (all == 0)
		return x->t0;
	return x->t0 + (int64_t)(span / all * gone + span % all * gone / all);
}

/* How many bytes one datagram or segment of it has at most. */
static uint64_t
piece_size(struct pcapng *p, const struct transit *x)
{
	const struct pcapng_message *m;

	if (x->conn == 0 || x->message == 0)
		return FRAME_UDP_MOST;
	m = pcapng_message(p, x->message);
	return m->src.len == 4 ? MSS_IPV4 : MSS_IPV6;
}

/* Into how many packets of IP's upper layer it goes at most. */
static uint64_t
pieces(struct pcapng *p, const struct transit *x)
{
	uint64_t most = piece_size(p, x);

	return x->bytes == 0 ? 1 : (x->bytes + most - 1) / most;
}

void
transit_launch(struct pcapng *p, struct transit *x)
{
	struct drawing *g = p->drawing;
	struct transit *place;
	uint32_t n;

	if (x->hops == 0 || p->err != 0)
		return;
	x->ttl = FRAME_TTL;
	x->first_id = p->next_id + 1;
	p->next_id += (uint32_t)pieces(p, x);
	if (g->free.n > 0) {
		n = *ROW(g->free, uint32_t, --g->free.n);
		place = ROW(g->transits, struct transit, n);
	} else {
		place = rows_add(&g->transits, sizeof(*place));
		n = (uint32_t)g->transits.n - 1;
	}
	if (place == NULL) {
		pcapng_fail(p, ERR_NOMEM);
		return;
	}
	*place = *x;
	await(p, x->t0, n);
}

/* The addresses, and where the bytes are. */
static struct str
content(struct pcapng *p, const struct transit *x, struct frame_content *c)
{
	const struct pcapng_conn *conn;

	*c = (struct frame_content){
		.tcp = x->conn != 0, .ack = x->ack, .flags = x->flags
	};
	if (c->tcp) {
		conn = pcapng_conn(p, x->conn);
		c->src = conn->ends[x->back].addr;
		c->dst = conn->ends[!x->back].addr;
	} else {
		c->src = pcapng_message(p, x->message)->src;
		c->dst = pcapng_message(p, x->message)->dst;
	}
	frame_unite(&c->src, &c->dst);
	if (x->message == 0)
		return STR_NULL;
	return str_slice(pcapng_bytes(p, pcapng_message(p, x->message)), 0,
	    (size_t)x->bytes);
}

/* X on LINK, at whose far end is FAR. */
static void
cross(struct pcapng *p, const struct transit *x, int64_t t_ns, uint32_t link,
    uint32_t far)
{
	struct frame_content c;
	struct str bytes = content(p, x, &c);
	struct pcapng_emission e = { .t_ns = t_ns,
		.link = link,
		.conn = x->conn,
		.back = pcapng_link(p, link)->na != x->at,
		.id = x->id,
		.tells = x->tells,
		.remark = x->remark,
		.lost = x->hops == 1 ? x->lost : 0 };
	uint64_t at = 0, most = piece_size(p, x);

	e.place = (struct frame_place){
		.from = x->at, .to = far, .id = x->first_id, .ttl = x->ttl
	};
	do {
		c.bytes = str_slice(bytes, at, at + most);
		c.seq = x->seq + (uint32_t)at;
		pcapng_emit_whole(p, &c, &e);
		e.place.id++;
		e.remark = NULL;
		at += most;
	} while (at < bytes.n && p->err == 0);
}

/* The transit that is due crosses its link. */
static void
advance(struct pcapng *p, const struct due *due)
{
	struct drawing *g = p->drawing;
	struct transit x = *ROW(g->transits, struct transit, due->transit);
	uint32_t link = next_link(p, &x), far, *place;

	if (link == 0)
		return;
	far = x.via != 0 ? x.to : pcapng_far(p, link, x.at);
	cross(p, &x, due->key.t, link, far);
	x.at = far;
	x.gone += weight(p, &x, link);
	if (x.ttl > 1)
		x.ttl--;
	if (--x.hops > 0) {
		*ROW(g->transits, struct transit, due->transit) = x;
		await(p, next_time(&x), due->transit);
		return;
	}
	place = rows_add(&g->free, sizeof(*place));
	if (place == NULL)
		pcapng_fail(p, ERR_NOMEM);
	else
		*place = due->transit;
}

void
pcapng_draw_until(struct pcapng *p, int64_t t_ns)
{
	struct drawing *g = p->drawing;

	while (p->err == 0 && g->heap.n > 0 &&
	       ROW(g->heap, struct due, 0)->key.t <= t_ns) {
		struct due due = *ROW(g->heap, struct due, 0);

		heap_drop(g->heap.p, --g->heap.n, sizeof(due));
		advance(p, &due);
	}
}
