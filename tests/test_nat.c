/* Translation of addresses (net/nat.h) on a network alone: each mapping with
 * each filter, over UDP and TCP, ports, hairpins, what runs out, fragments. */
#include "net/nat.h"
#include "tcp_world.h"

/* a, b inside; s, t outside; x translates. */
struct translated {
	struct tcp_world t;
	struct net_nat *nat;
	struct addr outer;
	unsigned told[NET_NAT_FORGOTTEN + 1], lost[NET_NAT_NO_HAIRPIN + 1];
	struct net_nat_binding *last;
	const char *rewritten; /* what datagrams become, or NULL */
};

static void
on_told(struct net_nat_binding *b, enum net_nat_told what, void *arg)
{
	struct translated *x = arg;

	x->told[what]++;
	x->last = b;
	b->record = 7;
}

static uint64_t
on_lost(const struct net_nat_lost *l, void *arg)
{
	struct translated *x = arg;

	x->lost[l->why]++;
	return l->binding != NULL ? l->binding->record : 0;
}

static void
on_freed(struct net_nat_binding *b, void *arg)
{
	(void)b;
	(void)arg;
}

static uint64_t
on_rewrite(const struct net_nat_binding *b, bool outward,
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

static const struct net_nat_ops ops = { .told = on_told,
	.lost = on_lost,
	.rewrite = on_rewrite,
	.freed = on_freed };

static const struct net_nat_config usual = { .mapping = NET_NAT_ENDPOINT,
	.filtering = NET_NAT_ADDRESS_PORT,
	.ports = NET_NAT_PRESERVE,
	.hairpin = true,
	.udp_ns = 300 * SIM_S,
	.tcp_ns = 7440 * SIM_S,
	.opening_ns = 240 * SIM_S,
	.most = 100 };

enum { A, B, X, NET, S, T };

static void
make(struct translated *x, const struct net_nat_config *config)
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
	CU_ASSERT_EQUAL_FATAL(
	    net_nat_create(&x->nat, w->hosts[X], &x->outer, config, &ops, x),
	    0);
}

static void
end(struct translated *x)
{
	net_nat_destroy(x->nat);
	tcp_close(&x->t);
}

/* A socket of HOST at PORT. */
static struct net_sock *
open_port(struct translated *x, size_t host, uint16_t port)
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
static uint16_t
pass(struct translated *x, struct net_sock *s, size_t to, uint16_t port)
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
static void
wait_for(struct translated *x, int64_t ns)
{
	tcp_pass(&x->t, ns);
}

static const char *
drop_reason(struct translated *x)
{
	static const char *const words[] = { "no-binding", "filtered",
		"nat-full", "private", "no-hairpin", "fragment", "loss" };
	struct str line = world_last_drop(&x->t.w);

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (world_is(line, "reason", words[i]))
			return words[i];
	return "";
}

/* ---- mapping and filtering ---- */

