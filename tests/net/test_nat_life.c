/* How long a NAT's bindings live, what else empties its table, and what becomes
 * of datagrams on their way: fragments, losses, other bytes. */
#include "nat_world.h"

/* ---- times ---- */

static void
expiry(void)
{
	struct net_nat_config config = nat_usual;
	struct translated x;
	struct world *w = &x.t.w;

	nat_make(&x, &config);
	nat_pass(&x, w->socks[A], S, 5060);
	nat_wait(&x, 200 * SIM_S);
	CU_ASSERT_EQUAL(nat_pass(&x, w->socks[S], X, 5060), 5060);
	/* REQ-6: that has not refreshed it. */
	CU_ASSERT_EQUAL(x.told[NET_NAT_REFRESHED], 0);
	nat_wait(&x, 110 * SIM_S);
	CU_ASSERT_EQUAL(x.told[NET_NAT_EXPIRED], 1);
	CU_ASSERT_EQUAL(nat_pass(&x, w->socks[S], X, 5060), 0);
	CU_ASSERT_STRING_EQUAL(nat_drop_reason(&x), "no-binding");
	/* The drop is caused by what ended the binding. */
	CU_ASSERT_EQUAL(world_int(world_last_drop(w), "cause"), 7);
	/* What goes out refreshes. */
	nat_pass(&x, w->socks[A], S, 5060);
	nat_wait(&x, 200 * SIM_S);
	nat_pass(&x, w->socks[A], S, 5060);
	nat_pass(&x, w->socks[A], S, 5060); /* not twice in a second */
	CU_ASSERT_EQUAL(x.told[NET_NAT_REFRESHED], 1);
	nat_wait(&x, 200 * SIM_S);
	CU_ASSERT_EQUAL(nat_pass(&x, w->socks[S], X, 5060), 5060);
	nat_wait(&x, 101 * SIM_S);
	CU_ASSERT_EQUAL(x.told[NET_NAT_EXPIRED], 2);
	nat_end(&x);
	config.refresh_in = true;
	nat_make(&x, &config);
	nat_pass(&x, w->socks[A], S, 5060);
	for (int i = 0; i < 3; i++) {
		nat_wait(&x, 200 * SIM_S);
		CU_ASSERT_EQUAL(nat_pass(&x, w->socks[S], X, 5060), 5060);
	}
	nat_end(&x);
}

/* One that is shorter than what timers are rounded to lives as long as packets
 * go out. */
static void
short_time(void)
{
	struct net_nat_config config = nat_usual;
	struct translated x;

	config.udp_ns = 400 * SIM_MS;
	nat_make(&x, &config);
	for (int i = 0; i < 5; i++) {
		CU_ASSERT_EQUAL(nat_pass(&x, x.t.w.socks[A], S, 5060), 5060);
		nat_wait(&x, 300 * SIM_MS);
	}
	CU_ASSERT_EQUAL(x.told[NET_NAT_EXPIRED], 0);
	nat_wait(&x, 200 * SIM_MS);
	CU_ASSERT_EQUAL(x.told[NET_NAT_EXPIRED], 1);
	nat_end(&x);
	/* None at all: each packet has its own. */
	config.udp_ns = 0;
	nat_make(&x, &config);
	for (int i = 0; i < 3; i++)
		CU_ASSERT_EQUAL(nat_pass(&x, x.t.w.socks[A], S, 5060), 5060);
	CU_ASSERT_EQUAL(x.told[NET_NAT_EXPIRED], 3);
	nat_end(&x);
}

static void
moved(void)
{
	struct addr to = { .len = 4, .ip = { 203, 0, 113, 8 } };
	struct translated x;

	nat_make(&x, &nat_usual);
	nat_pass(&x, x.t.w.socks[A], S, 5060);
	CU_ASSERT_EQUAL(net_host_change_addr(x.t.w.hosts[X], &x.outer, &to), 0);
	net_nat_move(x.nat, &to);
	CU_ASSERT_EQUAL(net_nat_count(x.nat), 0);
	CU_ASSERT_EQUAL(nat_pass(&x, x.t.w.socks[S], X, 5060), 0);
	CU_ASSERT_EQUAL(nat_pass(&x, x.t.w.socks[A], S, 5060), 5060);
	CU_ASSERT(addr_same_ip(&x.t.w.got.src, &to));
	nat_end(&x);
}

static void
tcp_states(void)
{
	struct translated x;
	struct side *s;

	nat_make(&x, &nat_usual);
	s = tcp_connect(&x.t, "a", "s");
	tcp_run(&x.t);
	CU_ASSERT_EQUAL(x.last->state, NET_NAT_ESTABLISHED);
	nat_wait(&x, 7000 * SIM_S);
	CU_ASSERT_EQUAL(x.told[NET_NAT_EXPIRED], 0);
	side_send(s, STR("still there"));
	tcp_run(&x.t);
	CU_ASSERT(str_is(buf_view(&s[1].in), "still there"));
	nat_wait(&x, 7000 * SIM_S);
	CU_ASSERT_EQUAL(x.told[NET_NAT_EXPIRED], 0);
	/* Both close: four minutes more. */
	net_tcp_close(s->c);
	tcp_run(&x.t);
	CU_ASSERT_EQUAL(x.last->state, NET_NAT_CLOSING);
	nat_wait(&x, 230 * SIM_S);
	CU_ASSERT_EQUAL(x.told[NET_NAT_EXPIRED], 0);
	nat_wait(&x, 30 * SIM_S);
	CU_ASSERT_EQUAL(x.told[NET_NAT_EXPIRED], 1);
	/* Nobody answers there: it opens, and is refused. */
	tcp_connect(&x.t, "b", "s");
	net_host_set_up(x.t.w.hosts[S], false);
	tcp_run(&x.t);
	CU_ASSERT_EQUAL(x.last->state, NET_NAT_OPENING);
	nat_wait(&x, 300 * SIM_S);
	CU_ASSERT_EQUAL(x.told[NET_NAT_EXPIRED], 2);
	nat_end(&x);
}

