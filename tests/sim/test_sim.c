/* The simulator: time, causes, goals, the end of a run. */
#include "base/err.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "rules/rule_names.h"
#include "sim/sim.h"

#include <string.h>

struct world {
	struct sim *sim;
	struct trace_writer *w;
	struct buf text;
	int ran;
	int64_t at;
	sim_event other;
};

static int
sink(const char *line, size_t n, void *arg)
{
	struct world *w = arg;

	buf_add(&w->text, line, n);
	return w->text.err;
}

static void
setup(struct world *w)
{
	memset(w, 0, sizeof(*w));
	CU_ASSERT_EQUAL_FATAL(
	    trace_writer_create(&w->w, TRACE_NETWORK, sink, w), 0);
	CU_ASSERT_EQUAL_FATAL(sim_create(&w->sim, 1, w->w), 0);
}

static void
teardown(struct world *w)
{
	sim_destroy(w->sim);
	trace_writer_destroy(w->w);
	buf_free(&w->text);
}

static const struct sim_goal to_the_end = { .until_ns = INT64_MAX,
	.past_idle = true };

static uint64_t
note(struct world *w)
{
	sim_open(w->sim, TRACE_NOTE, "a", RULE_NONE);
	return trace_close(w->w);
}

static void
count(void *arg)
{
	struct world *w = arg;

	w->ran++;
	w->at = sim_now(w->sim);
	note(w);
}

static void
time_goes_on(void)
{
	struct world w;

	setup(&w);
	sim_after(w.sim, 5 * SIM_MS, "a", count, &w);
	sim_at(w.sim, -1, "a", count, &w);
	CU_ASSERT_EQUAL(sim_run(w.sim, &to_the_end), SIM_IDLE);
	CU_ASSERT_EQUAL(w.ran, 2);
	CU_ASSERT_EQUAL(w.at, 5 * SIM_MS);
	CU_ASSERT_EQUAL(sim_now(w.sim), 5 * SIM_MS);
	/* The end of time does not overflow. */
	sim_after(w.sim, INT64_MAX, "a", count, &w);
	CU_ASSERT_EQUAL(sim_run(w.sim, &to_the_end), SIM_IDLE);
	CU_ASSERT_EQUAL(w.at, INT64_MAX);
	teardown(&w);
}

static void
set_cause(void *arg)
{
	struct world *w = arg;

	w->ran++;
	CU_ASSERT_EQUAL(sim_cause(w->sim), 1);
	sim_set_cause(w->sim, note(w));
	CU_ASSERT_EQUAL(sim_cause(w->sim), 2);
	sim_after(w->sim, 1, "a", count, w);
	sim_set_cause(w->sim, 1);
}

/* An event carries the cause that was in force when it was scheduled. */
static void
causes(void)
{
	struct world w;

	setup(&w);
	sim_set_cause(w.sim, note(&w));
	sim_after(w.sim, 1, "a", set_cause, &w);
	sim_set_cause(w.sim, 0);
	sim_run(w.sim, &to_the_end);
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&w.text),
	    "{\"seq\":3,\"t\":2,\"node\":\"a\",\"kind\":\"note\",\"cause\":2"));
	teardown(&w);
}

static void
work(void *arg)
{
	struct world *w = arg;

	w->ran++;
	sim_add_work(w->sim, 5);
}

/* One that takes long counts as many: whoever draws in between has his turn. */
static void
long_events(void)
{
	const struct sim_goal g = {
		.until_ns = INT64_MAX, .max_events = 12, .past_idle = true
	};
	struct world w;

	setup(&w);
	for (int i = 1; i <= 20; i++)
		sim_at(w.sim, i, "a", work, &w);
	CU_ASSERT_EQUAL(sim_run(w.sim, &g), SIM_EVENTS);
	CU_ASSERT_EQUAL(w.ran, 2);
	CU_ASSERT_EQUAL(sim_run(w.sim, &g), SIM_EVENTS);
	CU_ASSERT_EQUAL(w.ran, 4);
	teardown(&w);
}

static void
goals(void)
{
	struct sim_goal g = { .until_ns = 10, .past_idle = true };
	struct world w;

	setup(&w);
	for (int i = 1; i <= 20; i++)
		sim_at(w.sim, i, "a", count, &w);
	CU_ASSERT_EQUAL(sim_run(w.sim, &g), SIM_TIME);
	CU_ASSERT_EQUAL(w.ran, 10);
	g = (struct sim_goal){
		.until_ns = INT64_MAX, .until_seq = 12, .past_idle = true
	};
	CU_ASSERT_EQUAL(sim_run(w.sim, &g), SIM_RECORD);
	CU_ASSERT_EQUAL(w.ran, 12);
	g = (struct sim_goal){
		.until_ns = INT64_MAX, .max_events = 1, .past_idle = true
	};
	CU_ASSERT_EQUAL(sim_run(w.sim, &g), SIM_EVENTS);
	CU_ASSERT_EQUAL(w.ran, 13);
	sim_stop(w.sim);
	CU_ASSERT_EQUAL(sim_run(w.sim, &to_the_end), SIM_STOPPED);
	teardown(&w);
}

static void
again(void *arg)
{
	struct world *w = arg;

	sim_after(w->sim, 0, w->ran++ % 2 ? "atl" : "bil", again, w);
}

