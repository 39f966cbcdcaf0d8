/*
 * What becomes of a packet that comes to a translator (net/nat.h): it is none
 * of its business, is lost, or goes on as another datagram, with the addresses
 * of the other side, which tells the first what became of it.
 */
#include "net/nat_in.h"

#include "net/tcp_in.h"

/* A datagram at a translator. */
struct passing {
	struct net_nat *nat;
	struct net_packet *p;
	bool tcp;
	struct addr src, dst; /* that it has on the other side */
	uint64_t cause;       /* of its way there */
	struct buf changed;   /* its bytes there, where they are not the same */
};

/* L ends at the outer side of NAT. */
static bool
nat_way_is_outer(const struct net_nat *nat, const struct net_way *out)
{
	return out->face == nat->outer_face;
}

/* D is one of many that have no records, and the loss of one like it has
 * one. */
static bool
was_told(
    struct net_nat *nat, enum net_nat_refusal why, const struct net_dgram *d)
{
	struct net_nat_flow *t;

	if (!d->folded)
		return false;
	for (size_t i = 0; i < nat->ntold && i < NAT_TOLD; i++)
		if (nat->told[i].why == why &&
		    addr_eq(&nat->told[i].src, &d->src) &&
		    addr_eq(&nat->told[i].dst, &d->dst))
			return true;
	t = &nat->told[nat->ntold++ % NAT_TOLD];
	*t = (struct net_nat_flow){ why, d->src, d->dst };
	return false;
}

static void
lose(const struct passing *g, enum net_nat_refusal why,
    const struct net_nat_binding *b)
{
	static const enum trace_drop reasons[] = {
		[NET_NAT_UNBOUND] = TRACE_DROP_NO_BINDING,
		[NET_NAT_FILTERED] = TRACE_DROP_FILTERED,
		[NET_NAT_FULL] = TRACE_DROP_NAT_FULL,
		[NET_NAT_PRIVATE] = TRACE_DROP_PRIVATE,
		[NET_NAT_NO_HAIRPIN] = TRACE_DROP_NO_HAIRPIN,
	};
	const struct net_dgram *d = g->p->dgram;
	struct net_nat_lost lost = { why, g->tcp, d->send, &d->src, &d->dst,
		b };

	if (!was_told(g->nat, why, d))
		g->p->cause = g->nat->ops->lost(&lost, g->nat->arg);
	net_packet_lose(g->p, reasons[why], g->nat->host, NULL);
}

/* The state of B when D has passed (RFC 5382 5). */
static enum net_nat_state
next_state(struct net_nat_binding *b, const struct net_dgram *d, bool outward)
{
	unsigned flags = d->seg.flags;

	if (!b->tcp)
		return NET_NAT_OPEN;
	if (flags & TCP_RST)
		return NET_NAT_CLOSING;
	if (flags == TCP_SYN && b->state == NET_NAT_CLOSING) {
		b->fin_in = b->fin_out = false;
		return NET_NAT_OPENING;
	}
	if (flags & TCP_FIN)
		*(outward ? &b->fin_out : &b->fin_in) = true;
	if (b->fin_in && b->fin_out)
		return NET_NAT_CLOSING;
	if (b->state == NET_NAT_OPENING && !outward && flags != TCP_SYN)
		return NET_NAT_ESTABLISHED;
	return b->state;
}

/* What G carries goes through B. */
static void
nat_way_use(struct passing *g, struct net_nat_binding *b, bool outward)
{
	struct net_nat *nat = g->nat;
	const struct net_dgram *d = g->p->dgram;
	struct net_datagram got = { .src = d->src,
		.dst = d->dst,
		.bytes = { d->bytes, d->n },
		.send = d->send };
	uint64_t record;

	/* RFC 4787 REQ-6: outbound always, inbound perhaps. */
	net_nat_use(b, next_state(b, d, outward),
	    outward || g->tcp || nat->config.refresh_in);
	if (g->tcp || nat->ops->rewrite == NULL)
		return;
	if (g->changed.n > 0)
		got.bytes = buf_view(&g->changed);
	record = nat->ops->rewrite(b, outward, &got, &g->changed, nat->arg);
	if (record != 0)
		g->cause = record;
	if (g->changed.err != 0)
		net_fail(nat->host->net);
}

/* What D says of its message, and whose part it is: C, the same. */
static void
copy_datagram(struct net_dgram *c, struct net_dgram *d)
{
	c->send = d->send;
	c->off = d->off;
	c->conn = d->conn;
	c->flags = d->flags;
	c->folded = d->folded;
	c->seg = d->seg;
	c->changed = c->changed || d->changed;
	c->origin = d;
	d->refs++;
}

