/*
 * Overload control between neighbours, RFC 7339: px has a client before it and
 * a server behind it, which say of themselves what they like.
 */
#include "fixtures/stage.h"

static struct stage s;
static struct tester up, down;
static unsigned asked;

static void
start(const char *attrs)
{
	stage_open(&s);
	tester_open(&s, &up, "up", 8);
	tester_open(&s, &down, "down", 9);
	stage_node(&s, "px", "proxy", "p.example", 2, attrs);
	asked = 0;
}

static void
stop(void)
{
	stage_close(&s);
	tester_close(&up);
	tester_close(&down);
}

/* A new request of a client that takes part, if OFFER says so. */
static void
ask(const char *offer, const char *to, const char *extra)
{
	char branch[80], id[16];

	snprintf(id, sizeof(id), "c%u", ++asked);
	snprintf(branch, sizeof(branch), "%s%s", id, offer);
	tester_ask(
	    &up, 2, "MESSAGE", "sip:bob@192.0.2.9", to, id, 1, branch, extra);
	stage_run(&s, 50);
}

#define OFFER ";oc;oc-algo=\"x,loss\""
#define BOB   "<sip:bob@192.0.2.9>"

/* Whether a new request gets through, or 503. */
static bool
passes(const char *to, const char *extra)
{
	size_t before = tester_count(&up, "MESSAGE", 503);

	ask(OFFER, to, extra);
	return tester_count(&up, "MESSAGE", 503) == before;
}

static struct str
via_at(struct tester *t, size_t i, size_t n)
{
	struct msg_values it = { 0 };
	struct str v = STR_NULL;

	for (size_t k = 0; k <= n; k++)
		if (!msg_next_value(tester_at(t, i), MSG_H_VIA, &it, &v))
			return STR_NULL;
	return v;
}

static void
has_via(struct tester *t, size_t i, size_t n, const char *expected)
{
	struct str v = via_at(t, i, n);

	CU_ASSERT(str_is(v, expected));
	if (!str_is(v, expected))
		fprintf(stderr, "%.*s instead of %s\n", STR_ARG(v), expected);
}

/* 5.6: what one hop says of itself goes no further than that; what is not of
 * overload control does. */
static void
goes_no_further(void)
{
	start("oc=true");
	ask(";x=\"a;oc\"" OFFER ";y", BOB,
	    "Via: SIP/2.0/UDP 192.0.2.77;oc-seq=1.2;branch=z9hG4bKq;"
	    "oc-validity=9;z=oc, SIP/2.0/UDP 192.0.2.78;OC=7\n");
	CU_ASSERT_FATAL(down.n > 0);
	CU_ASSERT(str_find(via_at(&down, 0, 0), ";oc;oc-algo=\"loss\"") > 0);
	has_via(&down, 0, 1,
	    "SIP/2.0/UDP 192.0.2.8:5060;branch=z9hG4bKc1;x=\"a;oc\";y");
	has_via(&down, 0, 2, "SIP/2.0/UDP 192.0.2.77;branch=z9hG4bKq;z=oc");
	has_via(&down, 0, 3, "SIP/2.0/UDP 192.0.2.78");
	stop();
	/* Who does not take part changes no Via of others. */
	start("");
	ask(OFFER, BOB, "");
	CU_ASSERT_FATAL(down.n > 0);
	has_via(
	    &down, 0, 1, "SIP/2.0/UDP 192.0.2.8:5060;branch=z9hG4bKc1" OFFER);
	stop();
}

/* 5.4: what a server says for others than the next hop, they don't hear; the
 * client has the answer to its own offer, if it made one. */
static void
comes_no_further(void)
{
	struct buf *b;
	ptrdiff_t at;

	for (int offers = 0; offers < 2; offers++) {
		start("oc=true throughput=1000");
		ask(offers ? OFFER : "", BOB,
		    "Via: SIP/2.0/UDP 192.0.2.77;branch=z9hG4bKq\n");
		CU_ASSERT_FATAL(down.n > 0);
		/* A liar, who writes into all Vias. */
		b = &down.got[0].bytes;
		at = str_find(buf_view(b), ";branch=z9hG4bKc1");
		CU_ASSERT_FATAL(at > 0);
		memcpy(b->p + at, ";oc=9;branch=zc1", 16);
		tester_answer(&down, 0, 200, "b", "");
		stage_run(&s, 50);
		CU_ASSERT_EQUAL_FATAL(up.n, 1);
		CU_ASSERT_EQUAL(str_find(via_at(&up, 0, 0), "oc=9"), -1);
		CU_ASSERT_EQUAL(str_find(via_at(&up, 0, 0),
				    ";oc=0;oc-algo=\"loss\";oc-validity=0;"
				    "oc-seq=0.000") > 0,
		    offers);
		CU_ASSERT_EQUAL(str_find(via_at(&up, 0, 0), "oc-") > 0, offers);
		has_via(&up, 0, 1, "SIP/2.0/UDP 192.0.2.77;branch=z9hG4bKq");
		stop();
	}
}

