/*
 * SIP over TCP between nodes (node/node_transport.c): streams cut anywhere,
 * connections that break in the middle of a message, are idle, find no memory.
 * The rest: transport.case.  RFC 3261 18.
 */
#include "fixtures/tcp_tester.h"

#define TCP "\"transport\":\"tcp\""
#define UDP "\"transport\":\"udp\""

static struct stage s;
static struct tcp_tester peer;

/* Sends over TCP from SRC ("192.0.2.1:") with START. */
static size_t
tcp_sends(const char *node, const char *start)
{
	char by[40], what[40];

	snprintf(by, sizeof(by), "\"src\":\"%s\"", node);
	snprintf(what, sizeof(what), "\"start\":%s", start);
	return stage_count(&s, TCP, by, what);
}

/* How many ports NODE, which is HOST, has made connections from. */
static size_t
connections_of(unsigned host)
{
	size_t n = 0;

	for (unsigned port = 49152; port < 49172; port++) {
		char from[50];

		snprintf(from, sizeof(from), "\"src_addr\":\"192.0.2.%u:%u\"",
		    host, port);
		n += stage_count(&s, KIND("send"), from, NULL) > 0;
	}
	return n;
}

static bool
idle(void)
{
	return sim_held(s.w->sim) == 0;
}

/* ---- streams ---- */

static void
serve(void)
{
	stage_open(&s);
	stage_node(&s, "bob", "ua", "b.example", 2,
	    "aor=sip:bob@192.0.2.2 answer=never");
	tcp_tester_open(&s, &peer, "peer", 9, true);
}

static void
done(void)
{
	stage_close(&s);
	tcp_tester_close(&peer);
}

/* A request cut in two at each of its bytes. */
static void
cut_anywhere(void)
{
	struct buf b = BUF_INIT;
	size_t n = 1, cut = 0;

	serve();
	while (cut < n) {
		struct line *l;
		char id[40];

		peer.nlines = peer.t.n = 0;
		snprintf(id, sizeof(id), "c%04zu", cut);
		buf_clear(&b);
		l = tcp_tester_connect(&peer, 2);
		line_request(l, &b, "OPTIONS", "sip:bob@192.0.2.2", id, "", "",
		    "\r\n\r\nbody");
		n = b.n;
		if (cut > 0)
			line_send(l, str_slice(buf_view(&b), 0, cut));
		CU_ASSERT_TRUE(stage_run(&s, 50));
		CU_ASSERT_EQUAL(peer.t.n, 0);
		line_send(l, str_slice(buf_view(&b), cut, n));
		CU_ASSERT_TRUE(stage_run(&s, 50));
		CU_ASSERT_EQUAL(peer.t.n, 1);
		CU_ASSERT_EQUAL(tester_status(&peer.t, 0), 200);
		line_close(l);
		cut++;
	}
	STAGE_HAS(&s, 0, KIND("bad"), NULL, NULL);
	CU_ASSERT_TRUE(cut > 200);
	buf_free(&b);
	done();
}

/* ---- size ---- */

/* A caller whose INVITEs have more than 1,300 bytes. */
static void
talkative(const char *attrs)
{
	struct node *n;
	char label[900];

	memset(label, 'y', sizeof(label) - 1);
	label[sizeof(label) - 1] = '\0';
	n = stage_add(&s, "alice", "ua", "a.example", 1, attrs);
	CU_ASSERT_PTR_NOT_NULL_FATAL(n);
	CU_ASSERT_EQUAL_FATAL(node_set_attr(n, "label", label), 0);
	CU_ASSERT_EQUAL_FATAL(node_start(n), 0);
}

/* ---- troubles ---- */

/* A fault that tears a message in the middle. */
static void
tear(const struct net_sent *sent, struct net_verdict *v, void *arg)
{
	const size_t *at = arg;

	if (str_find(sent->bytes, "INVITE sip:peer") == 0 &&
	    str_find(sent->bytes, "/TCP") > 0) {
		v->cut = true;
		v->cut_at = *at;
	}
}

static void
break_after(struct stage *st, const char *attrs, size_t at)
{
	static size_t where;

	where = at;
	talkative(attrs);
	stage_node(st, "bob", "ua", "b.example", 2,
	    "aor=sip:peer@192.0.2.2 answer=1s");
	net_set_tamper(st->w->net, tear, &where);
	stage_call(st, "alice", "sip:peer@192.0.2.2");
	CU_ASSERT_TRUE(stage_run(st, 3000));
	STAGE_HAS(st, 1, KIND("bad"), NODE("bob"), "\"fault\":\"torn\"");
}

