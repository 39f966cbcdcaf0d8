/*
 * Traces run again for their packets: the same records with packets between
 * them, whatever a person did, and none of it where the trace is not that of
 * its inputs.
 */
#include "fixtures/check.h"
#include "runs/rerun.h"
#include "fixtures/labs.h"
#include "runs/inputs_named.h"

/* The trace of LAB with an ACT (may be NULL). */
static void
run_lab(
    const char *lab, const char *act, enum trace_detail detail, struct buf *out)
{
	struct lab_options o = LAB_OPTIONS;
	struct diag d = DIAG_INIT;

	o.detail = detail;
	o.act = act;
	if (lab_run(lab, &o, out, &d) != 0)
		printf("%s %s: %s\n", lab, act != NULL ? act : "", d.text);
}

/* TEXT with OLD, which stands in it, replaced by NEW. */
static void
replace(struct buf *text, const char *old, const char *new)
{
	struct str all = buf_view(text);
	ptrdiff_t at = str_find(all, old);
	struct buf other = BUF_INIT;

	CU_ASSERT_FATAL(at >= 0);
	buf_str(&other, str_slice(all, 0, (size_t)at));
	buf_puts(&other, new);
	buf_str(&other, str_slice(all, (size_t)at + strlen(old), all.n));
	buf_free(text);
	*text = other;
}

/* Whether TEXT's run was made again; *PACKETS of it. */
static bool
made_again(struct buf *text, uint64_t *packets, struct diag *why)
{
	struct network_rerun r;
	struct trace *t = NULL;
	uint64_t number = 0;
	bool is;

	*why = DIAG_INIT;
	*packets = 0;
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, text, "text", why), 0);
	CU_ASSERT_EQUAL(network_rerun(&r, t, NULL, why), 0);
	is = r.trace != NULL;
	for (uint64_t seq = 1; is && seq <= trace_count(r.trace); seq++) {
		*packets += trace_kind_of(r.trace, seq) == TRACE_PACKET;
		if (r.numbers[seq] == 0)
			continue;
		CU_ASSERT_EQUAL(r.numbers[seq], ++number);
		CU_ASSERT_EQUAL(
		    trace_kind_of(t, number), trace_kind_of(r.trace, seq));
	}
	network_rerun_free(&r);
	trace_destroy(t);
	return is;
}

static void
same(void)
{
	static const struct {
		const char *lab, *act;
		enum trace_detail detail;
	} cases[] = {
		{ "labs/two-proxies", NULL, TRACE_PROTOCOL },
		{ "labs/two-proxies", NULL, TRACE_MESSAGES },
		{ "labs/torn-tcp", NULL, TRACE_PROTOCOL },
		{ "topologies/tcp.gv", NULL, TRACE_PROTOCOL },
		{ "labs/two-proxies", "60:message.drop", TRACE_PROTOCOL },
		{ "labs/two-proxies", "60:bob.crash", TRACE_PROTOCOL },
		{ "labs/two-proxies", "107@2s:bob.crash", TRACE_PROTOCOL },
		{ "labs/two-proxies", "238:bob.crash", TRACE_PROTOCOL },
	};
	LOCAL_BUF text = BUF_INIT;
	struct diag why;
	uint64_t packets;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		run_lab(cases[i].lab, cases[i].act, cases[i].detail, &text);
		CU_ASSERT(made_again(&text, &packets, &why));
		if (why.err != 0)
			printf("%zu: %s\n", i, why.text);
		CU_ASSERT(packets > 10);
	}
}

/* Packets of media that the trace has folded have no numbers of it, and those
 * that it has keep theirs. */
static void
media(void)
{
	struct lab_options o = LAB_OPTIONS;
	LOCAL_BUF text = BUF_INIT;
	struct diag why = DIAG_INIT;
	uint64_t packets;

	o.setting = "alice.media=true";
	CU_ASSERT_EQUAL(
	    lab_run("topologies/direct-call.gv", &o, &text, &why), 0);
	CU_ASSERT(str_find(buf_view(&text), "\"proto\":\"rtp\"") < 0);
	CU_ASSERT(made_again(&text, &packets, &why));
	CU_ASSERT(packets > 500);
}

/* A trace that breaks off is the beginning of its run. */
static void
beginning(void)
{
	LOCAL_BUF text = BUF_INIT;
	struct diag why;
	uint64_t packets;

	run_lab("labs/two-proxies", NULL, TRACE_PROTOCOL, &text);
	text.n = (size_t)str_find(buf_view(&text), "{\"seq\":100,");
	CU_ASSERT(made_again(&text, &packets, &why));
}

