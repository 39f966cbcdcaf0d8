/*
 * Links: two nodes, and for each direction a sender that serialises packets at
 * the link's rate, a queue before it, and a wire with delay, jitter, loss and
 * duplication.
 *
 * A packet's fate is drawn when it comes to the link, three values out of three
 * streams ("a>b/loss", "a>b/duplicate", "a>b/jitter") whatever the parameters
 * are and whether or not the link is up.  A packet lost on the wire has taken
 * its turn at the sender and is missed at the other end: its `drop` stands at
 * the time at which it would have arrived.  A link that goes down loses the
 * packets on it and in its queue in the same way.
 *
 * The parameters that hold for a packet are those of the moment it came.
 */
#include "net/net_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"

#include <assert.h>
#include <stdio.h>

const struct net_link_params net_link_defaults = {
	.delay_ns = 5 * SIM_MS,
	.queue = 100,
	.mtu = 1500,
};

/* The sum, or the end of time. */
static int64_t
later(int64_t t, int64_t by)
{
	return by < INT64_MAX - t ? t + by : INT64_MAX;
}

static int
way_init(struct net_way *w, struct net_link *l, struct net_host *from,
    struct net_host *to)
{
	uint64_t seed = sim_seed(l->net->sim);
	struct buf b = BUF_INIT;

	w->link = l;
	w->from = from;
	w->to = to;
	buf_puts(&b, from->name);
	buf_putc(&b, '>');
	buf_puts(&b, to->name);
	w->name = buf_take(&b);
	if (w->name == NULL)
		return ERR_NOMEM;
	rng_init(&w->loss, seed, w->name, "loss");
	rng_init(&w->duplicate, seed, w->name, "duplicate");
	rng_init(&w->jitter, seed, w->name, "jitter");
	return 0;
}

void
net_link_destroy(struct net_link *l)
{
	for (int i = 0; i < 2; i++) {
		mem_free(l->ways[i].name);
		mem_free(l->ways[i].waiting);
	}
	mem_free(l);
}

static struct net_way *
find_way_between(const struct net_host *a, const struct net_host *b)
{
	bool swap = a->nways > b->nways;
	const struct net_host *few = swap ? b : a, *other = swap ? a : b;

	for (size_t i = 0; i < few->nways; i++)
		if (few->ways[i]->to == other)
			return few->ways[i];
	return NULL;
}

int
net_add_link(struct net *n, struct net_host *a, struct net_host *b,
    const struct net_link_params *params, struct net_link **lp)
{
	struct net_link *l;

	*lp = NULL;
	if (a == b || find_way_between(a, b) != NULL)
		return ERR_EXISTS;
	if (ARRAY_RESIZE(&n->links, n->nlinks + 1) != 0 ||
	    ARRAY_RESIZE(&a->ways, a->nways + 1) != 0 ||
	    ARRAY_RESIZE(&b->ways, b->nways + 1) != 0)
		return ERR_NOMEM;
	l = mem_zalloc(1, sizeof(*l));
	if (l == NULL)
		return ERR_NOMEM;
	l->net = n;
	l->index = n->nlinks;
	l->up = true;
	net_link_set_params(l, params);
	l->ways[0].back = &l->ways[1];
	l->ways[1].back = &l->ways[0];
	if (way_init(&l->ways[0], l, a, b) != 0 ||
	    way_init(&l->ways[1], l, b, a) != 0) {
		net_link_destroy(l);
		return ERR_NOMEM;
	}
	a->ways[a->nways++] = &l->ways[0];
	b->ways[b->nways++] = &l->ways[1];
	n->links[n->nlinks++] = l;
	net_change_routes(n);
	*lp = l;
	return 0;
}

int
net_link_set_face(
    struct net_link *l, const struct net_host *h, const struct addr *a)
{
	struct net_way *w = &l->ways[l->ways[0].from == h ? 0 : 1];

