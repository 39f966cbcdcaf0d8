/* TCP: how connections fail, end and are broken; users that do anything from
 * within their calls. */
#include "tcp_world.h"

static int64_t
when(const struct tcp_world *t, size_t n, const char *a, const char *b)
{
	return world_int(world_line(&t->w, n, a, b), "t");
}

static size_t
packets(const struct tcp_world *t, const char *flags)
{
	return world_count(&t->w, KIND("packet"), flags);
}

/* A and b connected, 5 ms apart; the time is 15 ms. */
static struct side *
pair(struct tcp_world *t)
{
	struct side *a;

	tcp_make(t, "a b", "a-b");
	a = tcp_connect(t, "a", "b");
	CU_ASSERT_EQUAL(tcp_run(t), SIM_IDLE);
	CU_ASSERT_STRING_EQUAL(a->log, "C");
	CU_ASSERT_EQUAL_FATAL(t->nsides, 2);
	return a;
}

static void
refused(void)
{
	struct tcp_world t;
	struct side *a;

	tcp_make(&t, "a b", "a-b");
	net_tcp_unlisten(t.listeners[1]);
	a = tcp_connect(&t, "a", "b");
	side_send(a, STR("x"));
	tcp_run(&t);
	CU_ASSERT_STRING_EQUAL(a->log, "refused");
	CU_ASSERT_EQUAL(sim_now(t.w.sim), 10 * SIM_MS);
	CU_ASSERT_EQUAL(packets(&t, FLAGS("rst")), 1);
	/* The message is told to be lost, and by what. */
	CU_ASSERT_EQUAL(world_count(&t.w, "\"of\"", "\"no-connection\""), 1);
	/* one's own host as well */
	net_tcp_unlisten(t.listeners[0]);
	a = tcp_connect(&t, "a", "a");
	CU_ASSERT_STRING_EQUAL(a->log, "");
	tcp_run(&t);
	CU_ASSERT_STRING_EQUAL(a->log, "refused");
	net_tcp_unlisten(NULL);
	tcp_close(&t);
}

/* The listener goes between SYN and ACK. */
static void
not_listening_any_more(void)
{
	struct tcp_world t;
	struct side *a;

	tcp_make(&t, "a b", "a-b");
	a = tcp_connect(&t, "a", "b");
	world_run(&t.w, 12 * SIM_MS);
	CU_ASSERT_STRING_EQUAL(a->log, "C");
	net_tcp_unlisten(t.listeners[1]);
	tcp_run(&t);
	CU_ASSERT_STRING_EQUAL(a->log, "Creset");
	CU_ASSERT_EQUAL(t.nsides, 1);
	tcp_close(&t);
}

static void
no_answer(void)
{
	struct tcp_world t;
	struct side *a;

	tcp_make(&t, "a b", "a-b");
	net_host_set_up(t.w.hosts[1], false);
	a = tcp_connect(&t, "a", "b");
	CU_ASSERT_EQUAL(tcp_run(&t), SIM_IDLE);
	CU_ASSERT_STRING_EQUAL(a->log, "time-out");
	CU_ASSERT_EQUAL(sim_now(t.w.sim), 20 * SIM_S);
	CU_ASSERT_EQUAL(packets(&t, NULL), 5);
	for (int i = 0; i < 4; i++)
		CU_ASSERT_EQUAL(when(&t, (size_t)i, FLAGS("syn retx"), NULL),
		    (2 * SIM_S << i) - SIM_S);
	CU_ASSERT_EQUAL(world_count(&t.w, KIND("drop"), "host-down"), 5);
	tcp_close(&t);
}