static void
nat_way_send_on(struct passing *g)
{
	struct net_host *h = g->nat->host;
	struct net_packet *p = g->p;
	struct net_dgram *d = p->dgram, *c;
	struct str bytes = { d->bytes, d->n };

	if (g->changed.n > 0)
		bytes = buf_view(&g->changed);
	c = net_dgram_new(h->net, d->proto, bytes);
	if (c != NULL) {
		c->changed = g->changed.n > 0;
		copy_datagram(c, d);
		c->from = h;
		c->to = net_by_addr(h->net, &g->dst);
		c->src = g->src;
		c->dst = g->dst;
		net_host_text(h->net, h, &c->src, c->src_text);
		net_host_text(h->net, c->to, &c->dst, c->dst_text);
		net_packet_launch(c, g->cause, 0);
		net_dgram_release(c);
	}
	net_packet_free(p);
}

/* The binding of who sends G from inside, which admits the other side from now
 * on; NULL: G is lost. */
static struct net_nat_binding *
bind_sender(struct passing *g)
{
	const struct net_dgram *d = g->p->dgram;
	struct net_nat_binding *b =
	    net_nat_bind(g->nat, g->tcp, &d->src, &d->dst);

	if (b == NULL) {
		lose(g, NET_NAT_FULL, NULL);
		return NULL;
	}
	net_nat_admit(b, &d->dst);
	g->src = b->outer;
	return b;
}

static void
nat_way_pass_out(struct passing *g)
{
	struct net_nat_binding *b = bind_sender(g);

	if (b == NULL)
		return;
	nat_way_use(g, b, true);
	nat_way_send_on(g);
}

/* G is for the outer address: for B, which may be NULL. */
static void
nat_way_pass_in(struct passing *g, struct net_nat_binding *b, bool hairpin)
{
	const struct net_dgram *d = g->p->dgram;
	struct net_nat_binding *sender = NULL;

	/* RFC 4787 REQ-9: with the sender's external address. */
	if (hairpin && !g->nat->config.hairpin) {
		lose(g, NET_NAT_NO_HAIRPIN, b);
		return;
	}
	g->src = d->src;
	if (hairpin && (sender = bind_sender(g)) == NULL)
		return;
	if (b == NULL || b->over) {
		lose(g, NET_NAT_UNBOUND, b);
		return;
	}
	if (!net_nat_admits(b, &g->src)) {
		lose(g, NET_NAT_FILTERED, b);
		return;
	}
	net_nat_let_in(b, &g->src);
	g->dst = b->inner;
	if (sender != NULL)
		nat_way_use(g, sender, true);
	nat_way_use(g, b, false);
	nat_way_send_on(g);
}

/* The treatment of a packet that comes on W, a way to the translator. */
enum task { TASK_NONE, TASK_OUT, TASK_IN, TASK_HAIRPIN, TASK_PRIVATE };

static enum task
nat_way_find_task(const struct net_nat *nat, const struct net_way *w,
    const struct net_dgram *d)
{
	bool inside = !nat_way_is_outer(nat, w->back);
	const struct net_way *out;

	if (d->src.len != nat->outer.len || d->dst.len != nat->outer.len)
		return TASK_NONE;
	if (addr_same_ip(&d->dst, &nat->outer))
		return inside ? TASK_HAIRPIN : TASK_IN;
	out = d->to != nat->host ? net_route(nat->host, d->to) : NULL;
	if (out == NULL || inside != nat_way_is_outer(nat, out))
		return TASK_NONE;
	return inside ? TASK_OUT : TASK_PRIVATE;
}

static void
nat_way_pass(struct passing *g, enum task task, struct net_nat_binding *b)
{
	if (task == TASK_PRIVATE)
		lose(g, NET_NAT_PRIVATE, NULL);
	else if (task == TASK_OUT)
		nat_way_pass_out(g);
	else
		nat_way_pass_in(g, b, task == TASK_HAIRPIN);
}

bool
net_nat_take(struct net_nat *nat, struct net_packet *p)
{
	const struct net_dgram *d = p->dgram;
	struct passing g = { .nat = nat,
		.p = p,
		.tcp = d->proto == &net_tcp,
		.dst = d->dst,
		.cause = p->cause,
		.changed = BUF_INIT };
	struct sim *sim = nat->host->net->sim;
	enum task task = nat_way_find_task(nat, p->way, d);
	struct net_nat_binding *b = NULL;
	uint64_t old;

	if (task == TASK_IN || task == TASK_HAIRPIN)
		b = net_nat_at(nat, g.tcp, d->dst.port);
	/* The packet is for the translator itself. */
	if (task == TASK_NONE ||
	    (b == NULL && net_host_listens(nat->host, g.tcp, &d->dst)))
		return false;
	if (!net_packet_gather(p, nat->host)) {
		net_packet_free(p);
		return true;
	}
	old = sim_set_cause(sim, p->cause);
	nat_way_pass(&g, task, b);
	buf_free(&g.changed);
	sim_set_cause(sim, old);
	return true;
}

const struct net_host *
net_nat_behind(const struct net_host *h, bool tcp, const struct addr *dst)
{
	struct addr at = *dst;

	while (
	    h != NULL && h->nat != NULL && addr_same_ip(&at, &h->nat->outer)) {
		const struct net_nat_binding *b =
		    net_nat_at(h->nat, tcp, at.port);

		if (b == NULL || b->over)
			break;
		at = b->inner;
		h = net_by_addr(h->net, &at);
	}
	return h;
}