/* RFC 4787 4.1: to s:5060, s:5061, t:5060 by one, two or three outer ports. */
static void
mapping_udp(struct translated *x, enum net_nat_rule rule)
{
	uint16_t first, same, port, host;

	net_udp_close(open_port(x, S, 7000)); /* ports are free again */
	open_port(x, S, 5061);
	first = pass(x, x->t.w.socks[A], S, 5060);
	same = pass(x, x->t.w.socks[A], S, 5060);
	port = pass(x, x->t.w.socks[A], S, 5061);
	host = pass(x, x->t.w.socks[A], T, 5060);
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
	struct net_sock *in = open_port(x, A, 5070),
			*other = open_port(x, S, 5062);
	uint16_t outer = pass(x, in, S, 5060);

	CU_ASSERT_NOT_EQUAL_FATAL(outer, 0);
	CU_ASSERT_EQUAL(pass(x, x->t.w.socks[S], X, outer), 5060);
	CU_ASSERT_EQUAL(
	    pass(x, other, X, outer) != 0, rule < NET_NAT_ADDRESS_PORT);
	CU_ASSERT_EQUAL(
	    pass(x, x->t.w.socks[T], X, outer) != 0, rule < NET_NAT_ADDRESS);
	CU_ASSERT_EQUAL(x->lost[NET_NAT_FILTERED], (unsigned)rule);
	/* What answers that goes the same way. */
	if (rule < NET_NAT_ADDRESS)
		CU_ASSERT_EQUAL(pass(x, in, T, 5060), outer);
	if (rule > NET_NAT_ENDPOINT)
		CU_ASSERT_STRING_EQUAL(drop_reason(x), "filtered");
	/* Nobody has that port. */
	CU_ASSERT_EQUAL(pass(x, other, X, 6999), 0);
	CU_ASSERT_STRING_EQUAL(drop_reason(x), "no-binding");
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
			struct net_nat_config config = usual;
			struct translated x;

			config.mapping = (enum net_nat_rule)m;
			config.filtering = (enum net_nat_rule)f;
			make(&x, &config);
			mapping_udp(&x, config.mapping);
			end(&x);
			make(&x, &config);
			filtering_udp(&x, config.filtering);
			end(&x);
			make(&x, &config);
			mapping_tcp(&x, config.mapping);
			end(&x);
			make(&x, &config);
			filtering_tcp(&x, config.filtering);
			end(&x);
		}
}

/* ---- ways ---- */

static void
inside_and_private(void)
{
	struct translated x;
	struct world *w = &x.t.w;

	make(&x, &usual);
	/* Inside is inside: no translation. */
	CU_ASSERT_EQUAL(pass(&x, w->socks[A], B, 5060), 5060);
	CU_ASSERT(addr_same_ip(
	    &w->got.src, &(struct addr){ .len = 4, .ip = { 192, 0, 2, 1 } }));
	CU_ASSERT_EQUAL(net_nat_count(x.nat), 0);
	/* From outside nobody reaches an inner address. */
	CU_ASSERT_EQUAL(pass(&x, w->socks[S], A, 5060), 0);
	CU_ASSERT_STRING_EQUAL(drop_reason(&x), "private");
	/* What comes back has the addresses that it was sent for. */
	CU_ASSERT_EQUAL(pass(&x, w->socks[A], S, 5060), 5060);
	CU_ASSERT(addr_same_ip(&w->got.src, &x.outer));
	CU_ASSERT_EQUAL(pass(&x, w->socks[S], X, 5060), 5060);
	CU_ASSERT(addr_same_ip(
	    &w->got.dst, &(struct addr){ .len = 4, .ip = { 192, 0, 2, 1 } }));
	CU_ASSERT(addr_same_ip(
	    &w->got.src, &(struct addr){ .len = 4, .ip = { 192, 0, 2, 5 } }));
	/* Packets say what they have on each link. */
	CU_ASSERT(world_count(w, KIND("packet"),
		      "\"src_addr\":\"203.0.113.7:5060\"") == 2);
	/* A service of its own: what nobody behind it asked for is its own. */
	open_port(&x, X, 53);
	CU_ASSERT_NOT_EQUAL(pass(&x, w->socks[S], X, 53), 0);
	end(&x);
}

