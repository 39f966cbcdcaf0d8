/*
 * Outcomes of runs and of their captures: what `rung show --calls` says of a
 * call of a lab's run it says of the call in the capture of that run, too, and
 * in no lab it tells of a trouble that is none.
 */
#include "fixtures/check.h"
#include "fixtures/exported.h"
#include "fixtures/golden.h"
#include "fixtures/labs.h"
#include "outcome/outcome.h"

/* What a capture of all links says in another way, since no packet tells why
 * another was lost. */
static const struct {
	enum outcome_id run, capture;
} unseen[] = {
	{ OUTCOME_IS_CLOSED, OUTCOME_IS_SILENT },
	{ OUTCOME_IS_CLOSED_BEHIND, OUTCOME_IS_SILENT_BEHIND },
	{ OUTCOME_IS_LOST, OUTCOME_IS_SILENT },
	{ OUTCOME_IS_LOST_BEHIND, OUTCOME_IS_SILENT_BEHIND },
	{ OUTCOME_IS_UNHEARD, OUTCOME_IS_SILENT },
	{ OUTCOME_IS_ACK_LOST, OUTCOME_IS_NO_ACK },
	{ OUTCOME_IS_ACK_LOST, OUTCOME_IS_CUT },
	{ OUTCOME_IS_ACK_LOST, OUTCOME_IS_ACK_UNHEARD },
};

/* Calls of which a capture does not tell all; of CALL, or of all of the lab. */
static const struct {
	const char *lab, *call, *why;
} parts[] = {
	{ "labs/agent-transaction", "gqo5oscj1klp@192.0.2.2",
	    "its client sends a request once, as if it had an answer" },
	{ "labs/agent-transaction", "qqyec6muresf@192.0.2.2", "the same" },
	{ "labs/call-centre", "n8hdat9cam4k@198.51.100.3",
	    "no message tells which caller a queue has given to ann" },
	{ "labs/hops-anew", "3dec62400fdbc96f@192.0.2.10",
	    "no message tells which leg a ring of boxes has made of which" },
	{ "labs/hops-anew", "1537008e6bb7f3af@192.0.2.10", "the same" },
	{ "labs/hops-anew", "460dad302a834e94@192.0.2.20", "the same" },
	{ "labs/hops-anew", "54e560ca62c0347f@192.0.2.20", "the same" },
	{ "labs/one-way-audio", "53c553k7cu8e@192.168.7.20",
	    "what a NAT does not let through is sent" },
	{ "labs/one-way-audio", "89tq8uv9tfha@192.0.2.80",
	    "what goes to the address that a phone has left is sent" },
	{ "labs/jitter-buffer", "", "packets don't tell who hears" },
	{ "labs/link-capacity", "", "packets don't tell who hears" },
	{ "labs/listener", "", "its first hop is encrypted" },
	{ "labs/sips-end-to-end", "", "all hops but the last are encrypted" },
	{ "labs/torn-tcp", "dbrdb2ydi888@192.0.2.1",
	    "what a broken connection has of the INVITE is no message" },
	{ "labs/websocket-phone", "", "its first hop is encrypted" },
};

static bool
is_unseen(enum outcome_id run, enum outcome_id capture)
{
	for (size_t i = 0; i < sizeof(unseen) / sizeof(unseen[0]); i++)
		if (unseen[i].run == run && unseen[i].capture == capture)
			return true;
	return false;
}

static bool
is_part(const char *lab, struct str call_id)
{
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (strcmp(parts[i].lab, lab) == 0 &&
		    (parts[i].call[0] == '\0' ||
			str_is(call_id, parts[i].call)))
			return true;
	return false;
}

/* A node NAMED in the run is the one with this name in the capture, which is an
 * address of it. */
static bool
is_node(const struct trace *run, struct str named, struct str address)
{
	const struct trace_node *n;

	if (named.n == 0 || address.n == 0)
		return named.n == address.n;
	n = trace_find_node(run, named);
	return str_eq(named, address) ||
	       (n != NULL && trace_node_has_addr(n, address));
}

