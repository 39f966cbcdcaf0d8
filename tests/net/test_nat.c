/* Translation of addresses (net/nat.h): each mapping with each filter, over UDP
 * and TCP, whose way it is, which ports, hairpins. */
#include "nat_world.h"

/* ---- mapping and filtering ---- */

/* RFC 4787 4.1: to s:5060, s:5061, t:5060 by one, two or three outer ports. */
static void
mapping_udp(struct translated *x, enum net_nat_rule rule)
{
	uint16_t first, same, port, host;

	net_udp_close(nat_open_port(x, S, 7000)); /* ports are free again */
	nat_open_port(x, S, 5061);
	first = nat_pass(x, x->t.w.socks[A], S, 5060);
	same = nat_pass(x, x->t.w.socks[A], S, 5060);
	port = nat_pass(x, x->t.w.socks[A], S, 5061);
	host = nat_pass(x, x->t.w.socks[A], T, 5060);
	CU_ASSERT_EQUAL(first, 5060);
	CU_ASSERT_EQUAL(same, first);
	CU_ASSERT_EQUAL(port == first, rule < NET_NAT_ADDRESS_PORT);
	CU_ASSERT_EQUAL(host == first, rule < NET_NAT_ADDRESS);
	CU_ASSERT_EQUAL(net_nat_count(x->nat), 1 + (size_t)rule);
	CU_ASSERT_EQUAL(x->told[NET_NAT_MADE], 1 + (unsigned)rule);
}

/* RFC 4787 5: a has sent to s:5060 from 5070 alone. */
static void
filtering_udp(struct translated *x, enum net_nat_rule rule)
{
	struct net_sock *in = nat_open_port(x, A, 5070),
			*other = nat_open_port(x, S, 5062);
	uint16_t outer = nat_pass(x, in, S, 5060);

	CU_ASSERT_NOT_EQUAL_FATAL(outer, 0);
	CU_ASSERT_EQUAL(nat_pass(x, x->t.w.socks[S], X, outer), 5060);
	CU_ASSERT_EQUAL(
	    nat_pass(x, other, X, outer) != 0, rule < NET_NAT_ADDRESS_PORT);
	CU_ASSERT_EQUAL(nat_pass(x, x->t.w.socks[T], X, outer) != 0,
	    rule < NET_NAT_ADDRESS);
	CU_ASSERT_EQUAL(x->lost[NET_NAT_FILTERED], (unsigned)rule);
	/* What answers that goes the same way. */
	if (rule < NET_NAT_ADDRESS)
		CU_ASSERT_EQUAL(nat_pass(x, in, T, 5060), outer);
	if (rule > NET_NAT_ENDPOINT)
		CU_ASSERT_STRING_EQUAL(nat_drop_reason(x), "filtered");
	/* Nobody has that port. */
	CU_ASSERT_EQUAL(nat_pass(x, other, X, 6999), 0);
	CU_ASSERT_STRING_EQUAL(nat_drop_reason(x), "no-binding");
}

static struct side *
dial(struct translated *x, size_t from, uint16_t port, struct addr to)
{
	struct side *s = side_new(&x->t);
	struct addr local = world_addr(&x->t.w, from);

	local.port = port;
	CU_ASSERT_EQUAL_FATAL(net_tcp_connect_as(x->t.w.hosts[from], &local,
				  &to, &side_ops, s, &s->c),
	    0);
	return s;
}

/* The same over TCP (RFC 5382 4.1, 4.3): a connects from its port 6000, where
 * it listens, too. */
static uint16_t
dial_from_a(struct translated *x, struct addr to)
{
	struct side *s = dial(x, A, 6000, to);

	tcp_run(&x->t);
	CU_ASSERT_STRING_EQUAL(s->log, "C");
	CU_ASSERT_STRING_EQUAL(s[1].log, "A");
	side_send(s, STR("hello"));
	side_send(s + 1, STR("and back"));
	tcp_run(&x->t);
	CU_ASSERT(str_is(buf_view(&s[1].in), "hello"));
	CU_ASSERT(str_is(buf_view(&s->in), "and back"));
	return net_tcp_remote(s[1].c).port;
}

static void
mapping_tcp(struct translated *x, enum net_nat_rule rule)
{
	struct addr s = world_addr(&x->t.w, S), port = s,
		    t = world_addr(&x->t.w, T);
	struct net_listener *l;
	uint16_t first;

	port.port = 5061;
	CU_ASSERT_EQUAL(
	    net_tcp_listen(x->t.w.hosts[S], 5061, side_accept, &x->t, &l), 0);
	first = dial_from_a(x, s);
	CU_ASSERT_EQUAL(first, 6000);
	CU_ASSERT_EQUAL(
	    dial_from_a(x, port) == first, rule < NET_NAT_ADDRESS_PORT);
	CU_ASSERT_EQUAL(dial_from_a(x, t) == first, rule < NET_NAT_ADDRESS);
}