static void
hairpin(void)
{
	struct net_nat_config config = usual;
	struct translated x;

	config.filtering = NET_NAT_ENDPOINT;
	make(&x, &config);
	pass(&x, x.t.w.socks[A], S, 5060);
	pass(&x, x.t.w.socks[B], S, 5060);
	/* b's port: 5060 was a's. */
	CU_ASSERT_EQUAL(x.last->outer.port & 1, 0);
	/* RFC 4787 REQ-9: b sees a's outer address. */
	CU_ASSERT_EQUAL(pass(&x, x.t.w.socks[A], X, x.last->outer.port), 5060);
	CU_ASSERT(addr_same_ip(&x.t.w.got.src, &x.outer));
	end(&x);
	config.hairpin = false;
	make(&x, &config);
	pass(&x, x.t.w.socks[B], S, 5060);
	CU_ASSERT_EQUAL(pass(&x, x.t.w.socks[A], X, 5060), 0);
	CU_ASSERT_STRING_EQUAL(drop_reason(&x), "no-hairpin");
	end(&x);
	/* The filter asks for the outer address of who sends. */
	make(&x, &usual);
	pass(&x, x.t.w.socks[B], S, 5060);
	CU_ASSERT_EQUAL(pass(&x, x.t.w.socks[A], X, 5060), 0);
	CU_ASSERT_STRING_EQUAL(drop_reason(&x), "filtered");
	end(&x);
}

/* ---- ports ---- */

/* The outer port that a's PORT gets. */
static uint16_t
outer_of(struct translated *x, size_t host, uint16_t port)
{
	return pass(x, open_port(x, host, port), S, 5060);
}

static void
ports(void)
{
	struct net_nat_config config = usual;
	struct translated x;
	uint16_t one, two;

	make(&x, &config);
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
	end(&x);
	config.ports = NET_NAT_PARITY;
	make(&x, &config);
	one = outer_of(&x, A, 5060);
	two = outer_of(&x, A, 5061);
	CU_ASSERT(one != 5060 && (one & 1) == 0 && (two & 1) == 1);
	end(&x);
	config.ports = NET_NAT_SEQUENTIAL;
	make(&x, &config);
	one = outer_of(&x, A, 5061);
	CU_ASSERT_EQUAL(outer_of(&x, A, 5063), one + 1);
	end(&x);
	config.ports = NET_NAT_RANDOM;
	make(&x, &config);
	one = outer_of(&x, A, 5060);
	two = outer_of(&x, A, 5062);
	CU_ASSERT(one >= 1024 && two >= 1024 && two != one + 1);
	end(&x);
}

/* The table is full; and, of the low ports, all are taken. */
static void
full(void)
{
	struct net_nat_config config = usual;
	struct translated x;
	uint16_t got = 1;
	unsigned n = 0;

	config.most = 2;
	make(&x, &config);
	CU_ASSERT_NOT_EQUAL(outer_of(&x, A, 5060), 0);
	CU_ASSERT_NOT_EQUAL(outer_of(&x, A, 5061), 0);
	CU_ASSERT_EQUAL(outer_of(&x, A, 5062), 0);
	CU_ASSERT_STRING_EQUAL(drop_reason(&x), "nat-full");
	/* Those there are go on. */
	CU_ASSERT_EQUAL(pass(&x, x.t.w.socks[A], S, 5060), 5060);
	end(&x);
	config.most = 100000;
	config.mapping = NET_NAT_ADDRESS_PORT;
	config.ports = NET_NAT_SEQUENTIAL;
	make(&x, &config);
	/* 1,023 of them. */
	for (uint16_t port = 6000; got != 0 && n <= 1023; port++, n++) {
		struct net_sock *s = open_port(&x, A, 80);
		struct addr dst = world_addr(&x.t.w, S);

		dst.port = port;
		net_udp_send(s, &dst, STR("x"), NULL, RULE_NONE);
		net_udp_close(s);
		world_run(&x.t.w, INT64_MAX);
		got = x.lost[NET_NAT_FULL] == 0;
	}
	CU_ASSERT_EQUAL(n, 1024);
	CU_ASSERT_EQUAL(net_nat_count(x.nat), 1023);
	end(&x);
}

/* ---- times ---- */

