/*
 * A NAT for tests, on the network of tcp_world.h alone: a and b are inside, s
 * and t outside, x translates, and counts what it is told.
 */
#ifndef NAT_WORLD_H
#define NAT_WORLD_H

#include "net/nat.h"
#include "tcp_world.h"

struct translated {
	struct tcp_world t;
	struct net_nat *nat;
	struct addr outer;
	unsigned told[NET_NAT_FORGOTTEN + 1], lost[NET_NAT_NO_HAIRPIN + 1];
	struct net_nat_binding *last;
	const char *rewritten; /* what datagrams become, or NULL */
};

__attribute__((unused)) static void
translated_on_told(struct net_nat_binding *b, enum net_nat_told what, void *arg)
{
	struct translated *x = arg;

	x->told[what]++;
	x->last = b;
	b->record = 7;
}

__attribute__((unused)) static uint64_t
translated_on_lost(const struct net_nat_lost *l, void *arg)
{
	struct translated *x = arg;

	x->lost[l->why]++;
	return l->binding != NULL ? l->binding->record : 0;
}

__attribute__((unused)) static void
translated_on_freed(struct net_nat_binding *b, void *arg)
{
	(void)b;
	(void)arg;
}

__attribute__((unused)) static uint64_t
translated_on_rewrite(const struct net_nat_binding *b, bool outward,
    const struct net_datagram *d, struct buf *out, void *arg)
{
	struct translated *x = arg;

	(void)b;
	(void)outward;
	(void)d;
	if (x->rewritten == NULL)
		return 0;
	buf_clear(out);
	buf_puts(out, x->rewritten);
	return 1;
}

static const struct net_nat_ops translated_ops = { .told = translated_on_told,
	.lost = translated_on_lost,
	.rewrite = translated_on_rewrite,
	.freed = translated_on_freed };

static const struct net_nat_config nat_usual = { .mapping = NET_NAT_ENDPOINT,
	.filtering = NET_NAT_ADDRESS_PORT,
	.ports = NET_NAT_PRESERVE,
	.hairpin = true,
	.udp_ns = 300 * SIM_S,
	.tcp_ns = 7440 * SIM_S,
	.opening_ns = 240 * SIM_S,
	.most = 100 };

enum { A, B, X, NET, S, T };

__attribute__((unused)) static void
nat_make(struct translated *x, const struct net_nat_config *config)
{
	struct world *w = &x->t.w;

	memset(x, 0, sizeof(*x));
	x->outer = (struct addr){ .len = 4, .ip = { 203, 0, 113, 7 } };
	tcp_make(&x->t, "a b x net* s t", "a-x b-x x-net net-s net-t");
	net_udp_close(w->socks[X]);
	net_tcp_unlisten(x->t.listeners[X]);
	CU_ASSERT_EQUAL(net_host_add_addr(w->hosts[X], &x->outer), 0);
	CU_ASSERT_EQUAL(net_link_set_face(net_find_link(w->net, "x", "net"),
			    w->hosts[X], &x->outer),
	    0);
	CU_ASSERT_EQUAL_FATAL(net_nat_create(&x->nat, w->hosts[X], &x->outer,
				  config, &translated_ops, x),
	    0);
}

__attribute__((unused)) static void
nat_end(struct translated *x)
{
	net_nat_destroy(x->nat);
	tcp_close(&x->t);
}

/* A socket of HOST at PORT. */
__attribute__((unused)) static struct net_sock *
nat_open_port(struct translated *x, size_t host, uint16_t port)
{
	struct world *w = &x->t.w;
	struct net_sock *s = NULL;

	if (port == 5060)
		return w->socks[host];
	CU_ASSERT_EQUAL_FATAL(
	    net_udp_open(w->hosts[host], port, world_recv, w, &s), 0);
	return s;
}

/* From S to port PORT of host TO, or of the outer address where TO is X: the
 * port whence it came, 0: it was lost. */
__attribute__((unused)) static uint16_t
nat_pass(struct translated *x, struct net_sock *s, size_t to, uint16_t port)
{
	struct world *w = &x->t.w;
	struct addr dst = to == X ? x->outer : world_addr(w, to);
	unsigned before = w->received;

	dst.port = port;
	net_udp_send(s, &dst, STR("hello"), NULL, RULE_NONE);
	world_run(w, INT64_MAX);
	return w->received > before ? w->got.src.port : 0;
}

/* Runs on for NS, with nothing to do. */
__attribute__((unused)) static void
nat_wait(struct translated *x, int64_t ns)
{
	tcp_pass(&x->t, ns);
}

__attribute__((unused)) static const char *
nat_drop_reason(struct translated *x)
{
	static const char *const words[] = { "no-binding", "filtered",
		"nat-full", "private", "no-hairpin", "no-host", "fragment",
		"loss" };
	struct str line = world_last_drop(&x->t.w);

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (world_is(line, "reason", words[i]))
			return words[i];
	return "";
}

#endif
