/*
 * The story of SIP in a trace: what a message's records say of it; and those
 * who follow it say the same of each call: the list of calls and what is
 * measured, of all labs, over good ways and bad ones.
 */
#include "base/err.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "measures/measures.h"
#include "fixtures/sample_trace.h"
#include "follower/sent_message.h"
#include "calls/calls.h"

/* ---- messages ---- */

static uint64_t
put(struct sample *s, const char *kind, const char *node, const char *more,
    unsigned long long of)
{
	s->t += MS;
	return sample_rec(s, kind, node, 0, NULL, more, of);
}

static void
reads_messages(void)
{
	static const struct {
		uint64_t seq, send;
		int err;
		bool sip;
	} of[] = {
		{ 1, 1, 0, true },
		{ 2, 1, 0, true },             /* its arrival */
		{ 3, 1, 0, true },             /* thrown away there */
		{ 4, 1, 0, true },             /* a copy, lost */
		{ 5, 0, ERR_NOTFOUND, false }, /* of an arrival */
		{ 6, 0, ERR_NOTFOUND, false }, /* of a loss */
		{ 7, 0, ERR_NOTFOUND, false }, /* of what comes */
		{ 8, 0, ERR_NOTFOUND, false }, /* a remark */
		{ 9, 9, 0, false },
	};
	struct sent_message m = SENT_MESSAGE_INIT;
	struct diag d = DIAG_INIT;
	struct sample s;
	struct trace *t;

	sample_begin(&s, "By hand");
	sample_node(&s, "a", "ua", "x.example", "A");
	sample_node(&s, "b", "ua", "x.example", "B");
	put(&s, "send", "a",
	    ",'src':'a','dst':'b','start':'BYE','cseq':'7 BYE','call_id':'c',"
	    "'branch':'z1','text':'BYE sip:b SIP/2.0\\r\\nFrom: <sip:a>;tag=1"
	    "\\r\\nTo: <sip:b>;tag=2\\r\\nCSeq: 7 BYE\\r\\n\\r\\n'",
	    0);
	put(&s, "recv", "b", ",'of':%llu", 1);
	put(&s, "drop", "b", ",'of':%llu", 2);
	put(&s, "drop", "", ",'of':%llu", 1);
	put(&s, "recv", "b", ",'of':%llu", 2);
	put(&s, "recv", "b", ",'of':%llu", 4);
	put(&s, "recv", "b", ",'of':%llu", 9);
	put(&s, "note", "b", ",'of':%llu", 1);
	put(&s, "send", "b",
	    ",'src':'b','dst':'a','proto':'rtp','text':'x','start':200,"
	    "'cseq':'7 BYE'",
	    0);
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &s.b, "by hand", &d), 0);
	for (size_t i = 0; i < sizeof(of) / sizeof(of[0]); i++) {
		CU_ASSERT_EQUAL(sent_message_read(&m, t, of[i].seq), of[i].err);
		CU_ASSERT_EQUAL(m.seq, of[i].send);
		if (of[i].err == 0)
			CU_ASSERT_EQUAL(m.sip, of[i].sip);
	}
	CU_ASSERT_TRUE(str_is(sent_message_method(&m.send), "BYE"));
	CU_ASSERT_EQUAL(sent_message_read_text(&m), ERR_SYNTAX);
	CU_ASSERT_EQUAL(m.cseq, 0);
	CU_ASSERT_EQUAL(sent_message_read(&m, t, 1), 0);
	CU_ASSERT_NOT_EQUAL(sent_message_read_text(&m), ERR_NOMEM);
	CU_ASSERT_EQUAL(m.cseq, 7);
	CU_ASSERT_TRUE(str_is(m.from_tag, "1"));
	CU_ASSERT_TRUE(str_is(m.to_tag, "2"));
	sent_message_free(&m);
	trace_destroy(t);
}

/* An INVITE's transaction is its ACK's, too, and not its CANCEL's. */
static void
names_transactions(void)
{
	LOCAL_BUF a = BUF_INIT, b = BUF_INIT;
	struct str z1 = STR("z1"), z2 = STR("z2");
	struct str invite = sent_message_transaction_key(&a, 1, true, z1);

	CU_ASSERT_TRUE(
	    str_eq(invite, sent_message_transaction_key(&b, 1, true, z1)));
	CU_ASSERT_FALSE(
	    str_eq(invite, sent_message_transaction_key(&b, 1, false, z1)));
	CU_ASSERT_FALSE(
	    str_eq(invite, sent_message_transaction_key(&b, 2, true, z1)));
	CU_ASSERT_FALSE(
	    str_eq(invite, sent_message_transaction_key(&b, 1, true, z2)));
}

/* ---- followers ---- */

static size_t compared;

/* What was measured of the call in ROW is what the list says of it. */
static bool
agree(const struct measure *a, const struct calls_row *row)
{
	if (a->t_told != row->told)
		return false;
	return a->end != MEASURE_ANSWERED || a->status == row->status;
}

static void
compare_calls(const char *file, const char *setting, const struct trace *t)
{
	struct measures *m;
	struct calls *c;

	CU_ASSERT_EQUAL_FATAL(measures_create(&m), 0);
	CU_ASSERT_EQUAL_FATAL(calls_create(&c), 0);
	while (measures_extend(m, t, 1000) || calls_extend(c, t, 1000))
		;
	for (size_t i = 0; i < measures_count(m); i++) {
		const struct measure *a = measures_get(m, i);
		size_t at = calls_find(c, a->call_id);
		const struct calls_row *row;

		CU_ASSERT_NOT_EQUAL_FATAL(at, SIZE_MAX);
		row = calls_row(c, at);
		if (a->kind != MEASURE_SESSION ||
		    !str_is(row->method, "INVITE"))
			continue;
		compared++;
		if (!agree(a, row))
			printf("BAD %s %s: call %.*s: told at %lld, %lld; "
			       "status %u, %u\n",
			    file, setting != NULL ? setting : "",
			    STR_ARG(a->call_id), (long long)a->t_told,
			    (long long)row->told, a->status, row->status);
		CU_ASSERT_TRUE(agree(a, row));
	}
	calls_destroy(c);
	measures_destroy(m);
}

static void
compare(const char *file, const char *setting)
{
	struct lab_options o = LAB_OPTIONS;
	LOCAL_BUF out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct trace *t;
	int err;

	o.setting = setting;
	err = lab_run(file, &o, &out, &d);
	/* A script may want what the way does not let it have. */
	CU_ASSERT_TRUE(err == 0 || setting != NULL);
	if (err == 0) {
		CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &out, file, &d), 0);
		compare_calls(file, setting, t);
		trace_destroy(t);
	}
}

static void
compare_ways(const char *file)
{
	if (lab_is_slow(file))
		return;
	compare(file, NULL);
	/* Its program, which is to be written, makes another request of each
	 * copy: what is told first differs from what is best. */
	if (strcmp(file, "labs/agent-stateless-proxy") == 0)
		return;
	compare(file, "delay=400ms");
	compare(file, "loss=20%");
}

static void
followers_agree(void)
{
	labs_each_nth(compare_ways, true, LABS_SOME);
	CU_ASSERT_TRUE(compared > 300 / LABS_SOME);
}

CHECK_MAIN("story", { "messages", reads_messages },
    { "transactions", names_transactions }, { "followers", followers_agree })