	for (size_t i = 0; w->from == h && i < h->naddrs; i++) {
		if (addr_same_ip(&h->addrs[i], a)) {
			w->face = i + 1;
			return 0;
		}
	}
	return ERR_NOTFOUND;
}

struct net_link *
net_find_link(const struct net *n, const char *a, const char *b)
{
	const struct net_host *ha = net_find_host(n, a);
	const struct net_host *hb = net_find_host(n, b);
	const struct net_way *w;

	if (ha == NULL || hb == NULL)
		return NULL;
	w = find_way_between(ha, hb);
	return w != NULL ? w->link : NULL;
}

const struct net_link_params *
net_link_params(const struct net_link *l)
{
	return &l->params;
}

void
net_link_set_params(struct net_link *l, const struct net_link_params *params)
{
	struct net_link_params *p = &l->params;

	*p = *params;
	if (p->delay_ns < 0)
		p->delay_ns = 0;
	if (p->jitter_ns < 0)
		p->jitter_ns = 0;
	if (p->mtu < NET_MTU_MIN)
		p->mtu = NET_MTU_MIN;
}

void
net_link_set_up(struct net_link *l, bool up)
{
	if (l->up == up)
		return;
	l->up = up;
	net_change_routes(l->net);
	if (up)
		return;
	l->downs++;
	for (int i = 0; i < 2; i++) {
		l->ways[i].free_ns = 0;
		l->ways[i].nwaiting = 0;
	}
}

/* What P takes on the wire, with its IP header. */
static uint32_t
ip_bytes(const struct net_packet *p)
{
	if (p->dgram->src.len == 4)
		return NET_IPV4_HEADER + p->len;
	return NET_IPV6_HEADER + (p->fragment ? NET_IPV6_FRAGMENT : 0) + p->len;
}

/* Forgets those whose turn has come. */
static void
clear_waiting(struct net_way *w, int64_t now)
{
	while (w->nwaiting > 0 && w->waiting[w->first] <= now) {
		w->first = w->first + 1 < w->cap ? w->first + 1 : 0;
		w->nwaiting--;
	}
}

static bool
grow_waiting(struct net_way *w)
{
	uint32_t cap = w->cap == 0 ? 16 : w->cap * 2;
	int64_t *ring = mem_zalloc(cap, sizeof(*ring));

	if (ring == NULL || cap < w->cap) {
		mem_free(ring);
		net_fail(w->link->net);
		return false;
	}
	for (uint32_t i = 0; i < w->nwaiting; i++)
		ring[i] = w->waiting[(w->first + i) % w->cap];
	mem_free(w->waiting);
	w->waiting = ring;
	w->cap = cap;
	w->first = 0;
	return true;
}

/*
 * P takes its place in the queue: false where that is full, else *DONE is when
 * its last bit has left.
 */
static bool
enqueue_packet(
    struct net_way *w, const struct net_packet *p, int64_t now, int64_t *done)
{
	const struct net_link_params *q = &w->link->params;
	int64_t start = w->free_ns > now ? w->free_ns : now;
	uint64_t ns;

	if (start > now && q->queue != 0) {
		clear_waiting(w, now);
		if (w->nwaiting >= q->queue)
			return false;
		if (w->nwaiting == w->cap && !grow_waiting(w))
			return false;
		w->waiting[(w->first + w->nwaiting++) % w->cap] = start;
	}
	*done = start;
	if (q->rate_bps == 0)
		return true;
	ns = (ip_bytes(p) * UINT64_C(8000000000) + q->rate_bps - 1) /
	     q->rate_bps;
	*done = w->free_ns = later(start, (int64_t)ns);
	return true;
}