static void
broken_in_mid_message(void)
{
	stage_open(&s);
	break_after(&s, "transport=tcp", 700);
	CU_ASSERT_TRUE(stage_call_is(&s, "alice/1", "terminated"));
	STAGE_HAS(&s, 1, KIND("call"), "\"status\":503", NULL);
	CU_ASSERT_TRUE(idle());
	stage_close(&s);

	/* Where only the size asked for TCP, UDP takes over. */
	stage_open(&s);
	break_after(&s, "", 700);
	CU_ASSERT_TRUE(stage_call_is(&s, "alice/1", "confirmed"));
	stage_close(&s);
}

/* Kept for five minutes of silence (18), which hold up no run. */
static void
idle_connection(void)
{
	struct line *l;

	serve();
	stage_node(&s, "alice", "ua", "a.example", 1, "transport=tcp");
	stage_do(
	    &s, "alice", "options", NULL, "target", "sip:bob@192.0.2.2", NULL);
	l = tcp_tester_connect(&peer, 2);
	line_ask(l, "OPTIONS", "sip:bob@192.0.2.2", "i", "", "");
	CU_ASSERT_TRUE(stage_run(&s, 1000));
	CU_ASSERT_TRUE(idle());
	CU_ASSERT_TRUE(stage_run(&s, 200000));
	stage_do(
	    &s, "alice", "options", NULL, "target", "sip:bob@192.0.2.2", NULL);
	line_ask(l, "OPTIONS", "sip:bob@192.0.2.2", "j", "", "");
	CU_ASSERT_TRUE(stage_run(&s, 299000));
	CU_ASSERT_EQUAL(l->closed[0], '\0');
	STAGE_DO(
	    &s, 40000, "alice", "options", NULL, "target", "sip:bob@192.0.2.2");
	CU_ASSERT_EQUAL(connections_of(1), 1);
	/* Who came waits 32 s longer than who opened. */
	CU_ASSERT_STRING_EQUAL(l->closed, "fin");
	CU_ASSERT_TRUE(stage_run(&s, 310000));
	STAGE_DO(
	    &s, 1000, "alice", "options", NULL, "target", "sip:bob@192.0.2.2");
	CU_ASSERT_EQUAL(connections_of(1), 2);
	CU_ASSERT_EQUAL(tcp_sends("bob", "200"), 6);
	done();
}

/* ---- without memory ---- */

static int
run(int64_t ms)
{
	return stage_run(&s, ms) ? 0 : ERR_NOMEM;
}

static struct node *
try_node(const char *name, unsigned host, const char *attrs)
{
	struct node *n = stage_add(&s, name, "ua", "x.example", host, attrs);

	return n != NULL && node_start(n) == 0 ? n : NULL;
}

static int
make(void)
{
	struct node *mute;
	int err = stage_try(&s);

	if (err != 0)
		return err;
	mute = stage_add(&s, "mute", "", "", 9, "");
	if (mute == NULL || node_start(mute) != 0 ||
	    try_node("alice", 1, "transport=tcp") == NULL ||
	    try_node("bob", 2,
		"transport=tcp answer=100ms hangup=100ms "
		"aor=sip:bob@192.0.2.2") == NULL)
		return ERR_NOMEM;
	return 0;
}

static int
act(void)
{
	int err = stage_do(
	    &s, "alice", "invite", NULL, "target", "sip:bob@192.0.2.2", NULL);

	if (err == 0)
		err = run(2000);
	/* Nobody listens there. */
	if (err == 0)
		err = stage_do(&s, "alice", "options", NULL, "target",
		    "sip:x@192.0.2.9", NULL);
	if (err == 0)
		err = run(100);
	if (err == 0)
		err = stage_do(&s, "bob", "crash", NULL, NULL);
	return err;
}

static void
no_memory(void)
{
	unsigned long n = 0, all;
	int err;

	/* What a connection costs comes after the world was made. */
	do {
		mem_fail_from(++n);
		err = make();
		if (err == 0)
			err = act();
		if (err != 0)
			CU_ASSERT_EQUAL(err, ERR_NOMEM);
		mem_fail_from(0);
		stage_close(&s);
	} while (err != 0 && n < 20000);
	all = n;
	CU_ASSERT_EQUAL(err, 0);
	CU_ASSERT_TRUE(all > 250);
}

CHECK_MAIN("transport", { "cut anywhere", cut_anywhere },
    { "broken in mid-message", broken_in_mid_message },
    { "idle connection", idle_connection }, { "no memory", no_memory })
