/*
 * The one driver of runs: the same bytes whatever its slices and clocks are,
 * goals of time and records, bounds, and virtual time that keeps pace with a
 * clock of the test's.
 */
#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "runs/drive.h"

#define LAB "labs/two-proxies"

/* A clock that shows TICK more each time it is read. */
struct fake_clock {
	int64_t now, tick;
	unsigned reads;
};

static int64_t
tell_time(void *arg)
{
	struct fake_clock *c = arg;

	c->reads++;
	return c->now += c->tick;
}

/* What a driver makes of LAB. */
struct driven {
	struct inputs in;
	struct trace *t;
	struct drive *d;
	struct diag why;
};

static void
begin(struct driven *x, struct drive_options o)
{
	x->why = DIAG_INIT;
	CU_ASSERT_EQUAL_FATAL(inputs_read(&x->in, LAB, &x->why), 0);
	CU_ASSERT_EQUAL_FATAL(trace_begin(&x->t, "test"), 0);
	o.trace = x->t;
	CU_ASSERT_EQUAL_FATAL(drive_begin(&x->d, &x->in, &o, &x->why), 0);
}

static void
finish(struct driven *x)
{
	drive_end(x->d);
	trace_destroy(x->t);
	inputs_free(&x->in);
}

static uint64_t
plain_hash(void)
{
	struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_trace(LAB, &o);
	uint64_t hash;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	hash = trace_hash(t);
	trace_destroy(t);
	return hash;
}

static int
count_slices(struct drive *d, enum run_state state, void *arg)
{
	(void)d;
	(void)state;
	++*(unsigned *)arg;
	return 0;
}

static void
slices_change_nothing(void)
{
	static const uint64_t events[] = { 0, 1, 7, 1000 };
	uint64_t hash = plain_hash();

	for (size_t i = 0; i < 4; i++) {
		struct driven x;
		unsigned slices = 0;

		begin(&x, (struct drive_options){ .events = events[i] });
		CU_ASSERT_EQUAL(
		    drive_through(x.d, count_slices, &slices, &x.why), 0);
		CU_ASSERT_EQUAL(trace_hash(x.t), hash);
		CU_ASSERT_EQUAL(drive_lines(x.d), trace_count(x.t) + 1);
		CU_ASSERT(events[i] != 1 || slices > 50);
		CU_ASSERT(events[i] != 0 || slices == 1);
		finish(&x);
	}
}

/* A slice goes on until the clock has shown so much, and no longer. */
static void
slices_last_by_the_clock(void)
{
	struct fake_clock c = { .tick = SIM_MS };
	struct drive_options o = { .events = 1,
		.clock = tell_time,
		.clock_arg = &c,
		.slice_ns = 10 * SIM_MS };
	struct driven x;
	enum run_state state;
	unsigned slices = 1;

	begin(&x, o);
	CU_ASSERT_EQUAL(drive_slice(x.d, NULL, &state, &x.why), 0);
	CU_ASSERT_EQUAL(state, RUN_GOES_ON);
	/* Its beginning, and one for each event. */
	CU_ASSERT_EQUAL(c.reads, 11);
	CU_ASSERT_EQUAL(drive_through(x.d, count_slices, &slices, &x.why), 0);
	CU_ASSERT(slices > 5);
	CU_ASSERT_EQUAL(trace_hash(x.t), plain_hash());
	finish(&x);
}

static void
stops_at_times_and_records(void)
{
	const int64_t then = 1500 * SIM_MS;
	struct driven x;
	enum run_state state;
	uint64_t count;

	begin(&x, (struct drive_options){ .events = 3 });
	do {
		struct run_goal to = { .until_ns = INT64_MAX, .until_seq = 20 };

		CU_ASSERT_EQUAL_FATAL(drive_slice(x.d, &to, &state, &x.why), 0);
	} while (state == RUN_GOES_ON);
	CU_ASSERT_EQUAL(state, RUN_IS_THERE);
	/* What the event that wrote it wrote behind it is there, too. */
	CU_ASSERT(trace_count(x.t) >= 20 && trace_count(x.t) < 40);
	do {
		struct run_goal to = { .until_ns = then };

		CU_ASSERT_EQUAL_FATAL(drive_slice(x.d, &to, &state, &x.why), 0);
	} while (state == RUN_GOES_ON);
	CU_ASSERT_EQUAL(state, RUN_IS_THERE);
	count = trace_count(x.t);
	CU_ASSERT(trace_time_of(x.t, count) <= then);
	CU_ASSERT(run_next(drive_run(x.d)) > then);
	CU_ASSERT_EQUAL(drive_through(x.d, NULL, NULL, &x.why), 0);
	CU_ASSERT(trace_time_of(x.t, count + 1) > then);
	CU_ASSERT_EQUAL(trace_hash(x.t), plain_hash());
	finish(&x);
}

/* Virtual time is what the clock shows, from the first slice on. */
static void
keeps_pace_with_a_clock(void)
{
	struct fake_clock c = { .now = 77 * SIM_S };
	struct drive_options o = {
		.clock = tell_time, .clock_arg = &c, .paced = true
	};
	enum run_state state = RUN_GOES_ON;
	unsigned waits = 0;
	struct driven x;

	begin(&x, o);
	CU_ASSERT_EQUAL(drive_wait_ns(x.d), 0);
	while (state != RUN_IS_OVER) {
		int64_t wait, shown = c.now - 77 * SIM_S;
		uint64_t last;

		CU_ASSERT_EQUAL_FATAL(
		    drive_slice(x.d, NULL, &state, &x.why), 0);
		last = trace_count(x.t);
		CU_ASSERT(trace_time_of(x.t, last) <= shown);
		wait = drive_wait_ns(x.d);
		if (state == RUN_IS_OVER)
			break;
		CU_ASSERT_FATAL(wait > 0 && wait < 60 * SIM_S);
		/* Not quite, then just so. */
		c.now += wait - 1;
		CU_ASSERT_EQUAL(drive_slice(x.d, NULL, &state, &x.why), 0);
		CU_ASSERT_EQUAL(state, RUN_IS_THERE);
		CU_ASSERT_EQUAL(trace_count(x.t), last);
		c.now++;
		waits++;
	}
	CU_ASSERT(waits > 20);
	CU_ASSERT_EQUAL(trace_hash(x.t), plain_hash());
	finish(&x);
}

static void
bounds_end_it_with_a_sentence(void)
{
	static const struct drive_options bounds[] = { { .max_records = 50 },
		{ .max_bytes = 20000 } };

	for (size_t i = 0; i < 2; i++) {
		struct driven x;

		begin(&x, bounds[i]);
		CU_ASSERT_EQUAL(
		    drive_through(x.d, NULL, NULL, &x.why), ERR_LIMIT);
		CU_ASSERT_PTR_NOT_NULL(
		    strstr(x.why.text, "records, the maximum; it ends here"));
		CU_ASSERT(i != 0 || trace_count(x.t) == 50);
		CU_ASSERT_FALSE(trace_complete(x.t));
		finish(&x);
	}
}

CHECK_MAIN("drive", { "slices change nothing", slices_change_nothing },
    { "slices last by the clock", slices_last_by_the_clock },
    { "stops at times and records", stops_at_times_and_records },
    { "keeps pace with a clock", keeps_pace_with_a_clock },
    { "bounds end it with a sentence", bounds_end_it_with_a_sentence })