static void
loop_is_named(void)
{
	struct world w;

	setup(&w);
	sim_after(w.sim, SIM_S, "alice", again, &w);
	CU_ASSERT_EQUAL(sim_run(w.sim, &to_the_end), SIM_ERROR);
	CU_ASSERT_EQUAL(w.ran, 100000);
	CU_ASSERT_EQUAL(sim_error(w.sim)->err, ERR_LIMIT);
	CU_ASSERT_STRING_EQUAL(sim_error(w.sim)->text,
	    "a loop without progress in time: more than 100,000 events at one "
	    "instant, at 1.000 s, alternately by atl, bil; stopped here "
	    "(--limit=instant=N allows more)");
	teardown(&w);
}

static void
nothing(void *arg)
{
	(void)arg;
}

/* Time that goes on between events makes another instant of the next. */
static void
waiting_is_no_loop(void)
{
	struct world w;

	setup(&w);
	for (int64_t t = 1; t <= 3; t++) {
		sim_wait(w.sim, t * SIM_S);
		for (int i = 0; i < 60000; i++)
			sim_after(w.sim, 0, "outside", nothing, &w);
		CU_ASSERT_EQUAL(sim_run(w.sim, &to_the_end), SIM_IDLE);
	}
	teardown(&w);
}

static int
broken(const char *line, size_t n, void *arg)
{
	(void)line;
	(void)n;
	(void)arg;
	return ERR_IO;
}

static void
trace_that_breaks(void)
{
	struct world w;

	memset(&w, 0, sizeof(w));
	trace_writer_create(&w.w, TRACE_NETWORK, broken, &w);
	sim_create(&w.sim, 1, w.w);
	sim_after(w.sim, 1, "a", count, &w);
	sim_after(w.sim, 2, "a", count, &w);
	CU_ASSERT_EQUAL(sim_run(w.sim, &to_the_end), SIM_ERROR);
	CU_ASSERT_EQUAL(w.ran, 1);
	CU_ASSERT_EQUAL(sim_error(w.sim)->err, ERR_IO);
	teardown(&w);
}

static void
no_memory(void)
{
	struct world w;

	setup(&w);
	mem_fail_from(1);
	CU_ASSERT_EQUAL(sim_after(w.sim, 1, "a", count, &w), 0);
	mem_fail_from(0);
	CU_ASSERT_EQUAL(sim_run(w.sim, &to_the_end), SIM_ERROR);
	CU_ASSERT_EQUAL(sim_error(w.sim)->err, ERR_NOMEM);
	teardown(&w);
}

/* A kind left out gives the cause, and numbers have no gaps. */
static void
details(void)
{
	struct world w;
	uint64_t a, b;

	memset(&w, 0, sizeof(w));
	trace_writer_create(&w.w, TRACE_MESSAGES, sink, &w);
	a = (trace_open(w.w, TRACE_NOTE, 1, "a", 0, RULE_NONE),
	    trace_close(w.w));
	trace_open(w.w, TRACE_TIMER, 1, "a", a, RULE_NONE);
	trace_put_cstr(w.w, "name", "A");
	CU_ASSERT_EQUAL(trace_close(w.w), a);
	trace_open(w.w, TRACE_NOTE, 2, NULL, a, RULE_ICT_TIMER_A);
	b = trace_close(w.w);
	CU_ASSERT_EQUAL(b, 2);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&w.text),
	    "{\"seq\":1,\"t\":1,\"node\":\"a\",\"kind\":\"note\"}\n"
	    "{\"seq\":2,\"t\":2,\"kind\":\"note\",\"cause\":1,"
	    "\"why\":\"rfc3261-17.1.1.2\",\"rule\":\"ict-timer-a\"}\n");
	teardown(&w);
}

/* Without a sink a record has its number, and nothing is written. */
static void
untold(void)
{
	struct world w;

	memset(&w, 0, sizeof(w));
	trace_writer_create(&w.w, TRACE_MESSAGES, NULL, NULL);
	trace_write_header(w.w, STR("{}"));
	trace_open(w.w, TRACE_NOTE, 1, "a", 0, RULE_NONE);
	trace_put_cstr(w.w, "text", "x");
	trace_put_bytes(w.w, STR("\xff"));
	trace_put_message(
	    w.w, &(struct trace_message){ .proto = TRACE_PROTO_SIP });
	CU_ASSERT_EQUAL(trace_close(w.w), 1);
	trace_open(w.w, TRACE_TIMER, 1, "a", 1, RULE_NONE);
	CU_ASSERT_EQUAL(trace_close(w.w), 1);
	trace_open(w.w, TRACE_NOTE, 1, "a", 1, RULE_NONE);
	CU_ASSERT_EQUAL(trace_close(w.w), 2);
	CU_ASSERT_FALSE(trace_wants(w.w, TRACE_NOTE));
	CU_ASSERT_EQUAL(trace_count_made(w.w), 3);
	CU_ASSERT_EQUAL(trace_bytes_made(w.w), 0);
	CU_ASSERT_EQUAL(trace_writer_error(w.w), 0);
	trace_writer_destroy(w.w);
}

CHECK_MAIN("sim", { "time goes on", time_goes_on },
    { "causes go with events", causes }, { "goals", goals },
    { "long_events", long_events },
    { "a loop without time is named", loop_is_named },
    { "waiting is no loop", waiting_is_no_loop },
    { "a trace that can't be written", trace_that_breaks },
    { "no memory", no_memory }, { "details of the trace", details },
    { "no trace", untold })
