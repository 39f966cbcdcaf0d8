/* TCP: the handshake, the stream, its ends, and what is lost on the way. */
#include "tcp_world.h"

#include "net/tcp_in.h"

/* The time of the N-th line with A and B, -1 where there is none. */
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

static void
set_loss(struct tcp_world *t, double loss)
{
	struct net_link *l = net_find_link(t->w.net, "a", "b");
	struct net_link_params p = *net_link_params(l);

	p.loss = loss;
	net_link_set_params(l, &p);
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
	CU_ASSERT_EQUAL(sim_now(t->w.sim), 15 * SIM_MS);
	return a;
}

static bool
has(const struct side *s, struct str bytes)
{
	return str_eq(buf_view(&s->in), bytes);
}

static void
handshake(void)
{
	struct addr addr;
	struct tcp_world t;
	struct side *a;

	tcp_make(&t, "a r* b", "a-r r-b");
	a = tcp_connect(&t, "a", "b");
	CU_ASSERT_STRING_EQUAL(a->log, ""); /* not before an event */
	CU_ASSERT_EQUAL(tcp_run(&t), SIM_IDLE);
	CU_ASSERT_STRING_EQUAL(a->log, "C");
	CU_ASSERT_STRING_EQUAL(t.sides[1].log, "A");
	CU_ASSERT_EQUAL(when(&t, 0, FLAGS("syn"), "a>r"), 0);
	CU_ASSERT_EQUAL(when(&t, 0, FLAGS("syn ack"), "b>r"), 10 * SIM_MS);
	CU_ASSERT_EQUAL(when(&t, 0, FLAGS("ack"), "a>r"), 20 * SIM_MS);
	CU_ASSERT_EQUAL(packets(&t, NULL), 6);
	CU_ASSERT_EQUAL(sim_now(t.w.sim), 30 * SIM_MS);
	CU_ASSERT_EQUAL(sim_held(t.w.sim), 0); /* idle */
	CU_ASSERT_EQUAL(a->c->id, 1);
	CU_ASSERT_EQUAL(t.sides[1].c->id, 1);
	addr = net_tcp_local(t.sides[1].c);
	CU_ASSERT_EQUAL(addr.port, 5060);
	CU_ASSERT_EQUAL(addr.transport, ADDR_TCP);
	CU_ASSERT(addr_eq(&addr,
	    &(struct addr){ .len = 4, .ip = { 192, 0, 2, 3 }, .port = 5060 }));
	addr = net_tcp_remote(t.sides[1].c);
	CU_ASSERT_EQUAL(addr.port, 49152);
	CU_ASSERT_EQUAL(net_tcp_local(a->c).port, 49152);
	/* the next connection has another port and another number */
	a = tcp_connect(&t, "a", "b");
	CU_ASSERT_EQUAL(net_tcp_local(a->c).port, 49153);
	CU_ASSERT_EQUAL(a->c->id, 2);
	tcp_close(&t);
}

static void
records(void)
{
	static const struct trace_message m = { .proto = TRACE_PROTO_SIP,
		.method = { "OPTIONS", 7 },
		.cseq = { "1 OPTIONS", 9 },
		.call_id = { "c", 1 },
		.branch = { "z9hG4bKx", 8 } };
	struct tcp_world t;
	struct side *a = pair(&t);
	size_t before = t.w.trace.n;
	uint64_t seq;

	sim_set_cause(t.w.sim, 0);
	seq = net_tcp_send(a->c, STR("hello"), &m, RULE_NONE);
	CU_ASSERT_EQUAL(seq, 4);
	CU_ASSERT_EQUAL(sim_cause(t.w.sim), 0);
	tcp_run(&t);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&t.w.trace) + before,
	    "{\"seq\":4,\"t\":15000000,\"node\":\"a\",\"kind\":\"send\","
	    "\"src\":\"a\",\"dst\":\"b\",\"src_addr\":\"192.0.2.1:49152\","
	    "\"dst_addr\":\"192.0.2.2:5060\",\"transport\":\"tcp\","
	    "\"proto\":\"sip\",\"start\":\"OPTIONS\",\"cseq\":\"1 OPTIONS\","
	    "\"call_id\":\"c\",\"branch\":\"z9hG4bKx\",\"size\":5,"
	    "\"text\":\"hello\"}\n"
	    "{\"seq\":5,\"t\":15000000,\"kind\":\"packet\",\"cause\":4,"
	    "\"link\":\"a>b\",\"of\":4,\"off\":0,\"len\":5,"
	    "\"flags\":\"data\",\"conn\":1}\n"
	    "{\"seq\":6,\"t\":20000000,\"kind\":\"packet\",\"cause\":5,"
	    "\"link\":\"b>a\",\"len\":0,\"flags\":\"ack\",\"conn\":1}\n"
	    "{\"seq\":7,\"t\":20000000,\"node\":\"b\",\"kind\":\"recv\","
	    "\"cause\":5,\"of\":4,\"src_addr\":\"192.0.2.1:49152\","
	    "\"dst_addr\":\"192.0.2.2:5060\"}\n");
	CU_ASSERT(has(&t.sides[1], STR("hello")));
	tcp_close(&t);
}

