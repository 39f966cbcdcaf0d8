/*
 * A phone that keeps its way open (RFC 5626 4.4, 4.5), and its questions to
 * STUN servers (RFC 8489).  The tester is the server.
 */
#include "fixtures/stage.h"

#include "stun/stun.h"

static struct stage s;
static struct tester t;

static void
open_phone(const char *attrs)
{
	STAGE_OPEN(&s, &t, "t", 9);
	CU_ASSERT_EQUAL(world_add_domain(s.w, "b.example", t.node), 0);
	stage_node(&s, "bob", "ua", "b.example", 6, attrs);
	STAGE_DO(&s, 100, "bob", "register", NULL);
}

static void
close_phone(void)
{
	struct node *bob = world_find(s.w, "bob");

	/* Else it keeps its way open for ever. */
	if (bob->up)
		node_crash(bob);
	STAGE_STOP(&s, 60000);
	tester_close(&t);
}

/* Until T has got N messages. */
static void
run_until(size_t n)
{
	for (size_t i = 0; i < 300 && t.n < n; i++)
		stage_run(&s, 100);
	CU_ASSERT_EQUAL_FATAL(t.n, n);
}

/* Answers the I-th message, a STUN request: SEEN is how the phone is seen. */
static void
answer_stun(size_t i, const char *seen, enum stun_class class)
{
	struct addr dst = stage_addr(6), mapped;
	struct buf out = BUF_INIT;
	struct stun m;

	CU_ASSERT_FATAL(i < t.n);
	CU_ASSERT_EQUAL_FATAL(
	    stun_read(buf_view(&t.got[i].bytes), &m), STUN_FAULT_NONE);
	CU_ASSERT_EQUAL(m.class, STUN_REQUEST);
	CU_ASSERT(m.fingerprint);
	stun_begin(&out, STUN_BINDING, class, m.id.p);
	if (seen[0] == '?') {
		/* what must be understood, and nobody knows */
		stun_put(&out, (enum stun_type)0x00FF, STR_NULL);
		seen++;
	}
	if (class == STUN_SUCCESS) {
		addr_parse(str_of(seen), &mapped);
		stun_put_addr(&out, STUN_XOR_MAPPED_ADDRESS, &mapped);
	} else {
		stun_put_error(&out, 500, "Server Error");
	}
	stun_put_fingerprint(&out);
	tester_send(&t, &dst, buf_view(&out));
	buf_free(&out);
	stage_run(&s, 100);
}

/* RFC 5626 4.4.2: seen at another address the flow has failed; or by silence,
 * after seven requests; and then there is a new one. */
static void
stun_keepalive(void)
{
	open_phone("keepalive=stun keepalive_every=20s");
	tester_answer(&t, 0, 200, "r", "Expires: 3600\n");
	stage_run(&s, 20);
	CU_ASSERT_EQUAL_FATAL(t.n, 2);
	answer_stun(1, "203.0.113.1:4000", STUN_SUCCESS);
	run_until(3);
	answer_stun(2, "203.0.113.1:4001", STUN_SUCCESS);
	CU_ASSERT_EQUAL_FATAL(t.n, 4);
	CU_ASSERT(tester_is(&t, 3, "REGISTER"));
	CU_ASSERT(stage_count(&s, RULE("keepalive-stun"), NULL, NULL) > 0);
	CU_ASSERT(stage_count(&s, RULE("flow-again"), NULL, NULL) > 0);
	tester_answer(&t, 3, 200, "r", "Expires: 3600\nFlow-Timer: 10\n");
	stage_run(&s, 60000);
	/* RFC 8489 6.2.1: 0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5 s; 39.5 s. */
	STAGE_HAS(&s, 6, KIND("send"), "\"proto\":\"stun\"", "\"retx\"");
	CU_ASSERT(stage_count(&s, RULE("stun-silent"), KIND("fsm"), NULL) > 0);
	/* 4.5: a flow of which nothing came back has never been one: the next
	 * is made 30 to 60 s later. */
	STAGE_HAS(&s, 1, RULE("flow-wait"), KIND("fsm"), NULL);
	TESTER_HAS(&t, 2, "REGISTER", 0);
	stage_run(&s, 40000);
	CU_ASSERT(tester_count(&t, "REGISTER", 0) > 2);
	STAGE_HAS(&s, 1, RULE("register-recover"), KIND("fsm"), NULL);
	close_phone();
}

/* 8: who has not said that he knows flows is asked nothing; 4.4: how often he
 * wants to hear something is what he has said last. */
