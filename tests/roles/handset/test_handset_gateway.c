/*
 * TCP at a handset's gateway: RFC 9293.  The board is segments by hand, the
 * other side a host of the network.  What the gateway calls of the rest of the
 * handset stands here, so this is a program of its own.
 */
#include "fixtures/check.h"

#include "roles/handset/handset_stream_in.h"

#include <string.h>

#define OWN   1000u /* the board's first number */
#define PORT  50000u
#define CRLF  "\r\n"
#define PING  "OPTIONS sip:a@b SIP/2.0" CRLF "Content-Length: 0" CRLF CRLF
#define WHOLE (sizeof(PING) - 1)

/* ---- the rest of the handset ---- */

#define GAVE_MAX 200

static struct {
	struct frame_content content;
	char bytes[FRAME_MTU];
	int64_t t;
} gave[GAVE_MAX];
static size_t ngave;

void
handset_net_give(struct handset *h, const struct frame_content *content,
    uint64_t recv, int64_t *after_ns)
{
	(void)recv;
	(void)after_ns;
	CU_ASSERT_FATAL(ngave < GAVE_MAX);
	gave[ngave].content = *content;
	memcpy(gave[ngave].bytes, content->bytes.p, content->bytes.n);
	gave[ngave].content.bytes.p = gave[ngave].bytes;
	gave[ngave++].t = sim_now(h->node->world->sim);
}

void
handset_send_message(struct handset *h, struct str bytes,
    enum trace_proto other, handset_send_fn *send, void *arg)
{
	(void)h;
	(void)other;
	send(bytes, NULL, RULE_NONE, arg);
}

void
handset_clock_ready(struct handset *h)
{
	(void)h;
}

void
handset_heard(struct handset *h, uint64_t recv, struct str bytes)
{
	(void)h;
	(void)recv;
	(void)bytes;
}

/* ---- the world ---- */

static struct world *w;
static struct trace_writer *writer;
static struct node *phone, *far;
static struct handset h;
static struct net_conn *conn; /* the far side's */
static struct net_listener *listener;
static struct buf heard; /* by the far side */
static enum net_close closed;
static unsigned ncloses;

static int
drop_line(const char *line, size_t n, void *arg)
{
	(void)line;
	(void)n;
	(void)arg;
	return 0;
}

static void
far_received(struct net_conn *c, void *arg)
{
	struct str in = net_tcp_peek(c);

	(void)arg;
	buf_str(&heard, in);
	net_tcp_skip(c, in.n);
}

static void
far_closed(struct net_conn *c, enum net_close why, void *arg)
{
	(void)c;
	(void)arg;
	closed = why;
	ncloses++;
	conn = NULL;
}

static const struct net_tcp_ops far_ops = {
	.received = far_received,
	.closed = far_closed,
};

static void
far_accepted(struct net_conn *c, void *arg)
{
	(void)arg;
	conn = c;
	net_tcp_set_user(c, &far_ops, NULL);
}

static struct node *
add_node(const char *name, uint8_t host)
{
	struct world_node spec = {
		.name = name,
		.roles = "",
		.domain = "",
		.addr = { .len = 4, .ip = { 192, 0, 2, host }, .port = 5060 },
	};
	struct node *n;

	CU_ASSERT_EQUAL_FATAL(world_add_node(w, &spec, &n), 0);
	CU_ASSERT_EQUAL_FATAL(node_start(n), 0);
	return n;
}

static void
start(void)
{
	static const struct node_role *const roles[] = { NULL };
	struct net_link *l;

	ngave = 0;
	ncloses = 0;
	CU_ASSERT_EQUAL_FATAL(
	    trace_writer_create(&writer, TRACE_PROTOCOL, drop_line, NULL), 0);
	CU_ASSERT_EQUAL_FATAL(world_create(&w, roles, 1, writer), 0);
	phone = add_node("phone", 1);
	far = add_node("far", 2);
	CU_ASSERT_EQUAL_FATAL(net_add_link(w->net, phone->host, far->host,
				  &net_link_defaults, &l),
	    0);
	CU_ASSERT_EQUAL_FATAL(
	    net_tcp_listen(far->host, 5070, far_accepted, NULL, &listener), 0);
	h = (struct handset){ .node = phone };
	list_init(&h.streams);
}

static void
stop(void)
{
	handset_tcp_close(&h);
	CU_ASSERT_EQUAL(h.nstreams, 0);
	if (conn != NULL)
		net_tcp_abort(conn);
	conn = NULL;
	net_tcp_unlisten(listener);
	world_destroy(w);
	trace_writer_destroy(writer);
	buf_free(&heard);
}

static void
tick(void *arg)
{
	(void)arg;
}

static void
run(int64_t ms)
{
	struct sim_goal goal = { .until_ns = sim_now(w->sim) + ms * SIM_MS,
		.past_idle = true };

	sim_after(w->sim, ms * SIM_MS, "test", tick, NULL);
	CU_ASSERT_NOT_EQUAL(sim_run(w->sim, &goal), SIM_ERROR);
}

/* ---- segments ---- */