/* What crosses the link within [FROM, TO) of one round is lost; then the
 * connection comes about, "x" arrives and is acknowledged, and all is closed,
 * at the time END. */
static void
lose(int64_t from, int64_t to, const char *again, int64_t end)
{
	struct tcp_world t;
	struct side *a, *b;
	int64_t idle;

	tcp_make(&t, "a b", "a-b");
	set_loss(&t, from == 0);
	a = tcp_connect(&t, "a", "b");
	side_send(a, STR("x"));
	net_tcp_close(a->c);
	/* 0 SYN, 5 SYN ACK, 10 ACK, data and FIN, 15 ACKs and FIN, 20 ACK */
	if (from > 0)
		world_run(&t.w, from - 1);
	set_loss(&t, 1);
	world_run(&t.w, to - 1);
	set_loss(&t, 0);
	CU_ASSERT_EQUAL(tcp_run(&t), SIM_IDLE);
	idle = sim_now(t.w.sim);
	CU_ASSERT_EQUAL(idle, end);
	CU_ASSERT_EQUAL_FATAL(t.nsides, 2);
	b = &t.sides[1];
	CU_ASSERT(has(b, STR("x")));
	CU_ASSERT_STRING_EQUAL(b->log, "Arfin");
	CU_ASSERT(world_line(&t.w, 0, KIND("drop"), "\"loss\"").n > 0);
	CU_ASSERT(
	    str_find(world_line(&t.w, 0, KIND("drop"), NULL), "\"of\"") < 0);
	CU_ASSERT(world_int(world_last_drop(&t.w), "packet") > 0);
	CU_ASSERT_EQUAL(world_int(world_last_drop(&t.w), "conn"), 1);
	if (again != NULL)
		CU_ASSERT(packets(&t, again) > 0);
	CU_ASSERT_EQUAL(packets(&t, FLAGS("rst")), 0);
	tcp_close(&t);
}

static void
losses(void)
{
	const int64_t ms = SIM_MS;

	/* the SYN: again after 1 s */
	lose(0, ms, FLAGS("syn retx"), 1025 * ms);
	lose(5 * ms, 6 * ms, FLAGS("syn ack retx"), 1025 * ms);
	/* ACK, data and FIN: 200 ms, and the FIN when data are acknowledged */
	lose(10 * ms, 11 * ms, FLAGS("data retx"), 235 * ms);
	/* both ACKs and the FIN of b */
	lose(15 * ms, 16 * ms, FLAGS("fin ack retx"), 225 * ms);
	/* the last ACK: b repeats its FIN, a is in TIME-WAIT */
	lose(20 * ms, 21 * ms, FLAGS("fin ack retx"), 225 * ms);
	/* for a second all, for ten */
	lose(0, SIM_S, FLAGS("syn retx"), 1025 * ms);
	/* 210, 610, 1,410, 3,010, 6,210, 12,610 ms */
	lose(11 * ms, 10 * SIM_S, FLAGS("fin ack retx"), 12625 * ms);
}

/* N bytes that tell where they are. */
static struct str
pattern(char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		p[i] = (char)(i * 2654435761U >> 11);
	return (struct str){ p, n };
}

#define BULK 100000