static bool
knock(struct translated *x, size_t from, uint16_t port)
{
	struct addr outer = x->outer;
	struct side *s;

	outer.port = port;
	s = dial(x, from, 7001, outer);
	tcp_run(&x->t);
	return s->log[0] == 'C';
}

static void
filtering_tcp(struct translated *x, enum net_nat_rule rule)
{
	struct net_listener *l;
	uint16_t outer;

	CU_ASSERT_EQUAL(
	    net_tcp_listen(x->t.w.hosts[A], 6000, side_accept, &x->t, &l), 0);
	outer = dial_from_a(x, world_addr(&x->t.w, S));
	CU_ASSERT_EQUAL(knock(x, S, outer), rule < NET_NAT_ADDRESS_PORT);
	CU_ASSERT_EQUAL(knock(x, T, outer), rule < NET_NAT_ADDRESS);
}

static void
behaviours(void)
{
	for (int m = NET_NAT_ENDPOINT; m <= NET_NAT_ADDRESS_PORT; m++)
		for (int f = NET_NAT_ENDPOINT; f <= NET_NAT_ADDRESS_PORT; f++) {
			struct net_nat_config config = nat_usual;
			struct translated x;

			config.mapping = (enum net_nat_rule)m;
			config.filtering = (enum net_nat_rule)f;
			nat_make(&x, &config);
			mapping_udp(&x, config.mapping);
			nat_end(&x);
			nat_make(&x, &config);
			filtering_udp(&x, config.filtering);
			nat_end(&x);
			nat_make(&x, &config);
			mapping_tcp(&x, config.mapping);
			nat_end(&x);
			nat_make(&x, &config);
			filtering_tcp(&x, config.filtering);
			nat_end(&x);
		}
}

/* ---- ways ---- */

static void
inside_and_private(void)
{
	struct translated x;
	struct world *w = &x.t.w;

	nat_make(&x, &nat_usual);
	/* Inside is inside: no translation. */
	CU_ASSERT_EQUAL(nat_pass(&x, w->socks[A], B, 5060), 5060);
	CU_ASSERT(addr_same_ip(
	    &w->got.src, &(struct addr){ .len = 4, .ip = { 192, 0, 2, 1 } }));
	CU_ASSERT_EQUAL(net_nat_count(x.nat), 0);
	/* From outside nobody reaches an inner address. */
	CU_ASSERT_EQUAL(nat_pass(&x, w->socks[S], A, 5060), 0);
	CU_ASSERT_STRING_EQUAL(nat_drop_reason(&x), "private");
	/* What comes back has the addresses that it was sent for. */
	CU_ASSERT_EQUAL(nat_pass(&x, w->socks[A], S, 5060), 5060);
	CU_ASSERT(addr_same_ip(&w->got.src, &x.outer));
	CU_ASSERT_EQUAL(nat_pass(&x, w->socks[S], X, 5060), 5060);
	CU_ASSERT(addr_same_ip(
	    &w->got.dst, &(struct addr){ .len = 4, .ip = { 192, 0, 2, 1 } }));
	CU_ASSERT(addr_same_ip(
	    &w->got.src, &(struct addr){ .len = 4, .ip = { 192, 0, 2, 5 } }));
	/* Packets say what they have on each link. */
	CU_ASSERT(world_count(w, KIND("packet"),
		      "\"src_addr\":\"203.0.113.7:5060\"") == 2);
	/* A service of its own: what nobody behind it asked for is its own. */
	nat_open_port(&x, X, 53);
	CU_ASSERT_NOT_EQUAL(nat_pass(&x, w->socks[S], X, 53), 0);
	nat_end(&x);
}

static void
hairpin(void)
{
	struct net_nat_config config = nat_usual;
	struct translated x;

	config.filtering = NET_NAT_ENDPOINT;
	nat_make(&x, &config);
	nat_pass(&x, x.t.w.socks[A], S, 5060);
	nat_pass(&x, x.t.w.socks[B], S, 5060);
	/* b's port: 5060 was a's. */
	CU_ASSERT_EQUAL(x.last->outer.port & 1, 0);
	/* RFC 4787 REQ-9: b sees a's outer address. */
	CU_ASSERT_EQUAL(
	    nat_pass(&x, x.t.w.socks[A], X, x.last->outer.port), 5060);
	CU_ASSERT(addr_same_ip(&x.t.w.got.src, &x.outer));
	nat_end(&x);
	config.hairpin = false;
	nat_make(&x, &config);
	nat_pass(&x, x.t.w.socks[B], S, 5060);
	CU_ASSERT_EQUAL(nat_pass(&x, x.t.w.socks[A], X, 5060), 0);
	CU_ASSERT_STRING_EQUAL(nat_drop_reason(&x), "no-hairpin");
	nat_end(&x);
	/* The filter asks for the outer address of who sends. */
	nat_make(&x, &nat_usual);
	nat_pass(&x, x.t.w.socks[B], S, 5060);
	CU_ASSERT_EQUAL(nat_pass(&x, x.t.w.socks[A], X, 5060), 0);
	CU_ASSERT_STRING_EQUAL(nat_drop_reason(&x), "filtered");
	nat_end(&x);
}