/* Its words: those of the protocol, then those of the packet. */
static void
link_put_flags(struct trace_writer *t, const struct net_packet *p, bool twin)
{
	const char *of_protocol = p->dgram->flags;
	char words[64];
	int n = 0;

	if (of_protocol == NULL && !p->fragment && !twin)
		return;
	n = snprintf(words, sizeof(words), "%s%s%s",
	    of_protocol != NULL ? of_protocol : "", p->fragment ? " frag" : "",
	    twin ? " dup" : "");
	assert(n > 0 && (size_t)n < sizeof(words));
	trace_put_cstr(t, "flags", words + (words[0] == ' '));
}

/* What P says of its ends, where they differ from link to link. */
static void
link_put_addresses(struct trace_writer *t, const struct net_dgram *d)
{
	char text[ADDR_TEXT];

	net_addr_text(d->net, &d->src, text);
	trace_put_cstr(t, "src_addr", text);
	net_addr_text(d->net, &d->dst, text);
	trace_put_cstr(t, "dst_addr", text);
}

/* The `packet` record; its cause is P's, which it becomes itself. */
static void
write_packet(const char *way, struct net_packet *p, bool twin)
{
	const struct net_dgram *d = p->dgram;
	struct sim *sim = d->net->sim;
	struct trace_writer *t = sim_trace(sim);
	uint32_t header = d->proto->header;

	p->record = 0;
	if (!trace_wants(t, TRACE_PACKET))
		return;
	trace_open(t, TRACE_PACKET, sim_now(sim), NULL, p->cause, RULE_NONE);
	trace_put_cstr(t, "link", way);
	/* of the message: the protocol's header travels in the first piece */
	if (d->send != 0) {
		uint64_t before = p->off == 0 ? 0 : p->off - header;

		trace_put_int(t, "of", (int64_t)d->send);
		trace_put_int(t, "off", (int64_t)(d->off + before));
	}
	trace_put_int(t, "len", p->off == 0 ? p->len - header : p->len);
	link_put_flags(t, p, twin);
	if (d->conn != 0)
		trace_put_int(t, "conn", (int64_t)d->conn);
	if (d->net->nnats > 0)
		link_put_addresses(t, d);
	p->cause = p->record = trace_close(t);
}

void
net_way_pass(struct net_way *w, struct net_packet *p, int64_t extra_ns)
{
	const struct net_link_params *q = &w->link->params;
	bool lost = rng_unit(&w->loss) < q->loss;
	bool twice = rng_unit(&w->duplicate) < q->duplicate;
	int64_t jitter =
	    (int64_t)rng_below(&w->jitter, (uint64_t)q->jitter_ns + 1);
	int64_t done, arrives;
	struct net_packet *twin;

	if (!w->link->up) {
		net_packet_lose(p, TRACE_DROP_LINK_DOWN, w->from, w);
		return;
	}
	if (!enqueue_packet(w, p, sim_now(w->link->net->sim), &done)) {
		net_packet_lose(p, TRACE_DROP_QUEUE, w->from, w);
		return;
	}
	p->way = w;
	p->downs = w->link->downs;
	p->lost = lost;
	write_packet(w->name, p, false);
	arrives = later(later(later(done, q->delay_ns), jitter), extra_ns);
	twin = twice && !lost ? net_packet_twin(p) : NULL;
	net_packet_schedule(p, arrives);
	if (twin != NULL) {
		write_packet(w->name, twin, true);
		net_packet_schedule(twin, arrives);
	}
}

void
net_packet_write_direct(struct net_packet *p)
{
	const struct net_dgram *d = p->dgram;
	LOCAL_BUF way = BUF_INIT;

	if (!trace_wants(sim_trace(d->net->sim), TRACE_PACKET))
		return;
	buf_printf(&way, "%s>%s", d->from->name, d->to->name);
	if (way.err != 0)
		net_fail(d->net);
	write_packet(buf_cstr(&way), p, false);
}

int64_t
net_host_reach(const struct net_host *h)
{
	int64_t least = INT64_MAX;

	for (size_t i = 0; i < h->nways; i++)
		if (h->ways[i]->link->params.delay_ns < least)
			least = h->ways[i]->link->params.delay_ns;
	return least;
}