/* The board sends FLAGS, and TEXT, N bytes. */
static void
board(unsigned flags, uint32_t seq, uint32_t ack, uint16_t window,
    const char *text, size_t n)
{
	struct datagram d = {
		.proto = DECODE_TCP,
		.len = 4,
		.ip = { { 192, 0, 2, 1 }, { 192, 0, 2, 2 } },
		.port = { PORT, 5070 },
		.payload = { text, n },
		.seq = seq,
		.ack = ack,
		.window = window,
		.flags = (uint8_t)flags,
	};

	handset_tcp_segment(&h, &d);
	run(50);
}

static const struct frame_content *
last(void)
{
	CU_ASSERT_FATAL(ngave > 0);
	return &gave[ngave - 1].content;
}

/* The gateway has said all up to this number; the board's is OWN + 1. */
static uint32_t
connect_board(uint16_t window)
{
	uint32_t first;

	start();
	board(TCP_SYN, OWN, 0, window, "", 0);
	CU_ASSERT_EQUAL_FATAL(ngave, 1);
	CU_ASSERT_EQUAL(last()->flags, FRAME_SYN | FRAME_ACK);
	CU_ASSERT_EQUAL(last()->ack, OWN + 1);
	first = last()->seq + 1;
	board(TCP_ACK, OWN + 1, first, window, "", 0);
	CU_ASSERT_PTR_NOT_NULL_FATAL(conn);
	return first;
}

static void
far_says(const char *text)
{
	net_tcp_send(conn, str_of(text), NULL, RULE_NONE);
	run(50);
}

/* What the board has got from number FIRST on, each byte once. */
static size_t
got_to(uint32_t first, size_t from)
{
	size_t end = 0;

	for (size_t i = from; i < ngave; i++) {
		const struct frame_content *c = &gave[i].content;

		if (c->bytes.n > 0 && c->seq + c->bytes.n - first > end)
			end = c->seq + c->bytes.n - first;
	}
	return end;
}

/* ---- what the board gets ---- */

/* 3.8.1: what is not acknowledged comes again, after 1, 2, 4 … seconds. */
static void
repeated(void)
{
	static const unsigned after_s[] = { 0, 1, 3, 7, 15 };
	uint32_t first = connect_board(4096);
	size_t from = ngave;

	far_says(PING);
	run(31000);
	CU_ASSERT_EQUAL_FATAL(ngave, from + 6);
	for (size_t i = 0; i < 5; i++) {
		const struct frame_content *c = &gave[from + i].content;

		CU_ASSERT_EQUAL(c->seq, first);
		CU_ASSERT(str_is(c->bytes, PING));
		CU_ASSERT_EQUAL(
		    (gave[from + i].t - gave[from].t) / SIM_S, after_s[i]);
	}
	/* 20 s without progress. */
	CU_ASSERT_EQUAL(last()->flags & FRAME_RST, FRAME_RST);
	CU_ASSERT_EQUAL(h.nstreams, 0);
	CU_ASSERT_EQUAL(closed, NET_CLOSE_RESET);
	stop();
	/* Of two segments the second was lost: that one comes again. */
	first = connect_board(20);
	from = ngave;
	far_says(PING);
	CU_ASSERT_EQUAL(got_to(first, from), 20);
	board(TCP_ACK, OWN + 1, first + 20, 4096, "", 0);
	CU_ASSERT_EQUAL(got_to(first, from), WHOLE);
	from = ngave;
	run(1500);
	CU_ASSERT_EQUAL_FATAL(ngave, from + 1);
	CU_ASSERT_EQUAL(last()->seq, first + 20);
	board(TCP_ACK, OWN + 1, first + WHOLE, 4096, "", 0);
	from = ngave;
	run(30000);
	CU_ASSERT_EQUAL(ngave, from);
	CU_ASSERT_EQUAL(h.nstreams, 1);
	stop();
}

/* 3.8.6.1: into a closed window a byte goes from time to time, and the
 * connection stays for as long as that is acknowledged. */
static void
closed_window(void)
{
	uint32_t first = connect_board(0);
	size_t from = ngave;

	far_says(PING);
	CU_ASSERT_EQUAL(ngave, from);
	for (size_t i = 0; i < 10; i++) {
		from = ngave;
		for (size_t s = 0; s < 61 && ngave == from; s++)
			run(1000);
		CU_ASSERT_EQUAL_FATAL(ngave, from + 1);
		CU_ASSERT_EQUAL(last()->seq, first);
		CU_ASSERT(str_is(last()->bytes, "O"));
		board(TCP_ACK, OWN + 1, first, 0, "", 0);
		CU_ASSERT_EQUAL_FATAL(h.nstreams, 1);
	}
	CU_ASSERT(sim_now(w->sim) > 100 * SIM_S);
	from = ngave;
	board(TCP_ACK, OWN + 1, first, 4096, "", 0);
	CU_ASSERT_EQUAL(got_to(first, from), WHOLE);
	board(TCP_ACK, OWN + 1, first + WHOLE, 4096, "", 0);
	CU_ASSERT_EQUAL(h.nstreams, 1);
	stop();
	/* Nobody answers: it is given up. */
	connect_board(0);
	far_says(PING);
	run(60000);
	CU_ASSERT_EQUAL(h.nstreams, 0);
	CU_ASSERT_EQUAL(closed, NET_CLOSE_RESET);
	stop();
}

