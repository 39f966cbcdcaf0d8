/* Seeking in a trace: wherever one comes from, the state is that of a fold from
 * the beginning. */
#include "base/err.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "fixtures/sample_trace.h"
#include "trace/checkpoints.h"

/* The state as text: all that lives, and the counts. */
static void
tell(const struct state_at *f, struct buf *out)
{
	const struct state_at_transaction *tr;
	const struct state_at_dialog *d;
	const struct state_at_call *c;
	const struct state_at_binding *b;
	const struct state_at_timer *m;
	struct state_at_counts n = state_at_count_all(f, STR_NULL);
	struct state_at_counts late = state_at_count_all(f, STR("late7"));
	size_t at = 0;

	buf_clear(out);
	buf_printf(out, "%llu: %llu sends %llu fired %llu calls, late %llu\n",
	    (unsigned long long)state_at_position(f),
	    (unsigned long long)n.sends, (unsigned long long)n.timers_fired,
	    (unsigned long long)n.calls, (unsigned long long)late.calls);
	while ((tr = state_at_next_transaction(f, STR_NULL, &at)) != NULL)
		buf_printf(out, "%.*s %.*s %.*s %lld\n", STR_ARG(tr->node),
		    STR_ARG(tr->id), STR_ARG(tr->state), (long long)tr->since);
	for (at = 0; (d = state_at_next_dialog(f, STR_NULL, &at)) != NULL;)
		buf_printf(out, "dialog %.*s %.*s\n", STR_ARG(d->id),
		    STR_ARG(d->state));
	for (at = 0; (c = state_at_next_call(f, STR_NULL, &at)) != NULL;)
		buf_printf(out, "%.*s %.*s %llu\n", STR_ARG(c->id),
		    STR_ARG(c->state), (unsigned long long)c->last);
	for (at = 0; (b = state_at_next_binding(f, STR_NULL, &at)) != NULL;)
		buf_printf(out, "%.*s at %.*s\n", STR_ARG(b->aor),
		    STR_ARG(b->contact));
	for (at = 0; (m = state_at_next_timer(f, STR_NULL, &at)) != NULL;)
		buf_printf(out, "timer %.*s of %.*s\n", STR_ARG(m->name),
		    STR_ARG(m->id));
}

/*
 * Something of everything in COUNT records: calls that come and go on two
 * nodes, transactions with their timers, bindings that stay, a crash at times,
 * and nodes of which the head knows nothing.
 */
static void
put_record(struct sample *s, unsigned i)
{
	const char *node = i % 3 == 0 ? "alice" : "bob";
	char late[16];

	s->t = (int64_t)i * 1000;
	switch (i % 8) {
	case 0:
		sample_rec(s, "fsm", node, 0, NULL,
		    ",'machine':'ICT','id':'b%u','to':'calling'", i / 8);
		break;
	case 1:
		sample_rec(s, "timer", node, 0, NULL,
		    ",'op':'set','name':'A','id':'b%u','length':5", i / 8);
		break;
	case 2:
		sample_rec(s, "call", node, 0, NULL, ",'id':'c%u','state':'%s'",
		    i / 8 % 50, i / 8 % 7 == 0 ? "terminated" : "early");
		break;
	case 3:
		sample_rec(s, "dialog", node, 0, NULL, ",'id':'d%u','to':'%s'",
		    i / 8 % 300, i / 8 % 5 == 0 ? "terminated" : "early");
		break;
	case 4:
		if (i % 1024 == 4)
			sample_rec(s, "act", NULL, 0, NULL,
			    ",'verb':'crash','on':'%s'", node);
		else
			sample_send(s, "alice", "bob", "INVITE", "INVITE",
			    false, 0, NULL, 0, 0);
		break;
	case 5:
		sample_rec(s, "binding", "bob", 0, NULL,
		    ",'op':'add','aor':'u%u','contact':'x\\u00e9%u'", i / 8,
		    i % 20);
		break;
	case 6:
		sample_rec(s, "timer", node, 0, NULL,
		    ",'op':'fire','name':'A','id':'b%u'", i / 8);
		break;
	default:
		snprintf(late, sizeof(late), "late%u", i / 8 % 40);
		sample_rec(
		    s, "call", late, 0, NULL, ",'id':'l%u','state':'early'", i);
	}
}

static void
make(struct sample *s, unsigned count)
{
	sample_begin(s, "track");
	sample_node(s, "alice", "ua", "a", "");
	sample_node(s, "bob", "ua", "b", "");
	for (unsigned i = 0; i < count; i++)
		put_record(s, i);
}

static struct trace *
load(unsigned count)
{
	struct sample s;
	struct trace *t;
	struct diag d = DIAG_INIT;

	make(&s, count);
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &s.b, "x", &d), 0);
	return t;
}

/* *F is what a fold from the beginning gives. */
static void
same(const struct trace *t, const struct state_at *f, uint64_t seq)
{
	LOCAL_BUF one = BUF_INIT, two = BUF_INIT;
	struct state_at *plain;

	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	CU_ASSERT_EQUAL(state_at_position(f), seq);
	CU_ASSERT_EQUAL_FATAL(state_at_create(&plain), 0);
	CU_ASSERT_EQUAL(state_at_advance(plain, t, seq), 0);
	tell(plain, &one);
	tell(f, &two);
	CU_ASSERT(str_eq(buf_view(&one), buf_view(&two)));
	state_at_destroy(plain);
}