static bool
is_same(
    const struct trace *run, const struct outcome *a, const struct outcome *b)
{
	bool trouble = outcome_level(a) == OUTCOME_TROUBLE;

	return (a->id == b->id || is_unseen(a->id, b->id)) &&
	       a->status == b->status && is_node(run, a->by, b->by) &&
	       (!trouble || is_node(run, a->with, b->with)) &&
	       is_node(run, a->caller, b->caller);
}

static void
put_outcome(
    const char *file, const char *what, const struct outcome *o, struct buf *b)
{
	buf_printf(b, "%s %.*s: %s%s: ", file, STR_ARG(o->call_id), what,
	    outcome_name(o->id));
	outcome_put_sentence(o, b);
	outcome_put_proof(o, b);
	buf_putc(b, '\n');
}

static struct tally {
	unsigned calls, captured, same, other; /* other: with a reason */
	struct buf troubles;
} tally;

static void
compare(const char *file, const struct trace *run, const struct outcome *a,
    const struct outcomes *capture)
{
	const struct outcome *b = outcomes_find(capture, a->call_id);
	bool same = b != NULL && is_same(run, a, b);
	LOCAL_BUF out = BUF_INIT;

	tally.calls++;
	tally.captured += b != NULL;
	tally.same += same;
	if (b == NULL || same)
		return;
	if (is_part(file, a->call_id)) {
		tally.other++;
		return;
	}
	put_outcome(file, "run ", a, &out);
	put_outcome(file, "capture ", b, &out);
	printf("BAD %s", buf_cstr(&out));
	CU_ASSERT_TRUE(same);
}

/* "labs/crash: no-answer-within: No answer …", once for each sentence. */
static void
put_trouble(const char *file, const struct outcome *o)
{
	LOCAL_BUF line = BUF_INIT;

	buf_printf(&line, "%s %s: ", file, outcome_name(o->id));
	outcome_put_sentence(o, &line);
	buf_putc(&line, '\n');
	if (str_find(buf_view(&tally.troubles), buf_cstr(&line)) < 0)
		buf_str(&tally.troubles, buf_view(&line));
}

static void
read_lab(const char *file)
{
	const struct lab_options options = { .detail = TRACE_NETWORK };
	struct trace *t = lab_trace(file, &options);
	struct trace *c = t != NULL ? export_trace(t, file) : NULL;
	struct outcomes *run = NULL, *capture = NULL;

	CU_ASSERT_PTR_NOT_NULL_FATAL(c);
	CU_ASSERT_EQUAL_FATAL(outcomes_read(&run, t), 0);
	CU_ASSERT_EQUAL_FATAL(outcomes_read(&capture, c), 0);
	for (size_t i = 0; i < outcomes_count(run); i++) {
		const struct outcome *o = outcomes_at(run, i);

		compare(file, t, o, capture);
		if (outcome_level(o) == OUTCOME_TROUBLE)
			put_trouble(file, o);
	}
	for (size_t i = 0; i < outcomes_count(capture); i++)
		CU_ASSERT_PTR_NOT_NULL(
		    outcomes_find(run, outcomes_at(capture, i)->call_id));
	outcomes_destroy(run);
	outcomes_destroy(capture);
	trace_destroy(c);
	trace_destroy(t);
}

/* The troubles of each lab were read beside its ladder: where nothing goes
 * wrong there is none. */
static void
captures_tell_what_runs_tell(void)
{
	tally.troubles = BUF_INIT;
	labs_each(read_lab, true);
	printf("%u calls, %u of them in captures: %u told alike, %u not (with "
	       "a reason)\n",
	    tally.calls, tally.captured, tally.same, tally.other);
	CU_ASSERT(tally.captured > 800);
	CU_ASSERT(tally.same * 1000 >= tally.captured * 985);
	CU_ASSERT_EQUAL(tally.same + tally.other, tally.captured);
	CU_ASSERT_TRUE(
	    golden_same("outcome-troubles.txt", buf_view(&tally.troubles)));
	buf_free(&tally.troubles);
}

CHECK_MAIN("outcome runs",
    { "captures tell what runs tell", captures_tell_what_runs_tell })
