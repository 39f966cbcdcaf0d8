/*
 * The follower and messages in an order that no run has: one end alone, parts
 * of a call, repetitions and losses, what crosses, what is missing, and a great
 * many.  For each: the transactions, dialogs and agreements that there are
 * then.
 */
#include "base/err.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "follower_made.h"
#include "follower_walk.h"
#include "msg/header_names.h"

/* What a row expects, a line each:
 *
 *	a>b INVITE 1 200/200 x1 f2 A C L	client, server, method, CSeq;
 *the final response as sent and as it came; repetitions of request, of that; an
 *ACK, a CANCEL that came; it came late a uac ta/tb ok1 r2 A B b	node,
 *side, its tag and the other; how many 2xx, how often the last one came again;
 *	                        	its ACK; BYE sent, come; N: a NOTIFY;
 *agreed
 */
struct row {
	const char *what, *lines, *expected;
	const char *run; /* of a run, where that differs */
};

static void
put_tx(struct buf *out, const struct trace *t, const struct followed_tx *tx)
{
	buf_printf(out, "%.*s>%.*s %.*s %u %u/%u",
	    STR_ARG(trace_name(t, tx->client)),
	    STR_ARG(trace_name(t, tx->server)), STR_ARG(tx->method_name),
	    tx->cseq, tx->status, tx->came_status);
	if (tx->repeats.n > 0)
		buf_printf(out, " x%u", tx->repeats.n);
	if (tx->finals.n > 0)
		buf_printf(out, " f%u", tx->finals.n);
	buf_printf(out, "%s%s%s\n", tx->ack_came != 0 ? " A" : "",
	    tx->cancel != 0 ? " C" : "", tx->late ? " L" : "");
}

static void
put_dialog(struct buf *out, const struct follower_walk *w, struct str key,
    const struct followed_dialog *d)
{
	struct str local, remote = key;
	const struct followed_session *k = follower_walk_session(w, key);

	(void)str_cut(remote, ' ', &remote);
	(void)str_cut(remote, ' ', &remote);
	local = str_cut(remote, ' ', &remote);
	if (k != NULL)
		CU_ASSERT_TRUE(follower_sides_fit(w, k));
	buf_printf(out, "%.*s %s %.*s/%.*s", STR_ARG(trace_name(w->t, d->node)),
	    d->uac ? "uac" : "uas", STR_ARG(local), STR_ARG(remote));
	if (d->noks > 0)
		buf_printf(out, " ok%u", d->noks);
	if (d->oks.n > 0)
		buf_printf(out, " r%u", d->oks.n);
	buf_printf(out, "%s%s%s%s%s\n", d->ack != 0 ? " A" : "",
	    d->bye != 0 ? " B" : "", d->bye_came != 0 ? " b" : "",
	    d->notify != 0 ? " N" : "",
	    k != NULL && k->agreed[0] != 0 && k->agreed[1] != 0 ? " agreed"
								: "");
}

static void
count_ends(
    const struct follower_walk *w, const struct followed_message *s, void *arg)
{
	(void)w;
	*(unsigned *)arg += (s->events & FOLLOWER_DIALOG_ENDED) != 0;
}

static void
put_found(const struct trace *t, struct buf *out)
{
	struct follower_walk w;
	const struct followed_tx *tx;
	unsigned ends = 0, have = 0;
	struct str key;
	void *d;

	CU_ASSERT_EQUAL_FATAL(follower_walk(&w, t, count_ends, &ends), 0);
	for (tx = follower_first_tx(w.f); tx != NULL; tx = tx->next)
		put_tx(out, t, tx);
	for (size_t at = 0; map_next(w.dialogs, &at, &key, &d);) {
		const struct followed_dialog *one = d;

		put_dialog(out, &w, key, one);
		have += one->bye != 0 || one->bye_came != 0;
	}
	/* Each ends once. */
	CU_ASSERT_EQUAL(ends, have);
	follower_walk_free(&w);
}