static void
expiry(void)
{
	struct net_nat_config config = usual;
	struct translated x;
	struct world *w = &x.t.w;

	make(&x, &config);
	pass(&x, w->socks[A], S, 5060);
	wait_for(&x, 200 * SIM_S);
	CU_ASSERT_EQUAL(pass(&x, w->socks[S], X, 5060), 5060);
	/* REQ-6: that has not refreshed it. */
	CU_ASSERT_EQUAL(x.told[NET_NAT_REFRESHED], 0);
	wait_for(&x, 110 * SIM_S);
	CU_ASSERT_EQUAL(x.told[NET_NAT_EXPIRED], 1);
	CU_ASSERT_EQUAL(pass(&x, w->socks[S], X, 5060), 0);
	CU_ASSERT_STRING_EQUAL(drop_reason(&x), "no-binding");
	/* The drop is caused by what ended the binding. */
	CU_ASSERT_EQUAL(world_int(world_last_drop(w), "cause"), 7);
	/* What goes out refreshes. */
	pass(&x, w->socks[A], S, 5060);
	wait_for(&x, 200 * SIM_S);
	pass(&x, w->socks[A], S, 5060);
	pass(&x, w->socks[A], S, 5060); /* not twice in a second */
	CU_ASSERT_EQUAL(x.told[NET_NAT_REFRESHED], 1);
	wait_for(&x, 200 * SIM_S);
	CU_ASSERT_EQUAL(pass(&x, w->socks[S], X, 5060), 5060);
	wait_for(&x, 101 * SIM_S);
	CU_ASSERT_EQUAL(x.told[NET_NAT_EXPIRED], 2);
	end(&x);
	config.refresh_in = true;
	make(&x, &config);
	pass(&x, w->socks[A], S, 5060);
	for (int i = 0; i < 3; i++) {
		wait_for(&x, 200 * SIM_S);
		CU_ASSERT_EQUAL(pass(&x, w->socks[S], X, 5060), 5060);
	}
	end(&x);
}

/* One that is shorter than what timers are rounded to lives as long as packets
 * go out. */
static void
short_time(void)
{
	struct net_nat_config config = usual;
	struct translated x;

	config.udp_ns = 400 * SIM_MS;
	make(&x, &config);
	for (int i = 0; i < 5; i++) {
		CU_ASSERT_EQUAL(pass(&x, x.t.w.socks[A], S, 5060), 5060);
		wait_for(&x, 300 * SIM_MS);
	}
	CU_ASSERT_EQUAL(x.told[NET_NAT_EXPIRED], 0);
	wait_for(&x, 200 * SIM_MS);
	CU_ASSERT_EQUAL(x.told[NET_NAT_EXPIRED], 1);
	end(&x);
	/* None at all: each packet has its own. */
	config.udp_ns = 0;
	make(&x, &config);
	for (int i = 0; i < 3; i++)
		CU_ASSERT_EQUAL(pass(&x, x.t.w.socks[A], S, 5060), 5060);
	CU_ASSERT_EQUAL(x.told[NET_NAT_EXPIRED], 3);
	end(&x);
}

static void
moved(void)
{
	struct addr to = { .len = 4, .ip = { 203, 0, 113, 8 } };
	struct translated x;

	make(&x, &usual);
	pass(&x, x.t.w.socks[A], S, 5060);
	CU_ASSERT_EQUAL(net_host_change_addr(x.t.w.hosts[X], &x.outer, &to), 0);
	net_nat_move(x.nat, &to);
	CU_ASSERT_EQUAL(net_nat_count(x.nat), 0);
	CU_ASSERT_EQUAL(pass(&x, x.t.w.socks[S], X, 5060), 0);
	CU_ASSERT_EQUAL(pass(&x, x.t.w.socks[A], S, 5060), 5060);
	CU_ASSERT(addr_same_ip(&x.t.w.got.src, &to));
	end(&x);
}