/* ---- ports ---- */

/* The outer port that a's PORT gets. */
static uint16_t
outer_of(struct translated *x, size_t host, uint16_t port)
{
	return nat_pass(x, nat_open_port(x, host, port), S, 5060);
}

static void
ports(void)
{
	struct net_nat_config config = nat_usual;
	struct translated x;
	uint16_t one, two;

	nat_make(&x, &config);
	CU_ASSERT_EQUAL(outer_of(&x, A, 5060), 5060);
	one = outer_of(&x, B, 5060); /* taken */
	CU_ASSERT(one != 0 && one != 5060 && (one & 1) == 0);
	CU_ASSERT_EQUAL(outer_of(&x, A, 5071), 5071);
	two = outer_of(&x, B, 5071);
	CU_ASSERT(two != 0 && (two & 1) == 1);
	/* REQ-3 a: a low port stays low. */
	CU_ASSERT_EQUAL(outer_of(&x, A, 123), 123);
	two = outer_of(&x, B, 123);
	CU_ASSERT(two > 0 && two < 1024);
	nat_end(&x);
	config.ports = NET_NAT_PARITY;
	nat_make(&x, &config);
	one = outer_of(&x, A, 5060);
	two = outer_of(&x, A, 5061);
	CU_ASSERT(one != 5060 && (one & 1) == 0 && (two & 1) == 1);
	nat_end(&x);
	config.ports = NET_NAT_SEQUENTIAL;
	nat_make(&x, &config);
	one = outer_of(&x, A, 5061);
	CU_ASSERT_EQUAL(outer_of(&x, A, 5063), one + 1);
	nat_end(&x);
	config.ports = NET_NAT_RANDOM;
	nat_make(&x, &config);
	one = outer_of(&x, A, 5060);
	two = outer_of(&x, A, 5062);
	CU_ASSERT(one >= 1024 && two >= 1024 && two != one + 1);
	nat_end(&x);
}

/* The table is full; and, of the low ports, all are taken. */
static void
full(void)
{
	struct net_nat_config config = nat_usual;
	struct translated x;
	uint16_t got = 1;
	unsigned n = 0;

	config.most = 2;
	nat_make(&x, &config);
	CU_ASSERT_NOT_EQUAL(outer_of(&x, A, 5060), 0);
	CU_ASSERT_NOT_EQUAL(outer_of(&x, A, 5061), 0);
	CU_ASSERT_EQUAL(outer_of(&x, A, 5062), 0);
	CU_ASSERT_STRING_EQUAL(nat_drop_reason(&x), "nat-full");
	/* Those there are go on. */
	CU_ASSERT_EQUAL(nat_pass(&x, x.t.w.socks[A], S, 5060), 5060);
	nat_end(&x);
	config.most = 100000;
	config.mapping = NET_NAT_ADDRESS_PORT;
	config.ports = NET_NAT_SEQUENTIAL;
	nat_make(&x, &config);
	/* 1,023 of them. */
	for (uint16_t port = 6000; got != 0 && n <= 1023; port++, n++) {
		struct net_sock *s = nat_open_port(&x, A, 80);
		struct addr dst = world_addr(&x.t.w, S);

		dst.port = port;
		net_udp_send(s, &dst, STR("x"), NULL, RULE_NONE);
		net_udp_close(s);
		world_run(&x.t.w, INT64_MAX);
		got = x.lost[NET_NAT_FULL] == 0;
	}
	CU_ASSERT_EQUAL(n, 1024);
	CU_ASSERT_EQUAL(net_nat_count(x.nat), 1023);
	nat_end(&x);
}

/* Who has a binding and is there no more gets nothing. */
static void
left(void)
{
	struct translated x;
	struct addr from, to;
	uint16_t outer;

	nat_make(&x, &nat_usual);
	from = to = world_addr(&x.t.w, A);
	to.ip[3] ^= 99;
	outer = nat_pass(&x, x.t.w.socks[A], S, 5060);
	CU_ASSERT_EQUAL_FATAL(
	    net_host_change_addr(x.t.w.hosts[A], &from, &to), 0);
	CU_ASSERT_EQUAL(nat_pass(&x, x.t.w.socks[S], X, outer), 0);
	CU_ASSERT_STRING_EQUAL(nat_drop_reason(&x), "no-host");
	nat_end(&x);
}

CHECK_MAIN("nat", { "who has left", left },
    { "mapping and filtering", behaviours },
    { "inside, and private addresses", inside_and_private },
    { "hairpin", hairpin }, { "ports", ports }, { "full", full })