/* SYNs arrive, and nothing comes back. */
static void
one_way(void)
{
	struct tcp_world t;
	struct addr nowhere = { .len = 4, .ip = { 198, 51, 100, 1 } };
	struct addr self;
	struct side *a;

	tcp_make(&t, "a b", "a-b");
	a = tcp_connect(&t, "a", "b");
	self = net_tcp_local(a->c);
	CU_ASSERT_EQUAL(net_host_change_addr(t.w.hosts[0], &self, &nowhere), 0);
	CU_ASSERT_EQUAL(tcp_run(&t), SIM_IDLE);
	CU_ASSERT_STRING_EQUAL(a->log, "time-out");
	CU_ASSERT_EQUAL(t.nsides, 1);
	CU_ASSERT_EQUAL(packets(&t, NULL), 1);
	CU_ASSERT(world_count(&t.w, KIND("drop"), "\"no-host\"") >= 4);
	CU_ASSERT_EQUAL(world_count(&t.w, KIND("drop"), "\"no-path\""), 4);
	tcp_close(&t);
}

static void
no_path(void)
{
	struct addr none = { .len = 4, .ip = { 198, 51, 100, 1 }, .port = 1 };
	struct addr six = { .len = 16, .ip = { 0x20, 1 }, .port = 5060 };
	struct tcp_world t;
	struct side *s;

	tcp_make(&t, "a b c", "a-b");
	s = tcp_connect(&t, "a", "c");
	side_send(s, STR("x"));
	CU_ASSERT_STRING_EQUAL(s->log, "");
	tcp_run(&t);
	CU_ASSERT_STRING_EQUAL(s->log, "no-path");
	CU_ASSERT_EQUAL(net_host_add_addr(t.w.hosts[1], &six), 0);
	for (int i = 0; i < 2; i++) {
		s = side_new(&t);
		CU_ASSERT_EQUAL(net_tcp_connect(t.w.hosts[0], i ? &six : &none,
				    &side_ops, s, &s->c),
		    0);
		tcp_run(&t);
		CU_ASSERT_STRING_EQUAL(s->log, "no-path");
	}
	net_host_set_up(t.w.hosts[0], false);
	s = tcp_connect(&t, "a", "b");
	tcp_run(&t);
	CU_ASSERT_STRING_EQUAL(s->log, "no-path");
	CU_ASSERT_EQUAL(sim_now(t.w.sim), 0);
	CU_ASSERT_EQUAL(packets(&t, NULL), 0);
	tcp_close(&t);
}

static void
ports(void)
{
	struct net_listener *l, *m;
	struct tcp_world t;
	struct net_conn *c;
	struct addr dst;

	tcp_make(&t, "a b", "a-b");
	CU_ASSERT_EQUAL(net_tcp_listen(t.w.hosts[0], 5060, side_accept, &t, &l),
	    ERR_EXISTS);
	CU_ASSERT_PTR_NULL(l);
	/* a port where somebody listens is not dynamic */
	CU_ASSERT_EQUAL(
	    net_tcp_listen(t.w.hosts[0], 49152, side_accept, &t, &m), 0);
	dst = world_addr(&t.w, 1);
	for (uint32_t i = 49153; i <= 65535; i++) {
		CU_ASSERT_EQUAL_FATAL(net_tcp_connect(t.w.hosts[0], &dst,
					  &side_ops, &t.sides[0], &c),
		    0);
		CU_ASSERT_EQUAL_FATAL(net_tcp_local(c).port, i);
	}
	CU_ASSERT_EQUAL(
	    net_tcp_connect(t.w.hosts[0], &dst, &side_ops, &t.sides[0], &c),
	    ERR_LIMIT);
	CU_ASSERT_PTR_NULL(c);
	/* nor is one's own end the other one's */
	dst = world_addr(&t.w, 0);
	dst.port = 50000;
	for (uint32_t i = 49153; i < 50000; i++)
		CU_ASSERT_EQUAL_FATAL(
		    net_tcp_connect(t.w.hosts[0], &dst, NULL, NULL, &c), 0);
	CU_ASSERT_EQUAL(net_tcp_connect(t.w.hosts[0], &dst, NULL, NULL, &c), 0);
	CU_ASSERT_EQUAL(net_tcp_local(c).port, 50001);
	/* to another port there are others */
	dst = world_addr(&t.w, 1);
	dst.port = 7;
	CU_ASSERT_EQUAL(net_tcp_connect(t.w.hosts[0], &dst, NULL, NULL, &c), 0);
	net_tcp_abort(c);
	net_tcp_unlisten(m);
	tcp_close(&t);
}