/* A run, a capture, and one in which all is at one time. */
static void
try_row(const struct row *row)
{
	static const char *const kinds[] = { "run", "capture", "one time" };

	for (int kind = 0; kind < 3; kind++) {
		struct trace *t =
		    follower_made(row->lines, kind != 1, kind == 2);
		const char *expected =
		    kind == 0 && row->run != NULL ? row->run : row->expected;
		LOCAL_BUF out = BUF_INIT;

		put_found(t, &out);
		if (strcmp(buf_cstr(&out), expected) != 0)
			printf("BAD %s (%s):\n%sexpected:\n%s", row->what,
			    kinds[kind], buf_cstr(&out), expected);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&out), expected);
		trace_destroy(t);
	}
}

#define CALL                             \
	"0 a>b! INVITE 1 1 ta/- sdp\n"   \
	"10 b>a! 180/INVITE 1 1 ta/tb\n" \
	"1000 b>a! 200/INVITE 1 1 ta/tb sdp\n"
#define ACKED CALL "1010 a>b! ACK 2 1 ta/tb\n" /* lines 1 to 4 */
#define TX_CALL                  \
	"a>b INVITE 1 200/200\n" \
	"a>b ACK 1 0/0\n"

static const struct row rows[] = {
	{ "what one side sends alone",
	    "0 a>b INVITE 1 1 ta/- sdp\n"
	    "500 a>b INVITE 1 1 ta/- sdp\n"
	    "2000 a>b ACK 2 1 ta/tb\n"
	    "5000 a>b BYE 3 2 ta/tb\n",
	    "a>b INVITE 1 0/0 x1\n"
	    "a>b ACK 1 0/0\n"
	    "a>b BYE 2 0/0\n",
	    NULL },
	{ "what the other side sends alone",
	    "0 b>a 180/INVITE 1 1 ta/tb\n"
	    "1000 b>a 200/INVITE 1 1 ta/tb sdp\n"
	    "1500 b>a 200/INVITE 1 1 ta/tb sdp\n"
	    "5000 b>a BYE 9 1 tb/ta\n",
	    "b>a BYE 1 0/0\n", NULL },
	{ "a response before its request",
	    "0 b>a! 200/INVITE 1 1 ta/tb sdp\n"
	    "5 a>b! INVITE 1 1 ta/- sdp\n"
	    "10 a>b! ACK 2 1 ta/tb\n",
	    "a>b INVITE 1 0/0\n"
	    "a>b ACK 1 0/0\n",
	    NULL },
	{ "requests that overtake each other",
	    ACKED "2000 a>b INFO 3 2 ta/tb\n" /* 5 */
		  "2001 a>b INFO 4 3 ta/tb\n" /* 6 */
		  "2010 @6\n"
		  "2011 @5\n"
		  "2020 b>a! 200/INFO 4 3 ta/tb\n"
		  "2021 b>a! 500/INFO 3 2 ta/tb\n",
	    TX_CALL "a>b INFO 2 500/500 L\n"
		    "a>b INFO 3 200/200\n"
		    "b uas tb/ta ok1 A agreed\n"
		    "a uac ta/tb ok1 A agreed\n",
	    NULL },
	{ "it begins within a call, and ends before its end",
	    "0 a>b! INFO 1 5 ta/tb\n"
	    "10 b>a! 200/INFO 1 5 ta/tb\n"
	    "20 a>b! INVITE 2 6 ta/tb sdp\n"
	    "30 b>a! 200/INVITE 2 6 ta/tb sdp\n"
	    "40 a>b! ACK 3 6 ta/tb\n",
	    "a>b INFO 5 200/200\n"
	    "a>b INVITE 6 200/200\n"
	    "a>b ACK 6 0/0\n"
	    "a uas ta/tb ok1 A agreed\n",
	    NULL },
	{ "the ACK is lost, and 2xx and ACK come again",
	    CALL "1010 a>b ACK 2 1 ta/tb\n"
		 "1500 b>a! 200/INVITE 1 1 ta/tb sdp\n"
		 "1510 a>b! ACK 2 1 ta/tb\n",
	    "a>b INVITE 1 200/200 f1\n"
	    "a>b ACK 1 0/0 x1\n"
	    "b uas tb/ta ok1 r1 A agreed\n"
	    "a uac ta/tb ok1 A agreed\n",
	    NULL },
	{ "the same, as its senders say",
	    CALL "1500 b>a! 200/INVITE 1 1 ta/tb sdp retx\n"
		 "2500 b>a! 200/INVITE 1 1 ta/tb sdp retx\n",
	    "a>b INVITE 1 200/200 f2\n"
	    "b uas tb/ta ok1 r2 agreed\n"
	    "a uac ta/tb ok1 agreed\n",
	    NULL },
	{ "a 2xx of another request comes again, not that of the INVITE",
	    ACKED "2000 a>b! INFO 3 2 ta/tb\n"
		  "2010 b>a! 200/INFO 3 2 ta/tb\n"
		  "2510 b>a! 200/INFO 3 2 ta/tb retx\n"
		  "3510 b>a! 200/INFO 3 2 ta/tb retx\n",
	    TX_CALL "a>b INFO 2 200/200 f2\n"
		    "b uas tb/ta ok1 A agreed\n"
		    "a uac ta/tb ok1 A agreed\n",
	    NULL },
	{ "a late 2xx of the call behind that of a re-INVITE",
	    ACKED "2000 a>b! INVITE 3 2 ta/tb sdp\n"
		  "2010 b>a! 200/INVITE 3 2 ta/tb sdp\n"
		  "2020 b>a! 200/INVITE 1 1 ta/tb sdp\n"
		  "2030 a>b! ACK 2 1 ta/tb\n"
		  "2040 a>b! ACK 4 2 ta/tb\n",
	    "a>b INVITE 1 200/200 f1\n"
	    "a>b ACK 1 0/0 x1\n"
	    "a>b INVITE 2 200/200\n"
	    "a>b ACK 2 0/0\n"
	    "b uas tb/ta ok2 r1 A agreed\n"
	    "a uac ta/tb ok2 A agreed\n",
	    NULL },
	{ "2xx of both sides to INVITEs of one number",
	    ACKED "2000 b>a! INVITE 3 1 tb/ta sdp\n"
		  "2010 a>b! 200/INVITE 3 1 tb/ta sdp\n"
		  "2020 b>a! ACK 4 1 tb/ta\n",
	    TX_CALL "b>a INVITE 1 200/200\n"
		    "b>a ACK 1 0/0\n"
		    "b uas tb/ta ok2 A agreed\n"
		    "a uac ta/tb ok2 A agreed\n",
	    NULL },
	{ "two 2xx of a fork",
	    "0 a>p! INVITE 1 1 ta/- sdp\n"
	    "5 p>b! INVITE 2 1 ta/- sdp fwd=1 vias=2\n"
	    "6 p>c! INVITE 3 1 ta/- sdp fwd=1 vias=2\n"
	    "10 b>p! 200/INVITE 2 1 ta/tb sdp vias=2\n"
	    "11 c>p! 200/INVITE 3 1 ta/tc sdp vias=2\n"
	    "15 p>a! 200/INVITE 1 1 ta/tb sdp fwd=4\n"
	    "16 p>a! 200/INVITE 1 1 ta/tc sdp fwd=5\n"
	    "20 a>b! ACK 4 1 ta/tb\n"
	    "21 a>c! ACK 5 1 ta/tc\n"
	    "22 a>c! BYE 6 2 ta/tc\n"
	    "23 c>a! 200/BYE 6 2 ta/tc\n",
	    "a>p INVITE 1 200/200\n"
	    "p>b INVITE 1 200/200\n"
	    "p>c INVITE 1 200/200\n"
	    "a>b ACK 1 0/0\n"
	    "a>c ACK 1 0/0\n"
	    "a>c BYE 2 200/200\n"
	    "b uas tb/ta ok1 A agreed\n"
	    "c uas tc/ta ok1 A b agreed\n"
	    "a uac ta/tb ok1 A agreed\n"
	    "a uac ta/tc ok1 A B agreed\n",
	    NULL },
	{ "BYEs that cross",
	    ACKED "5000 a>b BYE 3 2 ta/tb\n"
		  "5001 b>a BYE 9 1 tb/ta\n"
		  "5010 @5\n"
		  "5011 @6\n"
		  "5012 b>a! 200/BYE 3 2 ta/tb\n"
		  "5013 a>b! 200/BYE 9 1 tb/ta\n",
	    TX_CALL "a>b BYE 2 200/200\n"
		    "b>a BYE 1 200/200\n"
		    "b uas tb/ta ok1 A B b agreed\n"
		    "a uac ta/tb ok1 A B b agreed\n",
	    NULL },
	{ "INVITEs that cross, and both are refused",
	    ACKED "2000 a>b INVITE 3 2 ta/tb sdp\n"
		  "2001 b>a INVITE 9 1 tb/ta sdp\n"
		  "2010 @5\n"
		  "2011 @6\n"
		  "2012 b>a! 491/INVITE 3 2 ta/tb\n"
		  "2013 a>b! 491/INVITE 9 1 tb/ta\n"
		  "2014 a>b! ACK 3 2 ta/tb\n"
		  "2015 b>a! ACK 9 1 tb/ta\n",
	    TX_CALL "a>b INVITE 2 491/491 A\n"
		    "b>a INVITE 1 491/491 A\n"
		    "b uas tb/ta ok1 A agreed\n"
		    "a uac ta/tb ok1 A agreed\n",
	    NULL },
	{ "a proxy that refuses a re-INVITE is no side of its offer",
	    ACKED "2000 a>p! INVITE 3 2 ta/tb sdp\n"
		  "2010 p>a! 503/INVITE 3 2 ta/tb\n"
		  "2011 a>p! ACK 3 2 ta/tb\n",
	    TX_CALL "a>p INVITE 2 503/503 A\n"
		    "b uas tb/ta ok1 A agreed\n"
		    "a uac ta/tb ok1 A agreed\n",
	    NULL },
	{ "a CANCEL that crosses the 200",
	    "0 a>b! INVITE 1 1 ta/- sdp\n"
	    "10 b>a! 180/INVITE 1 1 ta/tb\n"
	    "1000 a>b CANCEL 1 1 ta/-\n"          /* 3 */
	    "1001 b>a 200/INVITE 1 1 ta/tb sdp\n" /* 4 */
	    "1010 @3\n"
	    "1011 @4\n"
	    "1012 b>a! 200/CANCEL 1 1 ta/tb\n"
	    "1013 a>b! ACK 2 1 ta/tb\n"
	    "1014 a>b! BYE 3 2 ta/tb\n"
	    "1015 b>a! 200/BYE 3 2 ta/tb\n",
	    "a>b INVITE 1 200/200 C\n"
	    "a>b CANCEL 1 200/200\n"
	    "a>b ACK 1 0/0\n"
	    "a>b BYE 2 200/200\n"
	    "b uas tb/ta ok1 A b agreed\n"
	    "a uac ta/tb ok1 A B agreed\n",
	    NULL },
	{ "a NOTIFY before its 2xx",
	    "0 a>b! SUBSCRIBE 1 1 ta/-\n"
	    "10 b>a! NOTIFY 9 1 tb/ta\n"
	    "11 a>b! 200/NOTIFY 9 1 tb/ta\n"
	    "20 b>a! 200/SUBSCRIBE 1 1 ta/tb\n",
	    "a>b SUBSCRIBE 1 200/200\n"
	    "b>a NOTIFY 1 200/200\n"
	    "a uac ta/tb N\n"
	    "b uas tb/ta N\n",
	    NULL },
	{ "a NOTIFY through a proxy makes no dialog there",
	    "0 a>b! SUBSCRIBE 1 1 ta/-\n"
	    "10 b>a! 200/SUBSCRIBE 1 1 ta/tb\n"
	    "11 b>p! NOTIFY 9 1 tb/ta route\n"
	    "12 p>a! NOTIFY 10 1 tb/ta fwd=3 vias=2\n"
	    "13 a>p! 200/NOTIFY 10 1 tb/ta vias=2\n"
	    "14 p>b! 200/NOTIFY 9 1 tb/ta fwd=5\n",
	    "a>b SUBSCRIBE 1 200/200\n"
	    "b>p NOTIFY 1 200/200\n"
	    "p>a NOTIFY 1 200/200\n"
	    "b uas tb/ta N\n"
	    "a uac ta/tb N\n",
	    NULL },
	{ "without Call-ID",
	    "0 a>b! OPTIONS 1 1 ta/- no=Call-ID\n"
	    "5 b>a! 200/OPTIONS 1 1 ta/tb no=Call-ID\n",
	    "a>b OPTIONS 1 200/200\n", NULL },
	{ "without tags",
	    "0 a>b! INVITE 1 1 -/- sdp\n"
	    "5 b>a! 200/INVITE 1 1 -/- sdp\n"
	    "6 a>b! ACK 2 1 -/-\n"
	    "7 a>b! BYE 3 2 -/-\n",
	    "a>b INVITE 1 200/200\n"
	    "a>b ACK 1 0/0\n"
	    "a>b BYE 2 0/0\n",
	    NULL },
	{ "without From and To",
	    "0 a>b! INVITE 1 1 ta/- no=From\n"
	    "5 b>a! 200/INVITE 1 1 ta/tb no=To\n",
	    "a>b INVITE 1 200/200\n", NULL },
	{ "without Via",
	    "0 a>b! OPTIONS 1 1 ta/- no=Via\n"
	    "5 b>a! 200/OPTIONS 1 1 ta/tb no=Via\n",
	    "", NULL },
	{ "without CSeq",
	    "0 a>b! OPTIONS 1 1 ta/- no=CSeq\n"
	    "5 b>a! 200/OPTIONS 1 1 ta/tb no=CSeq\n",
	    "", NULL },
	{ "a 2xx behind Timer B, which a run's client does not hear",
	    "0 a>b! INVITE 1 1 ta/- sdp\n"
	    "33000 b>a! 200/INVITE 1 1 ta/tb sdp\n",
	    "a>b INVITE 1 200/200\n"
	    "b uas tb/ta ok1 agreed\n"
	    "a uac ta/tb ok1 agreed\n",
	    "a>b INVITE 1 200/0\n"
	    "b uas tb/ta ok1 agreed\n" },
	{ "a response with another number of Vias",
	    "0 a>b! OPTIONS 1 1 ta/-\n"
	    "5 b>a! 200/OPTIONS 1 1 ta/tb vias=2\n",
	    "a>b OPTIONS 1 200/0\n", NULL },
	{ "a Call-ID of 60,000 bytes",
	    "0 a>b! OPTIONS 1 1 ta/- long=Call-ID\n"
	    "5 b>a! 200/OPTIONS 1 1 ta/tb long=Call-ID\n",
	    "a>b OPTIONS 1 200/0\n", NULL },
	{ "a Via of 60,000 bytes",
	    "0 a>b! OPTIONS 1 1 ta/- long=Via\n"
	    "5 b>a! 200/OPTIONS 1 1 ta/tb long=Via\n",
	    "", NULL },
	{ "a From of 60,000 bytes",
	    "0 a>b! OPTIONS 1 1 ta/- long=From\n"
	    "5 b>a! 200/OPTIONS 1 1 ta/tb long=From\n",
	    "a>b OPTIONS 1 200/0\n", NULL },
};

