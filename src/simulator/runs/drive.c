/* Runs that are driven from outside, in slices with bounds and a clock. */
#include "runs/drive.h"

#include "base/err.h"
#include "base/mem.h"

#define EVENTS_OF_PROGRAMS 100

struct drive {
	struct run *run;
	struct drive_options o;
	const struct inputs_processes *processes; /* or NULL */
	uint64_t lines, bytes;
	struct diag wrong; /* with a line */
	bool started;
	int64_t start_ns; /* of the clock, at virtual time 0 */
	int64_t most_ns;  /* it goes no further (drive_hold) */
};

static int64_t
drive_read_clock(const struct drive *d)
{
	return d->o.clock != NULL ? d->o.clock(d->o.clock_arg) : 0;
}

/* ---- what it writes ---- */

static int
drive_keep_line(struct drive *d, const char *line, size_t n)
{
	uint64_t count = trace_count(d->o.trace);

	if ((d->o.max_records != 0 && count >= d->o.max_records) ||
	    (d->o.max_bytes != 0 && d->bytes + n > d->o.max_bytes))
		return diag_set(&d->wrong, ERR_LIMIT, NULL, 0,
		    _("the run has %llu records, the maximum; it ends here"),
		    (unsigned long long)count);
	/* While the run is being made, there is none to ask. */
	return d->run != NULL ? trace_feed_written(d->o.trace,
				    run_writer(d->run), line, n, &d->wrong)
			      : trace_feed(d->o.trace, line, n, &d->wrong);
}

static int
drive_take_line(const char *line, size_t n, void *arg)
{
	struct drive *d = arg;
	int err = d->o.trace != NULL ? drive_keep_line(d, line, n) : 0;

	if (err != 0)
		return err;
	d->lines++;
	d->bytes += n;
	return d->o.line != NULL ? d->o.line(line, n, d->o.arg) : 0;
}

/* ERR with its sentence: what was wrong with a line is the cause of whatever
 * the run says of its trace. */
static int
tell_drive_error(
    const struct drive *d, int err, const struct diag *said, struct diag *why)
{
	if (err != ERR_NOMEM && d->wrong.err != 0)
		*why = d->wrong;
	else if (said->err != 0)
		*why = *said;
	diag_fail(why, err);
	return err;
}

/* ---- life ---- */

int
drive_begin(struct drive **dp, struct inputs *in, const struct drive_options *o,
    struct diag *why)
{
	struct drive *d = mem_zalloc(1, sizeof(*d));
	struct diag said = DIAG_INIT;
	int err;

	*dp = NULL;
	if (d == NULL)
		return diag_fail(why, ERR_NOMEM);
	d->o = *o;
	d->processes = in->processes;
	/* What programs cause has a bound, which is looked at between slices.
	 */
	if (d->o.events == 0 && in->processes != NULL)
		d->o.events = EVENTS_OF_PROGRAMS;
	d->most_ns = INT64_MAX;
	err = run_create(&d->run, in,
	    o->trace != NULL || o->line != NULL ? drive_take_line : NULL, d,
	    &said);
	if (err == 0) {
		if (o->trace != NULL)
			trace_note_members(run_writer(d->run));
		*dp = d;
		return 0;
	}
	err = tell_drive_error(d, err, &said, why);
	mem_free(d);
	return err;
}

void
drive_end(struct drive *d)
{
	if (d == NULL)
		return;
	run_destroy(d->run);
	mem_free(d);
}

struct run *
drive_run(const struct drive *d)
{
	return d->run;
}

uint64_t
drive_lines(const struct drive *d)
{
	return d->lines;
}

uint64_t
drive_bytes(const struct drive *d)
{
	return d->bytes;
}

/* ---- slices ---- */

/* The virtual time that the clock shows. */
static int64_t
shown_by_clock(const struct drive *d)
{
	return d->started ? drive_read_clock(d) - d->start_ns : 0;
}

int64_t
drive_now_ns(const struct drive *d)
{
	return d->o.paced ? shown_by_clock(d) : 0;
}

int64_t
drive_zero_ns(const struct drive *d)
{
	return d->start_ns;
}

int64_t
drive_wait_ns(const struct drive *d)
{
	int64_t next = run_next(d->run), now = shown_by_clock(d);

	if (!d->o.paced || next <= now)
		return 0;
	return next == INT64_MAX ? next : next - now;
}

int
drive_arrive(
    struct drive *d, const struct arrival *a, int64_t ago_ns, struct diag *why)
{
	struct arrival now = *a;

	if (d->o.paced)
		now.t_ns = shown_by_clock(d) - (ago_ns > 0 ? ago_ns : 0);
	return run_arrive(d->run, &now, why);
}

/* How far to go now: TO, but not ahead of a clock that paces. */
static struct run_goal
choose_goal(const struct drive *d, const struct run_goal *to)
{
	struct run_goal g = { .until_ns = INT64_MAX };

	if (to != NULL)
		g = *to;
	g.max_events = d->o.events;
	if (d->o.paced && shown_by_clock(d) < g.until_ns)
		g.until_ns = shown_by_clock(d);
	if (d->most_ns < g.until_ns)
		g.until_ns = d->most_ns;
	return g;
}

void
drive_hold(struct drive *d, int64_t t_ns)
{
	d->most_ns = t_ns;
}

int
drive_slice(struct drive *d, const struct run_goal *to, enum run_state *state,
    struct diag *why)
{
	int64_t began = drive_read_clock(d);
	uint64_t bytes = drive_bytes(d);
	struct diag said = DIAG_INIT;
	int err = d->processes != NULL && d->processes->look != NULL
		      ? d->processes->look(d->processes->account, why)
		      : 0;

	if (err != 0)
		return err;
	if (!d->started) {
		d->start_ns = d->o.zero_ns != 0 ? d->o.zero_ns : began;
		d->started = true;
	}
	do {
		struct run_goal g = choose_goal(d, to);

		err = run_advance_to(d->run, &g, state, &said);
	} while (err == 0 && *state == RUN_GOES_ON && d->o.slice_ns > 0 &&
		 drive_read_clock(d) - began < d->o.slice_ns &&
		 (d->o.slice_bytes == 0 ||
		     drive_bytes(d) - bytes < d->o.slice_bytes));
	return err == 0 ? 0 : tell_drive_error(d, err, &said, why);
}

int
drive_through(
    struct drive *d, drive_between_fn *between, void *arg, struct diag *why)
{
	enum run_state state = RUN_GOES_ON;
	int err = 0;

	while (err == 0 && state != RUN_IS_OVER) {
		err = drive_slice(d, NULL, &state, why);
		if (err == 0 && between != NULL)
			err = between(d, state, arg);
	}
	if (err == 0 || err == DRIVE_ENOUGH)
		return 0;
	return diag_fail(why, err);
}