/* B crashes and stays down: a's data are given up 20 s after they were sent. */
static void
peer_down(void)
{
	struct tcp_world t;
	struct side *a = pair(&t), *b = &t.sides[1];
	struct str last;

	net_host_set_up(t.w.hosts[1], false);
	CU_ASSERT_STRING_EQUAL(b->log, "A");    /* nobody is told */
	CU_ASSERT_EQUAL(tcp_run(&t), SIM_IDLE); /* idle holds nothing */
	side_send(a, STR("x"));
	tcp_pass(&t, 100 * SIM_S);
	CU_ASSERT_STRING_EQUAL(a->log, "Ctime-out");
	CU_ASSERT_EQUAL(packets(&t, "\"data"), 7);
	last = world_line(&t.w, 5, FLAGS("data retx"), NULL);
	CU_ASSERT_EQUAL(world_int(last, "t"), (15 + 200 * 63) * SIM_MS);
	CU_ASSERT_EQUAL(sim_held(t.w.sim), 0);
	/* what b's user still holds is of no use and does no harm */
	CU_ASSERT_EQUAL(side_send(b, STR("x")), sim_cause(t.w.sim));
	net_tcp_take(b->c, 1);
	net_tcp_close(b->c);
	CU_ASSERT_EQUAL(world_count(&t.w, KIND("send"), NULL), 1);
	tcp_close(&t);
}

/* After all 16,384 ports a comes back to the first, which b still knows. */
static void
same_port_again(void)
{
	struct tcp_world t;
	struct side *a = pair(&t), *b = &t.sides[1];
	struct addr dst = world_addr(&t.w, 1);

	net_tcp_forget(t.w.hosts[0]);
	net_tcp_close(a->c);
	for (int i = 0; i < 16383; i++) {
		struct net_conn *c;

		if (net_tcp_connect(t.w.hosts[0], &dst, NULL, NULL, &c) == 0)
			net_tcp_abort(c);
	}
	tcp_run(&t);
	CU_ASSERT_STRING_EQUAL(b->log, "A");
	a = tcp_connect(&t, "a", "b");
	CU_ASSERT_EQUAL(net_tcp_local(a->c).port, 49152);
	side_send(a, STR("new"));
	tcp_run(&t);
	CU_ASSERT_STRING_EQUAL(b->log, "Areset");
	CU_ASSERT_STRING_EQUAL(a->log, "C");
	CU_ASSERT_EQUAL_FATAL(t.nsides, 4);
	CU_ASSERT(str_is(buf_view(&t.sides[3].in), "new"));
	tcp_close(&t);
}

/* RFC 9293 3.5, figure 9: a SYN that comes when all is over begins nothing. */
static void
old_syn(int64_t jitter_ns, bool still_known)
{
	struct net_link_params p = net_link_defaults;
	struct tcp_world t;
	struct side *a;
	int64_t comes;

	p.jitter_ns = jitter_ns;
	CU_ASSERT_EQUAL_FATAL(tcp_open(&t, false, "a b", "a-b", &p), 0);
	a = tcp_connect(&t, "a", "b");
	net_link_set_params(
	    net_find_link(t.w.net, "a", "b"), &net_link_defaults);
	side_send(a, STR("x"));
	net_tcp_close(a->c);
	tcp_pass(&t, 1100 * SIM_MS);
	CU_ASSERT_EQUAL(t.nsides, 2);
	CU_ASSERT_STRING_EQUAL(t.sides[1].log, "Arfin");
	tcp_pass(&t, 1000 * SIM_S);
	comes = when(&t, 1, FLAGS("syn ack"), NULL);
	CU_ASSERT(comes > 2 * SIM_S);
	CU_ASSERT_EQUAL(comes < 21 * SIM_S, still_known);
	CU_ASSERT_EQUAL(t.nsides, 2);
	CU_ASSERT_EQUAL(packets(&t, FLAGS("syn ack")), 2);
	CU_ASSERT_EQUAL(packets(&t, FLAGS("rst")), 1);
	CU_ASSERT_EQUAL(sim_held(t.w.sim), 0);
	tcp_close(&t);
}

