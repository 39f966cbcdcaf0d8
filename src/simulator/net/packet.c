/*
 * Packets: from the sender, over one link after the other, to the receiver;
 * cut into fragments where a link takes no more, and put together again.
 *
 * IPv4 (RFC 791 3.2) fragments at the sender and at every router; IPv6
 * (RFC 8200 4.5, 5) at the sender alone, which here knows the path's MTU
 * beforehand; a router that finds an IPv6 packet too large drops it.  Don't
 * Fragment is not set.
 */
#include "net/net_in.h"

#include "base/mem.h"
#include "base/prefetch.h"

#include <string.h>

#define PACKET_BYTES (sizeof(struct net_packet) + SIM_EVENT_BYTES)

/* A packet of D, which it counts on; NULL: net_fail. */
static struct net_packet *
packet_new(struct net_dgram *d)
{
	struct net *n = d->net;
	struct net_packet *p = n->free_packets;

	if (p != NULL) {
		n->free_packets = p->free;
	} else {
		p = mem_zalloc(1, sizeof(*p));
		if (p == NULL) {
			net_fail(n);
			return NULL;
		}
		p->all = n->packets;
		n->packets = p;
	}
	sim_take_memory(n->sim, PACKET_BYTES);
	p->dgram = d;
	d->refs++;
	p->way = NULL;
	p->event = 0;
	p->record = 0;
	p->lost = p->fragment = false;
	return p;
}

void
net_packet_free(struct net_packet *p)
{
	struct net_dgram *d = p->dgram;

	sim_give_back_memory(d->net->sim, PACKET_BYTES);
	p->dgram = NULL;
	p->free = d->net->free_packets;
	d->net->free_packets = p;
	net_dgram_release(d);
}

void
net_packet_destroy(struct net_packet *p)
{
	if (p->dgram != NULL) {
		sim_cancel(p->dgram->net->sim, p->event);
		sim_give_back_memory(p->dgram->net->sim, PACKET_BYTES);
	}
	mem_free(p);
}

struct net_packet *
net_packet_twin(const struct net_packet *p)
{
	struct net_packet *twin = packet_new(p->dgram);

	if (twin == NULL)
		return NULL;
	twin->way = p->way;
	twin->downs = p->downs;
	twin->cause = p->cause;
	twin->off = p->off;
	twin->len = p->len;
	twin->fragment = p->fragment;
	return twin;
}

void
net_packet_lose(struct net_packet *p, enum trace_drop reason,
    const struct net_host *host, const struct net_way *way)
{
	struct net_loss loss = { reason, host, way, p->record, p->cause };

	p->dgram->proto->lost(p->dgram, &loss);
	net_packet_free(p);
}

/* P leaves H for W in as many pieces as MTU asks. */
static void
fragment(struct net_packet *p, const struct net_host *h, struct net_way *w,
    uint32_t mtu, int64_t extra_ns)
{
	bool v4 = p->dgram->src.len == 4;
	uint32_t header = v4 ? NET_IPV4_HEADER : NET_IPV6_HEADER;
	uint32_t extension = v4 ? 0 : NET_IPV6_FRAGMENT;
	uint32_t step;

	if (header + (p->fragment ? extension : 0) + p->len <= mtu) {
		net_way_pass(w, p, extra_ns);
		return;
	}
	if (!v4 && h != p->dgram->from) {
		/* RFC 8200 5: routers do not fragment */
		net_packet_lose(p, TRACE_DROP_TOO_BIG, h, w);
		return;
	}
	/* RFC 791 3.2: all pieces but the last are multiples of 8 bytes */
	step = (mtu - header - extension) & ~UINT32_C(7);
	p->fragment = true;
	while (p->len > step) {
		struct net_packet *piece = net_packet_twin(p);

		if (piece == NULL)
			break;
		piece->len = step;
		p->off += step;
		p->len -= step;
		net_way_pass(w, piece, extra_ns);
	}
	net_way_pass(w, p, extra_ns);
}

/* Whom a translator has it for may have left. */
static struct net_way *
find_datagram_way(const struct net_dgram *d, struct net_host *h)
{
	return d->to != NULL ? net_route(h, d->to) : NULL;
}

/* P leaves H for the next host, by W; NULL: no path is there. */
static void
packet_forward(struct net_packet *p, struct net_host *h, struct net_way *w,
    int64_t extra_ns)
{
	struct net_dgram *d = p->dgram;
	uint32_t mtu;

	p->record = 0; /* of the link behind: what happens next is not there */
	if (w == NULL) {
		net_packet_lose(p,
		    d->to != NULL ? TRACE_DROP_NO_PATH : TRACE_DROP_NO_HOST, h,
		    NULL);
		return;
	}
	mtu = w->link->params.mtu;
	/* RFC 8200 5, RFC 8201: the source sends what the path can carry */
	if (d->src.len != 4 && h == d->from)
		mtu = net_path_mtu(h, &d->dst);
	fragment(p, h, w, mtu, extra_ns);
}