static void
tcp_states(void)
{
	struct translated x;
	struct side *s;

	make(&x, &usual);
	s = tcp_connect(&x.t, "a", "s");
	tcp_run(&x.t);
	CU_ASSERT_EQUAL(x.last->state, NET_NAT_ESTABLISHED);
	wait_for(&x, 7000 * SIM_S);
	CU_ASSERT_EQUAL(x.told[NET_NAT_EXPIRED], 0);
	side_send(s, STR("still there"));
	tcp_run(&x.t);
	CU_ASSERT(str_is(buf_view(&s[1].in), "still there"));
	wait_for(&x, 7000 * SIM_S);
	CU_ASSERT_EQUAL(x.told[NET_NAT_EXPIRED], 0);
	/* Both close: four minutes more. */
	net_tcp_close(s->c);
	tcp_run(&x.t);
	CU_ASSERT_EQUAL(x.last->state, NET_NAT_CLOSING);
	wait_for(&x, 230 * SIM_S);
	CU_ASSERT_EQUAL(x.told[NET_NAT_EXPIRED], 0);
	wait_for(&x, 30 * SIM_S);
	CU_ASSERT_EQUAL(x.told[NET_NAT_EXPIRED], 1);
	/* Nobody answers there: it opens, and is refused. */
	tcp_connect(&x.t, "b", "s");
	net_host_set_up(x.t.w.hosts[S], false);
	tcp_run(&x.t);
	CU_ASSERT_EQUAL(x.last->state, NET_NAT_OPENING);
	wait_for(&x, 300 * SIM_S);
	CU_ASSERT_EQUAL(x.told[NET_NAT_EXPIRED], 2);
	end(&x);
}

/* A silent connection whose binding is gone: what s sends is lost, and what a
 * sends makes another binding, with the same port where that is kept. */
static void
restart(void)
{
	struct net_nat_config config = usual;
	struct translated x;
	struct side *s;

	make(&x, &config);
	pass(&x, x.t.w.socks[A], S, 5060);
	s = tcp_connect(&x.t, "a", "s");
	tcp_run(&x.t);
	CU_ASSERT_EQUAL(net_nat_forget(x.nat), 2);
	CU_ASSERT_EQUAL(x.told[NET_NAT_FORGOTTEN], 2);
	CU_ASSERT_EQUAL(net_nat_count(x.nat), 0);
	CU_ASSERT_EQUAL(pass(&x, x.t.w.socks[S], X, 5060), 0);
	side_send(s, STR("on"));
	tcp_run(&x.t);
	CU_ASSERT(str_is(buf_view(&s[1].in), "on"));
	end(&x);
	config.ports = NET_NAT_SEQUENTIAL;
	make(&x, &config);
	s = tcp_connect(&x.t, "a", "s");
	tcp_run(&x.t);
	net_nat_forget(x.nat);
	side_send(s, STR("on"));
	tcp_run(&x.t);
	/* Another port: s knows no such connection. */
	CU_ASSERT_STRING_EQUAL(s->log, "Creset");
	end(&x);
}

/* ---- what travels ---- */

static void
fragments(void)
{
	struct translated x;
	struct world *w = &x.t.w;
	struct addr s, out;
	struct str big = world_text(4000);

	make(&x, &usual);
	s = world_addr(w, S);
	net_udp_send(w->socks[A], &s, big, NULL, RULE_NONE);
	world_run(w, INT64_MAX);
	CU_ASSERT(str_eq(buf_view(&w->last), big));
	CU_ASSERT(addr_same_ip(&w->got.src, &x.outer));
	CU_ASSERT_EQUAL(world_count(w, KIND("packet"), "frag"), 9);
	/* Back, over smaller links; RFC 4787 REQ-14: out of order, too. */
	world_mtu(w, "net", "s", 600);
	net_link_set_params(net_find_link(w->net, "x", "net"),
	    &(struct net_link_params){
		.delay_ns = SIM_MS, .jitter_ns = 50 * SIM_MS, .mtu = 600 });
	out = x.outer;
	out.port = 5060;
	net_udp_send(w->socks[S], &out, big, NULL, RULE_NONE);
	world_run(w, INT64_MAX);
	CU_ASSERT(str_eq(buf_view(&w->last), big));
	CU_ASSERT_EQUAL(w->received, 2);
	CU_ASSERT_EQUAL(world_count(w, KIND("drop"), NULL), 0);
	/* A piece is lost on the way to the translator: one drop. */
	net_link_set_params(net_find_link(w->net, "x", "net"),
	    &(struct net_link_params){ .loss = 0.3, .mtu = 600 });
	net_udp_send(w->socks[S], &out, big, NULL, RULE_NONE);
	world_run(w, INT64_MAX);
	CU_ASSERT_EQUAL(w->received, 2);
	CU_ASSERT_EQUAL(world_count(w, KIND("drop"), NULL), 1);
	CU_ASSERT_STRING_EQUAL(drop_reason(&x), "fragment");
	CU_ASSERT(world_is(world_last_drop(w), "node", "x"));
	end(&x);
}