static void
old_syns(void)
{
	old_syn(20 * SIM_S, true);
	old_syn(900 * SIM_S, false);
}

/* Closing lets everything out first. */
static void
close_in_flight(void)
{
	struct tcp_world t;
	struct side *a = pair(&t), *b = &t.sides[1];

	side_send(a, world_text(70000));
	side_send(a, world_text(30000));
	net_tcp_close(a->c);
	net_tcp_close(a->c); /* nothing */
	CU_ASSERT_EQUAL(tcp_run(&t), SIM_IDLE);
	CU_ASSERT_EQUAL(b->in.n, 100000);
	CU_ASSERT_STRING_EQUAL(b->log, "Arfin");
	CU_ASSERT_STRING_EQUAL(a->log, "C");
	CU_ASSERT_EQUAL(packets(&t, FLAGS("fin ack")), 2);
	CU_ASSERT_EQUAL(packets(&t, FLAGS("rst")), 0);
	/* of who closed first an end waits, of the other nothing is left */
	CU_ASSERT_EQUAL(sim_pending(t.w.sim), 1);
	tcp_close(&t);

	/* what b still had to send comes to nobody */
	a = pair(&t);
	net_tcp_close(a->c);
	side_send(b, STR("too late"));
	tcp_run(&t);
	CU_ASSERT_STRING_EQUAL(b->log, "Afin");
	/* for the message, and for b's ACK and FIN behind it */
	CU_ASSERT_EQUAL(packets(&t, FLAGS("rst")), 3);
	CU_ASSERT_EQUAL(world_count(&t.w, KIND("recv"), NULL), 0);
	tcp_close(&t);

	/* while it connects: with data, and without */
	tcp_make(&t, "a b", "a-b");
	a = tcp_connect(&t, "a", "b");
	side_send(a, STR("x"));
	net_tcp_close(a->c);
	tcp_run(&t);
	CU_ASSERT_EQUAL_FATAL(t.nsides, 2);
	CU_ASSERT_STRING_EQUAL(t.sides[1].log, "Arfin");
	CU_ASSERT_STRING_EQUAL(a->log, "");
	a = tcp_connect(&t, "a", "b");
	net_tcp_close(a->c);
	tcp_run(&t);
	CU_ASSERT_EQUAL(t.nsides, 3);
	CU_ASSERT_EQUAL(packets(&t, FLAGS("rst")), 1);
	tcp_close(&t);
}

static void
aborted(void)
{
	struct tcp_world t;
	struct side *a = pair(&t), *b = &t.sides[1];

	b->lazy = true;
	side_send(a, STR("seen"));
	tcp_run(&t);
	side_send(a, world_text(70000));
	net_tcp_abort(a->c);
	tcp_run(&t);
	CU_ASSERT_STRING_EQUAL(a->log, "C");
	CU_ASSERT_STRING_EQUAL(b->log, "Arreset");
	CU_ASSERT_EQUAL(b->left, 4 + 44 * 1460);
	/* one, and one for each acknowledgement that comes after it */
	CU_ASSERT_EQUAL(packets(&t, FLAGS("rst")), 1 + 44);
	CU_ASSERT_EQUAL(packets(&t, "retx"), 0);
	tcp_close(&t);
}