static bool
packet_add_piece(struct net_dgram *d, const struct net_packet *p, size_t units)
{
	int64_t now = sim_now(d->net->sim);

	if (d->pieces == NULL) {
		d->pieces = mem_zalloc((units + 63) / 64, sizeof(*d->pieces));
		if (d->pieces == NULL) {
			net_fail(d->net);
			return false;
		}
	}
	if (d->npieces > 0 && now - d->pieces_ns > NET_REASSEMBLY_NS) {
		memset(d->pieces, 0, (units + 63) / 64 * sizeof(*d->pieces));
		d->npieces = 0;
	}
	if (d->npieces == 0)
		d->pieces_ns = now;
	for (size_t i = p->off / 8; i < (p->off + p->len + 7) / 8; i++) {
		uint64_t bit = UINT64_C(1) << i % 64;

		if (d->pieces[i / 64] & bit)
			continue;
		d->pieces[i / 64] |= bit;
		d->npieces++;
	}
	return true;
}

/* Then the next copy may begin. */
bool
net_packet_gather(const struct net_packet *p, const struct net_host *h)
{
	struct net_dgram *d = p->dgram;
	size_t units = (d->n + d->proto->header + 7) / 8;

	if (!p->fragment)
		return true;
	d->pieces_at = h;
	if (!packet_add_piece(d, p, units) || d->npieces < units)
		return false;
	memset(d->pieces, 0, (units + 63) / 64 * sizeof(*d->pieces));
	d->npieces = 0;
	return true;
}

/* P reaches the other end of its way, or the host it never left. */
static void
packet_arrive(void *arg)
{
	struct net_packet *p = arg;
	struct net_dgram *d = p->dgram;
	const struct net_way *w = p->way;
	struct net_host *h = w != NULL ? w->to : d->to;

	p->event = 0;
	if (w != NULL && w->link->downs != p->downs) {
		net_packet_lose(p, TRACE_DROP_LINK_DOWN, NULL, w);
	} else if (p->lost) {
		net_packet_lose(p, TRACE_DROP_LOSS, NULL, w);
	} else if (!h->up) {
		net_packet_lose(p, TRACE_DROP_HOST_DOWN, h, NULL);
	} else if (h->nat != NULL && w != NULL && net_nat_take(h->nat, p)) {
		/* it goes on with other addresses, or is lost */
	} else if (h != d->to) {
		packet_forward(p, h, find_datagram_way(d, h), 0);
	} else if (!net_host_has_addr(h, &d->dst)) {
		/* it has moved while P was under way */
		net_packet_lose(p, TRACE_DROP_NO_HOST, h, NULL);
	} else {
		if (net_packet_gather(p, h))
			d->proto->deliver(p);
		else
			net_packet_free(p);
	}
}

/* The same of one of many, for which what it needs is fetched beforehand. */
static void
arrive_folded(void *p)
{
	packet_arrive(p);
}

/* Where the packet goes on from its way's end: the last link to its host. */
static void
prefetch_last_link(const struct net_host *to, unsigned step)
{
	if (to->nways != 1)
		return;
	if (step == 3)
		prefetch(to->ways, sizeof(to->ways[0]));
	else if (step == 4)
		prefetch(to->ways[0], sizeof(*to->ways[0]));
	else if (step == 5)
		prefetch(to->ways[0]->link, sizeof(struct net_link));
}

/* The socket that it is for, and, from step 5 on, what that one's owner needs.
 */
static void
prefetch_receiver(const struct net_dgram *d, unsigned step)
{
	const struct net_sock *s;

	if (step == 3) {
		prefetch(d->to->socks, 1);
		prefetch(d->to->addrs, 1);
		return;
	}
	s = net_udp_find(d->to, &d->dst);
	if (step == 4)
		prefetch(s, offsetof(struct net_sock, path));
	else if (s != NULL && s->prefetch != NULL)
		s->prefetch(s->arg, step - 5);
}

static void
prefetch_arrival(const void *arg, unsigned step)
{
	const struct net_packet *p = arg;
	const struct net_dgram *d = p->dgram;

	if (step == 0) {
		prefetch(p, sizeof(*p));
	} else if (step == 1) {
		prefetch(d, offsetof(struct net_dgram, seg));
		prefetch(p->way, sizeof(*p->way));
	} else if (step == 2) {
		prefetch(d->to, sizeof(*d->to));
		prefetch(d->bytes, 1);
	} else if (d->to != NULL && p->way != NULL && p->way->to != d->to) {
		prefetch_last_link(d->to, step);
	} else if (d->to != NULL && d->proto == &net_udp) {
		prefetch_receiver(d, step);
	}
}

void
net_packet_schedule(struct net_packet *p, int64_t t_ns)
{
	struct sim *sim = p->dgram->net->sim;
	uint64_t old = sim_set_cause(sim, p->cause);
	const char *who = p->way != NULL ? p->way->name : p->dgram->to->name;

	p->event = sim_at(sim, t_ns, who,
	    p->dgram->folded ? arrive_folded : packet_arrive, p);
	sim_set_cause(sim, old);
}

void
net_packet_begin(struct net *n)
{
	sim_prefetch(n->sim, arrive_folded, prefetch_arrival);
}

void
net_packet_launch(struct net_dgram *d, uint64_t cause, int64_t extra_ns)
{
	struct net_packet *p = packet_new(d);
	int64_t now = sim_now(d->net->sim);

	if (p == NULL)
		return;
	p->off = 0;
	p->len = (uint32_t)d->n + d->proto->header;
	p->cause = cause;
	if (!net_is_direct(d->from, d->to)) {
		packet_forward(p, d->from,
		    d->way != NULL ? d->way : find_datagram_way(d, d->from),
		    extra_ns);
		return;
	}
	if (d->from != d->to)
		net_packet_write_direct(p);
	net_packet_schedule(
	    p, extra_ns < INT64_MAX - now ? now + extra_ns : INT64_MAX);
}