/* One message has one drop, or arrives, whatever becomes of its copies, on
 * either side. */
static void
losses(void)
{
	struct translated x;
	struct world *w = &x.t.w;

	make(&x, &usual);
	net_link_set_params(net_find_link(w->net, "net", "s"),
	    &(struct net_link_params){ .loss = 1, .mtu = 1500 });
	CU_ASSERT_EQUAL(pass(&x, w->socks[A], S, 5060), 0);
	CU_ASSERT_STRING_EQUAL(drop_reason(&x), "loss");
	CU_ASSERT_EQUAL(world_count(w, KIND("drop"), NULL), 1);
	net_link_set_params(net_find_link(w->net, "net", "s"),
	    &(struct net_link_params){ .mtu = 1500 });
	net_link_set_params(net_find_link(w->net, "a", "x"),
	    &(struct net_link_params){ .duplicate = 1, .mtu = 1500 });
	CU_ASSERT_EQUAL(pass(&x, w->socks[A], S, 5060), 5060);
	CU_ASSERT_EQUAL(w->received, 2);
	/* Of two copies each is lost by half: sometimes both. */
	net_link_set_params(net_find_link(w->net, "net", "s"),
	    &(struct net_link_params){ .loss = 0.5, .mtu = 1500 });
	for (unsigned i = 0; i < 20; i++) {
		size_t drops = world_count(w, KIND("drop"), NULL);
		uint16_t got = pass(&x, w->socks[A], S, 5060);

		CU_ASSERT_EQUAL(
		    world_count(w, KIND("drop"), NULL) - drops, got == 0);
	}
	end(&x);
}

static void
rewritten(void)
{
	struct translated x;
	struct str line;

	make(&x, &usual);
	x.rewritten = "something longer than that";
	pass(&x, x.t.w.socks[A], S, 5060);
	CU_ASSERT(str_is(buf_view(&x.t.w.last), x.rewritten));
	line = world_line(&x.t.w, 0, KIND("recv"), NULL);
	CU_ASSERT(world_is(line, "text", x.rewritten));
	end(&x);
}

/* Each allocation fails in turn: nothing leaks, nothing is wrong. */
static void
no_memory(void)
{
	for (unsigned long n = 1; n < 400; n++) {
		struct translated x;

		make(&x, &usual);
		mem_fail_from(n);
		pass(&x, x.t.w.socks[A], S, 5060);
		tcp_connect(&x.t, "b", "t");
		tcp_run(&x.t);
		mem_fail_from(0);
		end(&x);
	}
}

CHECK_MAIN("nat", { "mapping and filtering", behaviours },
    { "inside, and private addresses", inside_and_private },
    { "hairpin", hairpin }, { "ports", ports }, { "full", full },
    { "expiry", expiry }, { "a short time", short_time }, { "moved", moved },
    { "tcp states", tcp_states }, { "restart", restart },
    { "fragments", fragments }, { "losses", losses },
    { "rewritten", rewritten }, { "no memory", no_memory })