/* 100 KB each way in two messages over such a link. */
static void
bulk(const struct net_link_params *p, bool v6, struct tcp_world *t)
{
	static char room[BULK];
	struct str bytes = pattern(room, BULK);
	struct side *a;

	CU_ASSERT_EQUAL_FATAL(tcp_open(t, v6, "a r* b", "a-r r-b", p), 0);
	t->next.echo = true;
	a = tcp_connect(t, "a", "b");
	a->echo = false;
	side_send(a, str_slice(bytes, 0, 70001));
	side_send(a, str_slice(bytes, 70001, BULK));
	CU_ASSERT_EQUAL(tcp_run(t), SIM_IDLE);
	CU_ASSERT_EQUAL_FATAL(t->nsides, 2);
	CU_ASSERT_STRING_EQUAL(a->log, "Cr");
	CU_ASSERT_STRING_EQUAL(t->sides[1].log, "Ar");
	CU_ASSERT(has(&t->sides[1], bytes));
	CU_ASSERT(has(a, bytes));
	net_tcp_close(a->c);
	CU_ASSERT_EQUAL(tcp_run(t), SIM_IDLE);
	CU_ASSERT_STRING_EQUAL(t->sides[1].log, "Arfin");
	/* what comes twice may come after the end */
	if (p->duplicate == 0)
		CU_ASSERT_EQUAL(packets(t, FLAGS("rst")), 0);
	CU_ASSERT_EQUAL(sim_held(t->w.sim), 0);
}

static void
disordered_bulk(void)
{
	struct net_link_params p = net_link_defaults;
	struct tcp_world t;

	p.jitter_ns = 20 * SIM_MS;
	bulk(&p, false, &t);
	tcp_close(&t);
	p.duplicate = 1;
	bulk(&p, false, &t);
	CU_ASSERT(packets(&t, FLAGS("data dup")) > 0);
	CU_ASSERT(packets(&t, FLAGS("syn dup")) > 0);
	CU_ASSERT_EQUAL(t.nsides, 2);
	tcp_close(&t);
}

/* One of many segments is lost: three duplicate ACKs bring it at once. */
static void
fast_retransmit(void)
{
	struct tcp_world t;
	struct side *a = pair(&t);
	struct str again;

	set_loss(&t, 1);
	side_send(a, world_text(1460));
	set_loss(&t, 0);
	side_send(a, world_text(1460 * 3));
	tcp_run(&t);
	again = world_line(&t.w, 0, FLAGS("data retx"), NULL);
	CU_ASSERT_EQUAL(world_int(again, "t"), 25 * SIM_MS);
	CU_ASSERT_EQUAL(t.sides[1].in.n, 1460 * 4);
	/* all four were completed by the one that was late */
	CU_ASSERT_EQUAL(
	    world_int(world_line(&t.w, 0, KIND("recv"), NULL), "cause"),
	    world_int(again, "seq"));
	CU_ASSERT_EQUAL(packets(&t, "retx"), 1);
	tcp_close(&t);
}

/* Of segments of 536, 536 and 528 bytes, which come to the last link at 9.6,
 * 14.2 and 18.7 ms, the first LOST are lost; when they are repeated the path
 * takes more, so that the pieces overlap. */
static void
overlap(int lost)
{
	struct net_link_params p = net_link_defaults;
	struct tcp_world t;
	struct side *a, *b = &t.sides[1];
	struct str again;
	int64_t start;

	p.rate_bps = 1000000;
	p.mtu = 576;
	CU_ASSERT_EQUAL_FATAL(tcp_open(&t, false, "a r* b", "a-r r-b", &p), 0);
	a = tcp_connect(&t, "a", "b");
	tcp_run(&t);
	start = sim_now(t.w.sim);
	p.loss = 1;
	net_link_set_params(net_find_link(t.w.net, "r", "b"), &p);
	side_send(a, world_text(1600));
	world_run(&t.w, start + (lost == 1 ? 12 : 17) * SIM_MS);
	p.loss = 0;
	p.mtu = 1500;
	net_link_set_params(net_find_link(t.w.net, "r", "b"), &p);
	net_link_set_params(net_find_link(t.w.net, "a", "r"), &p);
	tcp_run(&t);
	CU_ASSERT_EQUAL(
	    world_count(&t.w, KIND("drop"), "\"loss\""), (size_t)lost);
	again = world_line(&t.w, 0, FLAGS("data retx"), NULL);
	CU_ASSERT_EQUAL(world_int(again, "off"), 0);
	CU_ASSERT_EQUAL(world_int(again, "len"), 1460);
	CU_ASSERT_EQUAL(world_count(&t.w, "\"a>r\"", "retx"), 1);
	CU_ASSERT(has(b, world_text(1600)));
	CU_ASSERT_EQUAL(world_count(&t.w, KIND("recv"), "\"text\""), 0);
	tcp_close(&t);
}

static void
overlapping(void)
{
	overlap(1);
	overlap(2);
}