#define WORD(oc, validity, seq) \
	"oc=" oc ";oc-algo=\"loss\";oc-validity=" validity ";oc-seq=" seq

/* 4.3, 4.4, 5.4, 5.7: which word holds. */
static void
words(void)
{
	static const struct {
		const char *word;
		bool passes;
	} rows[] = {
		{ "oc=100;oc-algo=\"loss\"", true }, /* 5.2: a number */
		{ WORD("100", "90000", "x"), true },
		{ WORD("100", "90000", ".5"), true },
		{ WORD("100", "90000", "1.123456"), true },
		{ WORD("100", "90000", "1234567890123.0"), true },
		{ WORD("", "90000", "6.0"), true },
		{ WORD("101", "90000", "6.0"), true },
		{ WORD("100", "90000", "5.5"), false },
		{ WORD("0", "90000", "5.5"), false },  /* the same */
		{ WORD("0", "90000", "5.49"), false }, /* late */
		{ WORD("0", "0", "5.49999"), false },
		{ WORD("900", "90000", "5.6"), false }, /* nonsense */
		{ WORD("0", "90000", "5.51"), true },
		{ WORD("100", "90000", "5.505"), true },
		{ WORD("100", "90000", "6"), false },  /* 4.4: no fraction */
		{ WORD("100", "0", "7.0"), true },     /* 5.7 */
		{ WORD("100", "90000", "6.9"), true }, /* late: it is over */
		{ WORD("100", "90000", "999999999999.99999"), false },
		{ WORD("900", "0", "0.00001"), true }, /* 4.4: over the end */
		{ WORD("100", "90000", "0.0"), true },
		{ "oc=100;oc-algo=\"loss\";oc-seq=8.0", false },
	};
	size_t n = sizeof(rows) / sizeof(*rows);

	start("oc=true");
	for (size_t i = 0; i < n; i++)
		ask(OFFER, BOB, "");
	for (size_t i = 0; i < n; i++) {
		size_t at = tester_find(&down, "MESSAGE", 0, 0);

		/* The I-th request; others may have come again. */
		for (char id[16]; at < down.n; at++) {
			snprintf(id, sizeof(id), "c%zu", i + 1);
			if (str_is(
				msg_value(tester_at(&down, at), MSG_H_CALL_ID),
				id))
				break;
		}
		CU_ASSERT_FATAL(at < down.n);
		tester_answer_by(&down, at, 200, rows[i].word);
		stage_run(&s, 20);
		if (passes(BOB, "") != rows[i].passes) {
			CU_FAIL("a word");
			fprintf(stderr, "%s\n", rows[i].word);
		}
	}
	/* 4.3: 500 ms where nothing is said. */
	stage_run(&s, 450);
	CU_ASSERT(passes(BOB, ""));
	stop();
}

/* 5.10.1: what goes first, and what is ordinary. */
static void
rank(void)
{
	static const struct {
		const char *to, *extra;
		bool first;
	} rows[] = {
		{ BOB, "", false },
		{ BOB ";tag=b", "", true },
		{ BOB, "Resource-Priority: ets.4\n", true },
		{ BOB, "Resource-Priority: dsn.flash, q735.4\n", true },
		{ BOB, "Resource-Priority: dsn.routine\n", false },
		{ BOB, "Resource-Priority: DRSN.routine, q735.4\n", false },
		{ "<urn:service:sos>", "", true },
		{ "<urn:service:sos.fire>", "", true },
		{ "<urn:service:sosa>", "", false },
		{ "<urn:service:so>", "", false },
	};
	size_t n = sizeof(rows) / sizeof(*rows);
	unsigned kept[10] = { 0 };

	start("oc=true");
	ask(OFFER, BOB, "");
	tester_answer_by(&down, 0, 200, WORD("40", "900000", "1.0"));
	stage_run(&s, 20);
	/* Half of them are candidates, four fifths of which must go. */
	for (unsigned turn = 0; turn < 12; turn++) {
		for (size_t i = 0; i < n; i++)
			kept[i] += !passes(rows[i].to, rows[i].extra);
		for (size_t i = 0; i < down.n; i++)
			buf_free(&down.got[i].bytes);
		for (size_t i = 0; i < up.n; i++)
			buf_free(&up.got[i].bytes);
		up.n = down.n = 0;
	}
	for (size_t i = 0; i < n; i++)
		CU_ASSERT_EQUAL(kept[i] > 0, !rows[i].first);
	stop();
}

CHECK_MAIN("overload", { "goes no further", goes_no_further },
    { "comes no further", comes_no_further }, { "words", words },
    { "rank", rank })