static void
orders_are_followed(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		try_row(&rows[i]);
}

/* ---- a great many ---- */

#define MANY (IS_SANITIZED ? 10000 : 100000)

/* N INVITEs, each with its branch; what differs else is KIND's. */
enum many { OF_ONE_CALL, UNANSWERED, OF_ONE_BRANCH };

static struct follower *
read_many(enum many kind, unsigned n)
{
	struct made_words w = { 'a', 'b', "INVITE", "1", "ta", "-", "c1", "",
		"", 1, 1, 0, true, false, false };
	static struct msg m;
	LOCAL_BUF text = BUF_INIT;
	struct followed_message s;
	struct follower *f;

	CU_ASSERT_EQUAL_FATAL(follower_create(&f, true), 0);
	for (unsigned i = 0; i < n; i++) {
		if (kind != OF_ONE_BRANCH)
			snprintf(w.branch, sizeof(w.branch), "%u", i);
		if (kind == UNANSWERED)
			snprintf(w.call, sizeof(w.call), "c%u", i);
		w.cseq = kind == UNANSWERED ? 1 : i + 1;
		buf_clear(&text);
		follower_made_text(&w, &text);
		follower_made_send(f, 2 * i + 1, i * INT64_C(1000000), &w,
		    buf_view(&text), &m, &s);
		CU_ASSERT_EQUAL(s.events, FOLLOWER_BEGUN | FOLLOWER_OFFERED);
		follower_made_arrives(f, 2 * i + 2, i * INT64_C(1000000), &s);
	}
	CU_ASSERT_EQUAL(follower_error(f), 0);
	return f;
}