static void
only_who_knows(void)
{
	open_phone("flows=1 expires=100s");
	tester_answer(&t, 0, 200, "r", "Expires: 100\n");
	stage_run(&s, 90100);
	CU_ASSERT_EQUAL_FATAL(t.n, 2);
	CU_ASSERT(tester_is(&t, 1, "REGISTER"));
	tester_answer(&t, 1, 200, "r",
	    "Expires: 3600\nRequire: outbound\nFlow-Timer: 900\n");
	stage_run(&s, 100);
	answer_stun(2, "203.0.113.1:4000", STUN_SUCCESS);
	STAGE_DO(&s, 100, "bob", "register", NULL);
	CU_ASSERT(tester_is(&t, 3, "REGISTER"));
	tester_answer(&t, 3, 200, "r",
	    "Expires: 3600\nRequire: outbound\nFlow-Timer: 10\n");
	run_until(5);
	answer_stun(4, "?203.0.113.1:4000", STUN_SUCCESS);
	STAGE_HAS(&s, 1, RULE("stun-refused"), KIND("fsm"), NULL);
	STAGE_HAS(&s, 1, RULE("keepalive-stun"), KIND("note"), NULL);
	close_phone();
}

/* Empty lines: nobody answers them by UDP. */
static void
crlf_keepalive(void)
{
	open_phone("keepalive=crlf keepalive_every=10s");
	tester_answer(&t, 0, 200, "r", "Expires: 3600\n");
	stage_run(&s, 60000);
	CU_ASSERT(t.n >= 6 && t.n <= 9);
	CU_ASSERT(str_is(buf_view(&t.got[1].bytes), "\r\n\r\n"));
	STAGE_HAS(&s, 0, KIND("note"), "failed", NULL);
	close_phone();
}

static void
say_hex(const char *hex, size_t n)
{
	struct addr dst = stage_addr(6);
	struct buf out = BUF_INIT;

	for (size_t i = 0; i < n; i++)
		buf_putc(&out,
		    (char)(chr_hex(hex[2 * i]) << 4 | chr_hex(hex[2 * i + 1])));
	tester_send(&t, &dst, buf_view(&out));
	buf_free(&out);
	stage_run(&s, 20);
}

/* How many types BYTES, a STUN message, says are unknown. */
static size_t
count_unknown(struct str bytes)
{
	struct stun_attr a;
	struct stun m;

	CU_ASSERT_EQUAL_FATAL(stun_read(bytes, &m), STUN_FAULT_NONE);
	for (size_t at = 0; stun_next(&m, &at, &a);)
		if (a.type == STUN_UNKNOWN_ATTRIBUTES)
			return a.value.n / 2;
	return 0;
}

/* What a phone that waits for an answer is told by others, or wrongly. */
static void
hostile(void)
{
	static const char *const said[] = {
		/* an answer with an id that nobody has asked with */
		("0101000c2112a442b7e7a701bc34d686fa87dfae"
		 "002000080001a147e112a643"),
		/* a request with an attribute that is too long */
		"000100042112a442b7e7a701bc34d686fa87dfae80220008",
		/* a wrong fingerprint */
		"000100082112a442b7e7a701bc34d686fa87dfae8028000400000000",
		/* no Binding */
		"000300002112a442b7e7a701bc34d686fa87dfae",
	};

	STAGE_OPEN(&s, &t, "t", 9);
	node_set_attr(stage_node(&s, "st", "stun", "", 8, ""), "label", "st");
	CU_ASSERT_EQUAL(world_add_domain(s.w, "b.example", t.node), 0);
	stage_node(&s, "bob", "ua", "b.example", 6, "stun=st");
	for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++)
		say_hex(said[i], strlen(said[i]) / 2);
	STAGE_HAS(&s, 4, KIND("bad"), "\"fault\":\"stun\"", NODE("bob"));
	CU_ASSERT_EQUAL(t.n, 0);
	/* It goes on, and answers who asks rightly: also what must be
	 * understood and is not. */
	say_hex(
	    "0001000c2112a442b7e7a701bc34d686fa87dfae00ff00008fff000000fe0000",
	    32);
	CU_ASSERT_EQUAL_FATAL(t.n, 1);
	CU_ASSERT_EQUAL(count_unknown(buf_view(&t.got[0].bytes)), 2);
	STAGE_HAS(&s, 1, RULE("stun-unknown"), KIND("send"), NULL);
	STAGE_DO(&s, 100, "bob", "register", NULL);
	CU_ASSERT(tester_is(&t, 1, "REGISTER"));
	close_phone();
}

/* A server with one address can't be asked for another (RFC 5780 6.1). */
static void
one_address(void)
{
	STAGE_OPEN(&s, &t, "t", 9);
	stage_node(&s, "st", "stun", "", 8, "");
	stage_node(&s, "bob", "ua", "b.example", 6, "stun=st");
	stage_run(&s, 100);
	STAGE_HAS(&s, 1, RULE("stun-contact"),
	    "192.0.2.6:5060 is seen as 192.0.2.6:5060", NULL);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "discover_nat", NULL, NULL), 0);
	CU_ASSERT(stage_do(&s, "bob", "discover_nat", NULL, NULL) != 0);
	stage_run(&s, 100);
	STAGE_HAS(
	    &s, 1, RULE("nat-test-mapping"), KIND("note"), "one address only");
	close_phone();
}

CHECK_MAIN("keepalive", { "kept alive by STUN", stun_keepalive },
    { "only who knows flows", only_who_knows },
    { "kept alive by empty lines", crlf_keepalive },
    { "hostile STUN", hostile }, { "one address", one_address })