/* ---- what the board sends ---- */

/* 3.10.7.4: what is there already, or is too early, is acknowledged and left
 * where it is. */
static void
out_of_order(void)
{
	uint32_t first = connect_board(4096), own = OWN + 1;

	board(TCP_ACK, own + 20, first, 4096, &PING[20], WHOLE - 20);
	CU_ASSERT_EQUAL(last()->ack, own);
	CU_ASSERT_EQUAL(heard.n, 0);
	board(TCP_ACK, own, first, 4096, PING, 20);
	CU_ASSERT_EQUAL(last()->ack, own + 20);
	CU_ASSERT_EQUAL(heard.n, 0);
	/* Again, with more behind it. */
	board(TCP_ACK, own, first, 4096, PING, 30);
	board(TCP_ACK, own, first, 4096, PING, 20);
	CU_ASSERT_EQUAL(last()->ack, own + 30);
	board(TCP_ACK, own + 20, first, 4096, &PING[20], WHOLE - 20);
	CU_ASSERT_EQUAL(last()->ack, own + WHOLE);
	CU_ASSERT(str_is(buf_view(&heard), PING));
	board(TCP_ACK, own, first, 4096, PING, WHOLE);
	CU_ASSERT_EQUAL(heard.n, WHOLE);
	/* An acknowledgement of what never went. */
	board(TCP_ACK, own + WHOLE, first + 9, 4096, PING, WHOLE);
	CU_ASSERT_EQUAL(heard.n, WHOLE);
	/* A FIN that is too early, then in its place, then again. */
	board(TCP_ACK | TCP_FIN, own + WHOLE + 5, first, 4096, "", 0);
	CU_ASSERT_EQUAL(last()->ack, own + WHOLE);
	CU_ASSERT_EQUAL(ncloses, 0);
	for (int i = 0; i < 2; i++)
		board(TCP_ACK | TCP_FIN, own + WHOLE, first, 4096, "", 0);
	CU_ASSERT_EQUAL(last()->ack, own + WHOLE + 1);
	CU_ASSERT_EQUAL(ncloses, 1);
	CU_ASSERT_EQUAL(closed, NET_CLOSE_NORMAL);
	board(TCP_ACK, own + WHOLE + 1, first + 1, 4096, "", 0);
	CU_ASSERT_EQUAL(h.nstreams, 0);
	stop();
}

/* ---- RST ---- */

static void
broken_off(void)
{
	uint32_t first = connect_board(4096);

	/* The board's is the far side's, too. */
	board(TCP_RST, OWN + 1, 0, 0, "", 0);
	CU_ASSERT_EQUAL(h.nstreams, 0);
	CU_ASSERT_EQUAL(closed, NET_CLOSE_RESET);
	/* What comes behind it belongs to nothing: 3.10.7.1. */
	board(TCP_ACK, OWN + 1, first, 4096, PING, WHOLE);
	CU_ASSERT_EQUAL(last()->flags, FRAME_RST);
	CU_ASSERT_EQUAL(last()->seq, first);
	board(0, OWN + 1, 0, 4096, PING, WHOLE);
	CU_ASSERT_EQUAL(last()->flags, FRAME_RST | FRAME_ACK);
	CU_ASSERT_EQUAL(last()->ack, OWN + 1 + WHOLE);
	/* A RST is answered by nobody. */
	ngave = 0;
	board(TCP_RST | TCP_ACK, OWN + 1, first, 0, "", 0);
	CU_ASSERT_EQUAL(ngave, 0);
	stop();
	/* The far side breaks it off. */
	connect_board(4096);
	net_tcp_abort(conn);
	conn = NULL;
	run(50);
	CU_ASSERT_EQUAL(last()->flags & FRAME_RST, FRAME_RST);
	CU_ASSERT_EQUAL(h.nstreams, 0);
	stop();
	/* A board that was reset takes its port again. */
	connect_board(4096);
	conn = NULL;
	board(TCP_SYN, OWN + 77777, 0, 4096, "", 0);
	CU_ASSERT_EQUAL(last()->flags, FRAME_SYN | FRAME_ACK);
	CU_ASSERT_EQUAL(last()->ack, OWN + 77778);
	CU_ASSERT_EQUAL(h.nstreams, 1);
	stop();
	/* Nobody is there: a SYN gets a RST. */
	start();
	net_tcp_unlisten(listener);
	listener = NULL;
	board(TCP_SYN, OWN, 0, 4096, "", 0);
	CU_ASSERT_EQUAL(last()->flags, FRAME_RST | FRAME_ACK);
	CU_ASSERT_EQUAL(last()->ack, OWN + 1);
	CU_ASSERT_EQUAL(h.nstreams, 0);
	stop();
}

CHECK_MAIN("handset: gateway", { "repeated", repeated },
    { "closed window", closed_window }, { "out of order", out_of_order },
    { "broken off", broken_off })