static void
seeks(void)
{
	struct trace *t = load(20000);
	uint64_t count = trace_count(t), seq = 12345;
	const struct state_at *f;
	struct checkpoints *tr;

	CU_ASSERT_EQUAL_FATAL(checkpoints_create(&tr, t), 0);
	CU_ASSERT_EQUAL(checkpoints_at(tr, count + 1, &f), ERR_RANGE);
	CU_ASSERT_PTR_NULL(f);
	CU_ASSERT_EQUAL(checkpoints_at(tr, 0, &f), 0);
	same(t, f, 0);
	for (int i = 0; i < 40; i++) {
		seq = (seq * 7919 + 13) % (count + 1);
		CU_ASSERT_EQUAL(checkpoints_at(tr, seq, &f), 0);
		same(t, f, seq);
	}
	CU_ASSERT_EQUAL(checkpoints_at(tr, count, &f), 0);
	same(t, f, count);
	CU_ASSERT(checkpoints_memory(tr) > 0);
	checkpoints_destroy(tr);
	checkpoints_destroy(NULL);
	trace_destroy(t);
}

/* In pauses; then every seek is from a checkpoint. */
static void
prepares(void)
{
	struct trace *t = load(50000);
	uint64_t done = 0;
	const struct state_at *f;
	struct checkpoints *tr;

	CU_ASSERT_EQUAL_FATAL(checkpoints_create(&tr, t), 0);
	while (checkpoints_prepare(tr, 700))
		done += 700;
	CU_ASSERT(done >= 50000 - 700 && done < 50000);
	CU_ASSERT(!checkpoints_prepare(tr, 700));
	for (uint64_t seq = 0; seq <= 50000; seq += 6250) {
		CU_ASSERT_EQUAL(checkpoints_at(tr, seq, &f), 0);
		same(t, f, seq);
	}
	/* Some 64 checkpoints share nearly everything. */
	CU_ASSERT(checkpoints_memory(tr) < 16 << 20);
	checkpoints_destroy(tr);
	trace_destroy(t);
}

/* A trace that grows under it, with nodes nobody knew of before. */
static void
grows(void)
{
	struct sample s;
	struct str rest;
	struct trace *t;
	struct diag d = DIAG_INIT;
	const struct state_at *f;
	struct checkpoints *tr;

	make(&s, 4000);
	rest = buf_view(&s.b);
	CU_ASSERT_EQUAL_FATAL(trace_begin(&t, "x"), 0);
	CU_ASSERT_EQUAL_FATAL(checkpoints_create(&tr, t), 0);
	CU_ASSERT(!checkpoints_prepare(tr, 10));
	CU_ASSERT_EQUAL(checkpoints_at(tr, 0, &f), 0);
	while (rest.n > 0) {
		size_t n = (size_t)str_chr(rest, '\n') + 1;

		CU_ASSERT_EQUAL_FATAL(trace_feed(t, rest.p, n, &d), 0);
		rest = str_slice(rest, n, rest.n);
		CU_ASSERT_EQUAL(checkpoints_at(tr, trace_count(t), &f), 0);
		if (trace_count(t) % 501 == 7) {
			same(t, f, trace_count(t));
			CU_ASSERT_EQUAL(
			    checkpoints_at(tr, trace_count(t) / 2, &f), 0);
			same(t, f, trace_count(t) / 2);
		}
	}
	CU_ASSERT_EQUAL(trace_count(t), 4000);
	CU_ASSERT_EQUAL(checkpoints_at(tr, 4000, &f), 0);
	CU_ASSERT(state_at_count_all(f, STR("late7")).calls > 10);
	same(t, f, 4000);
	checkpoints_destroy(tr);
	trace_destroy(t);
	buf_free(&s.b);
}

/* Whatever fails, it can be asked again. */
static void
no_memory(void)
{
	struct trace *t = load(2000);
	const struct state_at *f;
	struct checkpoints *tr;
	bool done = false;

	mem_fail_from(1);
	CU_ASSERT_EQUAL(checkpoints_create(&tr, t), ERR_NOMEM);
	mem_fail_from(0);
	for (unsigned long n = 2; n < 4; n++) {
		mem_fail_from(n);
		CU_ASSERT_EQUAL(checkpoints_create(&tr, t), ERR_NOMEM);
		CU_ASSERT_PTR_NULL(tr);
		mem_fail_from(0);
	}
	for (unsigned long n = 1; !done; n += 1 + n / 16) {
		uint64_t seq = 1000 + n * 7919 % 1000;
		int err;

		CU_ASSERT_EQUAL_FATAL(checkpoints_create(&tr, t), 0);
		mem_fail_from(n);
		err = checkpoints_at(tr, seq, &f);
		checkpoints_prepare(tr, 50);
		mem_fail_from(0);
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
		CU_ASSERT((err == 0) == (f != NULL));
		done = err == 0;
		if (err == 0)
			same(t, f, seq);
		CU_ASSERT_EQUAL(checkpoints_at(tr, seq / 2, &f), 0);
		same(t, f, seq / 2);
		checkpoints_destroy(tr);
	}
	trace_destroy(t);
}

CHECK_MAIN("track", { "seeks", seeks }, { "prepares", prepares },
    { "grows", grows }, { "no memory", no_memory })