/* How many transactions there are, each with the right number. */
static unsigned
count_txs(const struct follower *f)
{
	const struct followed_tx *tx = follower_first_tx(f);
	unsigned n = 0;

	for (; tx != NULL; tx = tx->next) {
		CU_ASSERT_EQUAL(tx->id, n);
		CU_ASSERT_EQUAL(tx->request, 2 * n + 1);
		CU_ASSERT_EQUAL(tx->arrived, 2 * n + 2);
		CU_ASSERT_PTR_EQUAL(follower_tx_of(f, 2 * n + 2), tx);
		n++;
	}
	return n;
}

/* What a tenth of them allocates is a tenth: `make count` has the work. */
static void
many_are_followed(void)
{
	static const enum many kinds[] = { OF_ONE_CALL, UNANSWERED,
		OF_ONE_BRANCH };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		unsigned long few, many;
		struct follower *f;

		(void)mem_count();
		follower_destroy(read_many(kinds[i], MANY / 10));
		few = mem_count();
		f = read_many(kinds[i], MANY);
		many = mem_count();
		CU_ASSERT_TRUE(many <= few * 11);
		CU_ASSERT_EQUAL(count_txs(f), MANY);
		follower_destroy(f);
	}
}

/* ---- no memory ---- */

/* Reads T to its end, or until there is no memory: 0 or ERR_NOMEM.  Once told
 * it stays so. */