/* RFC 6298 5.7: a handshake that was repeated makes careful. */
static void
careful(void)
{
	struct tcp_world t;
	struct side *a;

	tcp_make(&t, "a b", "a-b");
	set_loss(&t, 1);
	a = tcp_connect(&t, "a", "b");
	set_loss(&t, 0);
	tcp_run(&t);
	set_loss(&t, 1);
	side_send(a, STR("x"));
	set_loss(&t, 0);
	tcp_run(&t);
	CU_ASSERT_EQUAL(when(&t, 0, FLAGS("data retx"), NULL), 4015 * SIM_MS);
	CU_ASSERT(has(&t.sides[1], STR("x")));
	tcp_close(&t);
}

/* Messages of 1, 2, 3 … bytes, taken so many at a time. */
static void
cuts(void)
{
	const size_t chunks[] = { 1, 2, 7, 100, 820 };

	for (size_t k = 0; k < sizeof(chunks) / sizeof(chunks[0]); k++) {
		struct tcp_world t;
		struct side *a = pair(&t), *b = &t.sides[1];
		size_t recvs = 820 / chunks[k];

		b->chunk = chunks[k];
		for (size_t n = 1; n <= 40; n++)
			side_send(a, world_text(n));
		tcp_run(&t);
		CU_ASSERT_EQUAL(b->in.n, recvs * chunks[k]);
		CU_ASSERT_EQUAL(world_count(&t.w, KIND("recv"), NULL), recvs);
		CU_ASSERT_EQUAL(net_tcp_peek(b->c).n, 820 % chunks[k]);
		/* of the first the bytes are those of the send, or of others */
		CU_ASSERT_EQUAL(
		    str_find(world_line(&t.w, 0, KIND("recv"), NULL),
			"\"text\"") < 0,
		    chunks[k] == 1);
		CU_ASSERT_EQUAL(
		    world_int(world_line(&t.w, 0, KIND("recv"), NULL), "of"),
		    world_int(world_line(&t.w, 0, KIND("send"), NULL), "seq"));
		tcp_close(&t);
	}
}

static void
take_and_skip(void)
{
	struct tcp_world t;
	struct side *a = pair(&t), *b = &t.sides[1];
	int64_t one, two;
	uint64_t got;
	struct str line;

	b->lazy = true;
	CU_ASSERT_EQUAL(net_tcp_peek(b->c).n, 0);
	CU_ASSERT_EQUAL(net_tcp_take(b->c, 5), sim_cause(t.w.sim));
	one = (int64_t)side_send(a, STR("\r\n\r\nfirst"));
	two = (int64_t)side_send(a, STR("second"));
	tcp_run(&t);
	CU_ASSERT(str_is(net_tcp_peek(b->c), "\r\n\r\nfirstsecond"));
	net_tcp_skip(b->c, 4);
	/* not the whole of what was sent */
	got = net_tcp_take(b->c, 5);
	CU_ASSERT_EQUAL(sim_cause(t.w.sim), got);
	line = world_line(&t.w, 0, KIND("recv"), NULL);
	CU_ASSERT_EQUAL(world_int(line, "of"), one);
	CU_ASSERT(world_is(line, "text", "first"));
	net_tcp_take(b->c, 6);
	line = world_line(&t.w, 1, KIND("recv"), NULL);
	CU_ASSERT_EQUAL(world_int(line, "of"), two);
	CU_ASSERT(str_find(line, "\"text\"") < 0);
	CU_ASSERT_EQUAL(world_int(line, "cause"),
	    world_int(world_line(&t.w, 0, FLAGS("data"), "\"len\":6"), "seq"));
	/* more than there is */
	side_send(a, STR("end"));
	tcp_run(&t);
	net_tcp_take(b->c, 1000);
	CU_ASSERT_EQUAL(net_tcp_peek(b->c).n, 0);
	net_tcp_skip(b->c, 1000);
	/* what has no bytes does not travel */
	side_send(a, STR_NULL);
	tcp_run(&t);
	CU_ASSERT_EQUAL(world_count(&t.w, KIND("send"), NULL), 4);
	CU_ASSERT_EQUAL(world_count(&t.w, KIND("recv"), NULL), 3);
	tcp_close(&t);
}

CHECK_MAIN("tcp", { "the handshake", handshake }, { "the records", records },
    { "each packet lost once", losses },
    { "100 KB out of order, and twice", disordered_bulk },
    { "fast retransmit", fast_retransmit }, { "overlapping", overlapping },
    { "careful", careful }, { "cut anywhere", cuts },
    { "take and skip", take_and_skip })