/* A verdict for the first message. */
struct tamper {
	struct tcp_world *t;
	struct net_verdict verdict;
	const char *bytes;
	unsigned calls;
};

static void
tamper(const struct net_sent *sent, struct net_verdict *v, void *arg)
{
	struct tamper *x = arg;
	struct sim *sim = x->t->w.sim;

	CU_ASSERT_EQUAL(sent->seq, sim_cause(sim));
	CU_ASSERT_STRING_EQUAL(sent->src, "a");
	CU_ASSERT_STRING_EQUAL(sent->dst, "b");
	if (x->calls++ > 0)
		return;
	sim_open(sim, TRACE_FAULT, sent->src, RULE_NONE);
	*v = x->verdict;
	v->fault = trace_close(sim_trace(sim));
	if (x->bytes != NULL) {
		v->changed = true;
		buf_puts(&v->bytes, x->bytes);
	}
}

/* "hello world" and "again" from a to b, the first tampered with. */
static struct side *
tampered(struct tcp_world *t, struct tamper *x)
{
	struct side *a = pair(t);

	x->t = t;
	net_set_tamper(t->w.net, tamper, x);
	side_send(a, STR("hello world"));
	side_send(a, STR("again"));
	CU_ASSERT_EQUAL(tcp_run(t), SIM_IDLE);
	CU_ASSERT_EQUAL(x->calls, 2);
	CU_ASSERT(world_is(
	    world_line(&t->w, 0, KIND("send"), NULL), "text", "hello world"));
	return a;
}

static void
verdicts(void)
{
	struct tamper drop = { .verdict = { .drop = true, .copies = 3 } };
	struct tamper delay = { .verdict = { .delay_ns = SIM_S } };
	struct tamper change = { .bytes = "HELLO" };
	struct tamper same = { .bytes = "hello world" };
	struct tcp_world t;
	struct str line;
	int64_t fault;

	tampered(&t, &drop);
	CU_ASSERT(str_is(buf_view(&t.sides[1].in), "hello worldagain"));
	fault = world_int(world_line(&t.w, 0, KIND("fault"), NULL), "seq");
	CU_ASSERT_EQUAL(world_count(&t.w, KIND("drop"), NULL), 1);
	line = world_last_drop(&t.w);
	CU_ASSERT(world_is(line, "reason", "fault"));
	CU_ASSERT(world_is(line, "node", "a"));
	CU_ASSERT_EQUAL(world_int(line, "cause"), fault);
	line = world_line(&t.w, 0, FLAGS("data retx"), NULL);
	CU_ASSERT_EQUAL(world_int(line, "t"), 215 * SIM_MS);
	CU_ASSERT_EQUAL(world_int(line, "cause"), fault);
	CU_ASSERT_EQUAL(packets(&t, "\"data"), 2);
	tcp_close(&t);

	tampered(&t, &delay);
	CU_ASSERT(str_is(buf_view(&t.sides[1].in), "hello worldagain"));
	CU_ASSERT_EQUAL(when(&t, 0, FLAGS("data"), NULL), 1015 * SIM_MS);
	CU_ASSERT_EQUAL(when(&t, 1, FLAGS("data"), NULL), 1015 * SIM_MS);
	CU_ASSERT_EQUAL(packets(&t, "\"data"), 2);
	CU_ASSERT_EQUAL(
	    world_int(world_line(&t.w, 0, FLAGS("data"), NULL), "cause"),
	    world_int(world_line(&t.w, 0, KIND("fault"), NULL), "seq"));
	tcp_close(&t);

	tampered(&t, &change);
	CU_ASSERT(str_is(buf_view(&t.sides[1].in), "HELLOagain"));
	tcp_close(&t);

	tampered(&t, &same);
	CU_ASSERT_EQUAL(world_count(&t.w, KIND("recv"), "\"text\""), 0);
	tcp_close(&t);
}