static int
read_all(const struct trace *t)
{
	struct follower *f = NULL;
	int err = follower_create(&f, true);
	struct followed_message s;

	CU_ASSERT_TRUE((err == 0) == (f != NULL));
	for (uint64_t seq = 1; err == 0 && seq <= trace_count(t); seq++) {
		err = follower_read(f, t, seq, &s);
		CU_ASSERT_TRUE(
		    err == 0 || err == ERR_NOMEM || err == ERR_NOTFOUND);
		if (err == ERR_NOTFOUND)
			err = 0;
		/* It could be told of the record itself; asked it says so. */
		if (f != NULL && follower_error(f) != 0)
			CU_ASSERT_EQUAL(err, ERR_NOMEM);
	}
	follower_destroy(f);
	return err;
}

/* Each allocation fails once, alone, and with all behind it: it is told. */
static void
failures_are_told(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct trace *t = follower_made(rows[i].lines, true, false);
		unsigned long n;

		(void)mem_count();
		CU_ASSERT_EQUAL(read_all(t), 0);
		n = mem_count();
		CU_ASSERT_TRUE(n > 0);
		for (unsigned long k = 1; k <= n; k++) {
			int err;

			mem_fail_from(k);
			err = read_all(t);
			mem_fail_from(0);
			CU_ASSERT_EQUAL(err, ERR_NOMEM);
			mem_fail_only(k);
			err = read_all(t);
			mem_fail_from(0);
			if (err != ERR_NOMEM)
				printf("BAD %s: allocation %lu of %lu\n",
				    rows[i].what, k, n);
			CU_ASSERT_EQUAL(err, ERR_NOMEM);
		}
		trace_destroy(t);
	}
}

CHECK_MAIN("follower order", { "messages in any order", orders_are_followed },
    { "a great many", many_are_followed },
    { "each failed allocation is told", failures_are_told })