/* A silent connection whose binding is gone: what s sends is lost, and what a
 * sends makes another binding, with the same port where that is kept. */
static void
restart(void)
{
	struct net_nat_config config = nat_usual;
	struct translated x;
	struct side *s;

	nat_make(&x, &config);
	nat_pass(&x, x.t.w.socks[A], S, 5060);
	s = tcp_connect(&x.t, "a", "s");
	tcp_run(&x.t);
	CU_ASSERT_EQUAL(net_nat_forget(x.nat), 2);
	CU_ASSERT_EQUAL(x.told[NET_NAT_FORGOTTEN], 2);
	CU_ASSERT_EQUAL(net_nat_count(x.nat), 0);
	CU_ASSERT_EQUAL(nat_pass(&x, x.t.w.socks[S], X, 5060), 0);
	side_send(s, STR("on"));
	tcp_run(&x.t);
	CU_ASSERT(str_is(buf_view(&s[1].in), "on"));
	nat_end(&x);
	config.ports = NET_NAT_SEQUENTIAL;
	nat_make(&x, &config);
	s = tcp_connect(&x.t, "a", "s");
	tcp_run(&x.t);
	net_nat_forget(x.nat);
	side_send(s, STR("on"));
	tcp_run(&x.t);
	/* Another port: s knows no such connection. */
	CU_ASSERT_STRING_EQUAL(s->log, "Creset");
	nat_end(&x);
}

/* ---- what travels ---- */

static void
fragments(void)
{
	struct translated x;
	struct world *w = &x.t.w;
	struct addr s, out;
	struct str big = world_text(4000);

	nat_make(&x, &nat_usual);
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
	CU_ASSERT_STRING_EQUAL(nat_drop_reason(&x), "fragment");
	CU_ASSERT(world_is(world_last_drop(w), "node", "x"));
	nat_end(&x);
}

/* One message has one drop, or arrives, whatever becomes of its copies, on
 * either side. */
static void
losses(void)
{
	struct translated x;
	struct world *w = &x.t.w;

	nat_make(&x, &nat_usual);
	net_link_set_params(net_find_link(w->net, "net", "s"),
	    &(struct net_link_params){ .loss = 1, .mtu = 1500 });
	CU_ASSERT_EQUAL(nat_pass(&x, w->socks[A], S, 5060), 0);
	CU_ASSERT_STRING_EQUAL(nat_drop_reason(&x), "loss");
	CU_ASSERT_EQUAL(world_count(w, KIND("drop"), NULL), 1);
	net_link_set_params(net_find_link(w->net, "net", "s"),
	    &(struct net_link_params){ .mtu = 1500 });
	net_link_set_params(net_find_link(w->net, "a", "x"),
	    &(struct net_link_params){ .duplicate = 1, .mtu = 1500 });
	CU_ASSERT_EQUAL(nat_pass(&x, w->socks[A], S, 5060), 5060);
	CU_ASSERT_EQUAL(w->received, 2);
	/* Of two copies each is lost by half: sometimes both. */
	net_link_set_params(net_find_link(w->net, "net", "s"),
	    &(struct net_link_params){ .loss = 0.5, .mtu = 1500 });
	for (unsigned i = 0; i < 20; i++) {
		size_t drops = world_count(w, KIND("drop"), NULL);
		uint16_t got = nat_pass(&x, w->socks[A], S, 5060);

		CU_ASSERT_EQUAL(
		    world_count(w, KIND("drop"), NULL) - drops, got == 0);
	}
	nat_end(&x);
}

static void
rewritten(void)
{
	struct translated x;
	struct str line;

	nat_make(&x, &nat_usual);
	x.rewritten = "something longer than that";
	nat_pass(&x, x.t.w.socks[A], S, 5060);
	CU_ASSERT(str_is(buf_view(&x.t.w.last), x.rewritten));
	line = world_line(&x.t.w, 0, KIND("recv"), NULL);
	CU_ASSERT(world_is(line, "text", x.rewritten));
	nat_end(&x);
}

/* Each allocation fails in turn: nothing leaks, nothing is wrong. */
static void
no_memory(void)
{
	for (unsigned long n = 1; n < 400; n++) {
		struct translated x;

		nat_make(&x, &nat_usual);
		mem_fail_from(n);
		nat_pass(&x, x.t.w.socks[A], S, 5060);
		tcp_connect(&x.t, "b", "t");
		tcp_run(&x.t);
		mem_fail_from(0);
		nat_end(&x);
	}
}

CHECK_MAIN("nat_life", { "expiry", expiry }, { "a short time", short_time },
    { "moved", moved }, { "tcp states", tcp_states }, { "restart", restart },
    { "fragments", fragments }, { "losses", losses },
    { "rewritten", rewritten }, { "no memory", no_memory })