static void
changed_bytes(void)
{
	struct tamper change = { .bytes = "HELLO" };
	struct tcp_world t;
	struct side *a = pair(&t);

	t.sides[1].chunk = 5;
	change.t = &t;
	net_set_tamper(t.w.net, tamper, &change);
	side_send(a, STR("hello"));
	side_send(a, STR("again"));
	tcp_run(&t);
	CU_ASSERT(
	    world_is(world_line(&t.w, 0, KIND("recv"), NULL), "text", "HELLO"));
	CU_ASSERT(
	    str_find(world_line(&t.w, 1, KIND("recv"), NULL), "text") < 0);
	tcp_close(&t);
}

/* A message that is torn after so many bytes. */
static void
torn(size_t at, const char *arrives)
{
	struct tamper x = { .verdict = { .cut = true, .cut_at = at } };
	struct tcp_world t;
	struct side *a = tampered(&t, &x), *b = &t.sides[1];
	struct str rst;

	CU_ASSERT(str_is(buf_view(&b->in), arrives));
	CU_ASSERT_STRING_EQUAL(a->log, "Creset");
	CU_ASSERT_STRING_EQUAL(b->log, at > 0 ? "Arreset" : "Areset");
	CU_ASSERT_EQUAL(packets(&t, FLAGS("rst")), 1);
	rst = world_line(&t.w, 0, FLAGS("rst"), NULL);
	CU_ASSERT(world_is(rst, "link", "a>b"));
	CU_ASSERT_EQUAL(world_int(rst, "cause"),
	    world_int(world_line(&t.w, 0, KIND("fault"), NULL), "seq"));
	CU_ASSERT_EQUAL(sim_held(t.w.sim), 0);
	tcp_close(&t);
}

static void
cut(void)
{
	struct tamper x = { .verdict = { .cut = true, .cut_at = 2000 } };
	struct net_link_params p = net_link_defaults;
	struct tcp_world t;
	struct side *a;

	torn(0, "");
	torn(1, "h");
	torn(5, "hello");
	torn(11, "hello world");
	torn(1000, "hello world");
	/* before the handshake is done, with losses, and closed already */
	p.loss = 0.2;
	CU_ASSERT_EQUAL_FATAL(tcp_open(&t, false, "a b", "a-b", &p), 0);
	x.t = &t;
	net_set_tamper(t.w.net, tamper, &x);
	a = tcp_connect(&t, "a", "b");
	side_send(a, world_text(5000));
	net_tcp_close(a->c);
	tcp_run(&t);
	CU_ASSERT_EQUAL_FATAL(t.nsides, 2);
	CU_ASSERT_EQUAL(t.sides[1].in.n, 2000);
	CU_ASSERT_EQUAL(packets(&t, FLAGS("fin ack")), 0);
	CU_ASSERT_EQUAL(packets(&t, FLAGS("rst")), 1);
	tcp_close(&t);
}

/* What a user does from within each call: see `deeds`. */
struct deed {
	const char *name;
	void (*fn)(struct side *s);
};

static void
do_close(struct side *s)
{
	if (s->c != NULL)
		net_tcp_close(s->c);
	s->c = NULL;
}

static void
do_abort(struct side *s)
{
	if (s->c != NULL)
		net_tcp_abort(s->c);
	s->c = NULL;
}

static void
do_crash(struct side *s)
{
	struct net_host *h = s->t->w.hosts[s == &s->t->sides[0] ? 0 : 1];

	net_host_set_up(h, false);
	do_abort(s);
}

static void
do_crash_other(struct side *s)
{
	net_host_set_up(s->t->w.hosts[s == &s->t->sides[0] ? 1 : 0], false);
}

static void
do_forget_all(struct side *s)
{
	for (size_t i = 0; i < s->t->w.nhosts; i++)
		net_tcp_forget(s->t->w.hosts[i]);
	for (size_t i = 0; i < s->t->nsides; i++)
		do_close(&s->t->sides[i]);
}