static void
others(void)
{
	static const struct {
		const char *old, *new, *why;
	} cases[] = {
		{ "sleep \\\"1s\\\"", "sleep \\\"2s\\\"", "record 44 " },
		{ "SIP/2.0 180", "SIP/2.0 181", "record 83 " },
		{ "{\"seq\":240,",
		    "{\"seq\":240,\"t\":41000000000,\"kind\":\"note\"}\n"
		    "{\"seq\":241,",
		    "record 240 " },
		{ "\"inputs\":{\"topology\":{",
		    "\"inputs\":{\"topology\":7,\"x\":{", "" },
		{ "graph trapezoid {", "graph trapezoid [", "" },
		{ "\"inputs\":{", "\"input\":{", NULL },
	};
	LOCAL_BUF text = BUF_INIT;
	struct diag why;
	uint64_t packets;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		run_lab("labs/two-proxies", NULL, TRACE_PROTOCOL, &text);
		replace(&text, cases[i].old, cases[i].new);
		CU_ASSERT_FALSE(made_again(&text, &packets, &why));
		printf("%zu: %s\n", i, why.text);
		CU_ASSERT_EQUAL(why.err != 0, cases[i].why != NULL);
		if (cases[i].why != NULL)
			CU_ASSERT(str_starts(str_of(why.text), cases[i].why));
	}
	/* what has packets needs no other */
	run_lab("labs/two-proxies", NULL, TRACE_NETWORK, &text);
	CU_ASSERT_FALSE(made_again(&text, &packets, &why));
	CU_ASSERT_EQUAL(why.err, 0);
}

/* The run of the trace TEXT with another DETAIL, in TEXT's place. */
static void
run_with(struct buf *text, enum trace_detail detail)
{
	const struct inputs_options o = { .has_detail = true,
		.detail = detail };
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;
	struct inputs in;

	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, text, "text", &d), 0);
	CU_ASSERT_EQUAL_FATAL(inputs_from_trace(&in, t, "text", &d), 0);
	trace_destroy(t);
	buf_clear(text);
	CU_ASSERT_EQUAL(inputs_take_options(&in, &o, &d), 0);
	CU_ASSERT_EQUAL(lab_run_inputs(&in, 0, text, &d), 0);
	if (d.err != 0)
		printf("%s\n", d.text);
	inputs_free(&in);
}

/* Acts are told by numbers of records: with another detail they come after the
 * same records, which have other numbers. */
static void
there_and_back(void)
{
	static const char *const acts[][2] = {
		{ "60:message.drop" },
		{ "60:bob.crash" },
		{ "60:bob.crash", "90:bob.restart" },
		{ "60:message.drop", "70:alice.set:busy=true" },
		{ "107@2s:bob.crash" },
		{ "238:bob.crash" },
	};
	LOCAL_BUF first = BUF_INIT, text = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct inputs in;

	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
		CU_ASSERT_EQUAL_FATAL(
		    inputs_read(&in, "labs/two-proxies", &d), 0);
		CU_ASSERT_EQUAL(inputs_add_acts(&in, acts[i],
				    acts[i][1] != NULL ? 2 : 1, &d),
		    0);
		buf_clear(&first);
		CU_ASSERT_EQUAL(lab_run_inputs(&in, 0, &first, &d), 0);
		inputs_free(&in);
		buf_clear(&text);
		buf_str(&text, buf_view(&first));
		run_with(&text, TRACE_NETWORK);
		CU_ASSERT(str_find(buf_view(&text), "\"packet\"") > 0);
		run_with(&text, TRACE_PROTOCOL);
		CU_ASSERT(str_eq(buf_view(&text), buf_view(&first)));
	}
	/* one that the run does not have is still none */
	run_lab("labs/two-proxies", NULL, TRACE_PROTOCOL, &text);
	replace(&text, "\"acts\":[]", "\"acts\":[\"999:bob.crash\"]");
	{
		const struct inputs_options o = { .has_detail = true,
			.detail = TRACE_NETWORK };
		struct trace *t = NULL;

		CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &text, "text", &d), 0);
		CU_ASSERT_EQUAL(inputs_from_trace(&in, t, "text", &d), 0);
		CU_ASSERT_EQUAL(inputs_take_options(&in, &o, &d), 0);
		CU_ASSERT_EQUAL(lab_run_inputs(&in, 0, &text, &d), ERR_RANGE);
		trace_destroy(t);
		inputs_free(&in);
	}
}

/* Some of the allocations fail in turn: said, not hidden. */
static void
memory(void)
{
	LOCAL_BUF text = BUF_INIT;
	struct diag why = DIAG_INIT;
	struct network_rerun r;
	struct trace *t = NULL;
	int err = ERR_NOMEM;

	run_lab("labs/two-proxies", NULL, TRACE_MESSAGES, &text);
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &text, "text", &why), 0);
	for (unsigned long n = 1; err == ERR_NOMEM && n < 100000; n += n) {
		mem_fail_from(n);
		why = DIAG_INIT;
		err = network_rerun(&r, t, NULL, &why);
		mem_fail_from(0);
		CU_ASSERT((r.trace == NULL) == (err != 0));
		network_rerun_free(&r);
	}
	CU_ASSERT_EQUAL(err, 0);
	trace_destroy(t);
}

CHECK_MAIN("network_rerun", { "the same", same }, { "media", media },
    { "a beginning", beginning }, { "others", others },
    { "there and back", there_and_back }, { "memory", memory })