static void
do_connect(struct side *s)
{
	if (s->t->nsides < 8)
		tcp_connect(s->t, "a", "b");
}

static void
do_send(struct side *s)
{
	if (s->c != NULL && s->t->w.trace.n < 100000) {
		side_send(s, world_text(3000));
		side_send(s, world_text(10));
	}
}

static void
do_unlisten(struct side *s)
{
	net_tcp_unlisten(s->t->listeners[1]);
	s->t->listeners[1] = NULL;
}

static const struct deed deeds[] = { { "close", do_close },
	{ "abort", do_abort }, { "crash", do_crash },
	{ "crash the other", do_crash_other }, { "forget", do_forget_all },
	{ "connect", do_connect }, { "send", do_send },
	{ "unlisten", do_unlisten } };

/* What is done, within which call. */
struct plan {
	const struct deed *deed;
	char call;
};

/* A tamperer that ends the connection whose message it judges. */
static void
kill_it(const struct net_sent *sent, struct net_verdict *v, void *arg)
{
	struct tcp_world *t = arg;

	(void)sent;
	v->delay_ns = 1;
	((const struct plan *)t->plan)->deed->fn(&t->sides[0]);
}

static void
deeds_while_sending(void)
{
	for (size_t i = 0; i < 5; i++) {
		struct plan plan = { .deed = &deeds[i] };
		struct tcp_world t;
		struct side *a = pair(&t);

		t.plan = &plan;
		net_set_tamper(t.w.net, kill_it, &t);
		side_send(a, world_text(2000));
		tcp_pass(&t, 60 * SIM_S);
		CU_ASSERT_EQUAL(t.sides[1].in.n, 0);
		CU_ASSERT_EQUAL(sim_held(t.w.sim), 0);
		tcp_close(&t);
	}
}

/* Everything once, with the N-th allocation failing; true when none did. */
static bool
everything(unsigned long n)
{
	struct net_link_params p = net_link_defaults;
	struct tcp_world t;
	struct side *a = NULL;
	bool ok;

	p.loss = 0.1;
	p.jitter_ns = SIM_MS;
	mem_fail_from(n);
	ok = tcp_open(&t, false, "a r* b", "a-r r-b", &p) == 0;
	if (ok)
		a = tcp_connect(&t, "a", "b");
	if (a != NULL) {
		t.next.chunk = 500;
		side_send(a, world_text(3000));
		side_send(a, world_text(7000));
		ok = tcp_run(&t) == SIM_IDLE;
		if (a->c != NULL)
			net_tcp_close(a->c);
		ok = tcp_run(&t) == SIM_IDLE && ok;
		if (!ok)
			CU_ASSERT_EQUAL(sim_error(t.w.sim)->err, ERR_NOMEM);
		/* of the test's own buffer */
		ok = ok && t.nsides == 2 && t.sides[1].in.err == 0;
		if (ok)
			CU_ASSERT_EQUAL(t.sides[1].in.n, 10000);
	}
	mem_fail_from(0);
	tcp_close(&t);
	return ok && a != NULL;
}

static void
memory(void)
{
	unsigned long n = 1;

	while (n < 5000 && !everything(n))
		n++;
	CU_ASSERT(n > 50 && n < 5000);
}

CHECK_MAIN("tcp_ends", { "refused", refused },
    { "not listening any more", not_listening_any_more },
    { "no answer", no_answer }, { "one way", one_way }, { "no path", no_path },
    { "ports", ports }, { "the peer is down", peer_down },
    { "the same port again", same_port_again }, { "an old SYN", old_syns },
    { "close in flight", close_in_flight }, { "aborted", aborted },
    { "verdicts", verdicts }, { "changed bytes", changed_bytes },
    { "cut", cut }, { "deeds while sending", deeds_while_sending },
    { "failing memory", memory })
