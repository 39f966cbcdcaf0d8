/*
 * The runs of a sweep: which have results, the others as jobs, and one of
 * them, measured as it grows.
 */
#include "sweep/runs.h"

#include <errno.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/outfile.h"
#include "jobs/jobs.h"
#include "runs/drive.h"
#include "text/utf8.h"

/* ---- which runs have results ---- */

int
sweep_runs_create(struct sweep_runs *r, const struct experiment *e)
{
	memset(r, 0, sizeof(*r));
	r->e = e;
	r->state = mem_zalloc(e->runs, sizeof(*r->state));
	r->digest = mem_zalloc(e->runs, sizeof(*r->digest));
	return r->state != NULL && r->digest != NULL ? 0 : ERR_NOMEM;
}

void
sweep_runs_free(struct sweep_runs *r)
{
	for (size_t i = 0; i < r->nreasons; i++)
		mem_free(r->reasons[i].what);
	mem_free(r->state);
	mem_free(r->digest);
	memset(r, 0, sizeof(*r));
}

/* Why run RUN failed, a sentence; NULL: it is not known. */
static const char *
sweep_runs_reason(const struct sweep_runs *r, uint64_t run)
{
	for (size_t i = 0; i < r->nreasons; i++)
		if (r->reasons[i].run == run)
			return r->reasons[i].what;
	return NULL;
}

/* WHAT is why RUN failed, in place of another reason for it; without memory the
 * reason is lost. */
static void
keep_reason(struct sweep_runs *r, uint64_t run, struct str what)
{
	size_t at = 0;
	char *copy;

	while (at < r->nreasons && r->reasons[at].run < run)
		at++;
	if (at == SWEEP_REASONS)
		return;
	copy = mem_dup(what.p != NULL ? what.p : "", what.n);
	if (copy == NULL)
		return;
	if (at < r->nreasons && r->reasons[at].run == run) {
		mem_free(r->reasons[at].what);
		r->reasons[at].what = copy;
		return;
	}
	if (r->nreasons == SWEEP_REASONS)
		mem_free(r->reasons[--r->nreasons].what);
	memmove(&r->reasons[at + 1], &r->reasons[at],
	    (r->nreasons - at) * sizeof(r->reasons[0]));
	r->reasons[at] = (struct sweep_reason){ run, copy };
	r->nreasons++;
}

/*
 * A failure may be due to the machine, so a result of the same run that came to
 * its end takes the place of one that failed.
 */
bool
sweep_runs_take(
    struct sweep_runs *r, const struct sweep_result *result, struct str line)
{
	uint64_t run =
	    (result->seed - r->e->seed_from) * r->e->points + result->point;
	uint8_t state = (uint8_t)(result->end + 1), *old = &r->state[run];
	uint32_t digest = (uint32_t)str_hash(str_trim(line));

	if (*old == 0) {
		r->done++;
		r->failed += result->end != SWEEP_OK;
	} else if (*old <= state) {
		if (*old == SWEEP_OK + 1 && *old == state &&
		    r->digest[run] != digest)
			r->differing++;
		return false;
	} else {
		r->failed -= result->end == SWEEP_OK;
	}
	if (result->end != SWEEP_OK)
		keep_reason(r, run, buf_view(&result->what));
	*old = state;
	r->digest[run] = digest;
	return result->end == SWEEP_OK;
}

/* "  --seed=7 --set loss=5%: ended with an error: lab.lua:3: …" */
static void
put_failure(const struct sweep_runs *r, uint64_t run, struct buf *out)
{
	const char *why = sweep_runs_reason(r, run);
	LOCAL_BUF options = BUF_INIT, line = BUF_INIT;

	experiment_put_options(r->e, experiment_point(r->e, run),
	    experiment_seed(r->e, run), &options);
	/* TRANSLATORS: the options of a run, what became of it */
	buf_printf(&line, _("  %s: %s"), buf_cstr(&options) + 1,
	    sweep_end_text(sweep_runs_end(r, run)));
	if (why != NULL && why[0] != '\0')
		/* TRANSLATORS: and why */
		buf_printf(&line, _(": %s"), why);
	/* Values and reasons are untrusted. */
	utf8_add_safe(out, buf_view(&line));
	buf_putc(out, '\n');
	if (line.err != 0 || options.err != 0)
		out->err = ERR_NOMEM;
}

void
sweep_put_failures(const struct sweep_runs *r, struct buf *out)
{
	uint64_t named = 0;

	for (uint64_t run = 0; run < r->e->runs && named < SWEEP_REASONS;
	     run++) {
		if (!sweep_runs_has(r, run) ||
		    sweep_runs_end(r, run) == SWEEP_OK)
			continue;
		named++;
		put_failure(r, run, out);
	}
	if (named < r->failed)
		buf_printf(out, _("  and %llu more\n"),
		    (unsigned long long)(r->failed - named));
}

void
sweep_put_counts(const struct sweep_runs *r, struct buf *out)
{
	buf_printf(out, _("Runs with a result: %llu of %llu; failed: %llu.\n"),
	    (unsigned long long)r->done, (unsigned long long)r->e->runs,
	    (unsigned long long)r->failed);
	sweep_put_failures(r, out);
	if (r->differing > 0)
		buf_printf(out,
		    _("Runs with two results that differ: %llu; the first "
		      "counts.\n"),
		    (unsigned long long)r->differing);
}

/* ---- one run ---- */

/* Events in one slice, and the measures after it. */
#define SLICE 5000

struct one {
	struct trace *trace;
	struct outfile out;
	bool keeps;
	uint64_t records; /* at most; 0: any number */
	struct measures *m;
};

static int
write_line(const char *line, size_t n, void *arg)
{
	struct one *o = arg;

	return outfile_write(line, n, &o->out);
}

static int
measure_slice(struct drive *d, enum run_state state, void *arg)
{
	struct one *o = arg;

	(void)d;
	(void)state;
	while (measures_extend(o->m, o->trace, UINT64_MAX))
		;
	return measures_error(o->m);
}

/* The run that IN says, measured. */
static int
run_inputs(struct inputs *in, struct one *o, struct diag *d)
{
	struct drive_options how = {
		.arg = o, .events = SLICE, .max_records = o->records
	};
	struct drive *run = NULL;
	int err = trace_begin(&o->trace, _("the run's trace"));

	how.trace = o->trace;
	if (o->keeps)
		how.line = write_line;
	if (err == 0)
		err = drive_begin(&run, in, &how, d);
	if (err == 0)
		err = drive_through(run, measure_slice, o, d);
	drive_end(run);
	trace_destroy(o->trace);
	return err;
}

static int
open_trace(struct one *o, const char *file, struct diag *d)
{
	int err = outfile_open(&o->out, file);

	o->keeps = err == 0;
	if (err != 0)
		diag_set(d, err, file, 0, _("can't be written: %s"),
		    err_system(errno));
	return err;
}

/* Run POINT, SEED of E into R. */
static int
measure_run(const struct experiment *e, const char *trace, struct one *o,
    struct sweep_result *r)
{
	struct diag d = DIAG_INIT;
	struct inputs in;
	int err = experiment_inputs(e, r->point, r->seed, &in);

	if (in.detail < TRACE_PROTOCOL)
		in.detail = TRACE_PROTOCOL;
	if (err == 0)
		err = measures_create(&o->m);
	if (err == 0 && trace != NULL)
		err = open_trace(o, trace, &d);
	if (err == 0)
		err = run_inputs(&in, o, &d);
	if (o->keeps && outfile_close(&o->out, true) != 0 && err == 0)
		err = diag_set(&d, ERR_IO, trace, 0, _("can't be written: %s"),
		    err_system(errno));
	inputs_free(&in);
	if (err == 0)
		err = sweep_result_take(r, o->m);
	measures_destroy(o->m);
	if (err == 0)
		return 0;
	r->end = err == ERR_NOMEM ? SWEEP_MEMORY : SWEEP_ERROR;
	diag_write(&d, &r->what);
	return err == ERR_NOMEM ? err : 0;
}

int
sweep_run_once(const struct experiment *e, uint64_t run, const char *trace,
    uint64_t records, struct buf *line)
{
	struct one o = { .out = OUTFILE_INIT, .records = records };
	struct sweep_result r = { .point = experiment_point(e, run),
		.seed = experiment_seed(e, run) };
	int err = measure_run(e, trace, &o, &r);

	sweep_result_write(&r, e->id, line);
	if (line->n > SWEEP_LINE_MAX) {
		sweep_result_clear(&r);
		r.end = SWEEP_ERROR;
		buf_puts(&r.what, _("it made too many calls"));
		buf_clear(line);
		sweep_result_write(&r, e->id, line);
	}
	sweep_result_free(&r);
	return err;
}

/* ---- the runs as jobs; what a job says is the line of its result ---- */

/* Addresses that an emulated board reserves, whatever it uses of them. */
#define BOARD_ROOM ((uint64_t)5 << 28)

struct crew {
	struct sweep_work *w;
	uint64_t next; /* the run to begin, at the earliest */
	struct sweep_result result;
};

static bool
is_mine(const struct sweep_work *w, uint64_t run)
{
	return run % w->parts == w->part - 1 && !sweep_runs_has(w->runs, run);
}

uint64_t
sweep_work_size(const struct sweep_work *w)
{
	uint64_t n = 0;

	for (uint64_t run = w->part - 1; run < w->e->runs; run += w->parts)
		n += is_mine(w, run);
	return n;
}

static bool
next_run(void *arg, uint64_t *run)
{
	struct crew *c = arg;

	while (c->next < c->w->e->runs && !is_mine(c->w, c->next))
		c->next += c->w->parts;
	*run = c->next;
	c->next += c->w->parts;
	return *run < c->w->e->runs;
}

/* In the run's process. */
static int
do_run(void *arg, uint64_t run, struct buf *line)
{
	const struct sweep_work *w = ((struct crew *)arg)->w;
	LOCAL_BUF trace = BUF_INIT;

	if (w->keep)
		buf_printf(&trace, "%s/traces/%zu-%llu.jsonl", w->store->folder,
		    experiment_point(w->e, run),
		    (unsigned long long)experiment_seed(w->e, run));
	return sweep_run_once(
	    w->e, run, w->keep ? buf_cstr(&trace) : NULL, 0, line);
}

/* The line that the job brought is the result of RUN. */
static bool
is_whole(struct crew *c, uint64_t run, struct str line)
{
	const struct experiment *e = c->w->e;

	return line.n > 0 && line.p[line.n - 1] == '\n' &&
	       sweep_result_read(
		   &c->result, e->id, str_slice(line, 0, line.n - 1)) == 0 &&
	       c->result.point == experiment_point(e, run) &&
	       c->result.seed == experiment_seed(e, run);
}

/* A job that brought no result has one by how it ended. */
static void
judge_end(struct crew *c, uint64_t run, enum job_end end, const char *what)
{
	static const enum sweep_end ends[] = {
		[JOB_DONE] = SWEEP_CRASH,
		[JOB_MEMORY] = SWEEP_MEMORY,
		[JOB_CPU] = SWEEP_CPU,
		[JOB_TIMEOUT] = SWEEP_TIMEOUT,
		[JOB_CRASH] = SWEEP_CRASH,
	};
	struct sweep_result *r = &c->result;

	sweep_result_clear(r);
	r->point = experiment_point(c->w->e, run);
	r->seed = experiment_seed(c->w->e, run);
	r->end = ends[end];
	buf_puts(&r->what, what);
}

static int
keep_result(void *arg, uint64_t run, enum job_end end, struct str said,
    const char *what, struct diag *d)
{
	struct crew *c = arg;
	struct sweep_work *w = c->w;
	LOCAL_BUF line = BUF_INIT;
	int err;

	if (is_whole(c, run, said)) {
		buf_str(&line, said);
	} else if (end == JOB_KILLED || end == JOB_TROUBLE) {
		w->killed++;
		return 0;
	} else {
		judge_end(c, run, end, what);
		sweep_result_write(&c->result, w->e->id, &line);
	}
	err = line.err != 0 ? diag_fail(d, ERR_NOMEM)
	      : w->results < 0
		  ? 0
		  : store_append(w->store, w->results, buf_view(&line), d);
	if (err == 0)
		sweep_runs_take(w->runs, &c->result,
		    str_slice(buf_view(&line), 0, line.n - 1));
	w->bytes += line.n;
	return err;
}

static int
call_sweep_look(void *arg)
{
	struct sweep_work *w = ((struct crew *)arg)->w;

	return w->look(w->arg);
}

int
sweep_work_do(struct sweep_work *w, struct diag *d)
{
	const struct sweep_bounds *b = &w->e->bounds;
	struct crew c = { .w = w, .next = w->part - 1 };
	struct jobs jobs = {
		.at_once = w->jobs,
		.bounds = { .memory = b->memory > 0 ? b->memory + w->e->boards *
								      BOARD_ROOM
						    : 0,
		    .cpu = b->cpu,
		    .wall = b->wall,
		    .said = SWEEP_LINE_MAX },
		.next = next_run,
		.work = do_run,
		.done = keep_result,
		.look = call_sweep_look,
		.arg = &c,
		.closed = w->results,
	};
	int err = jobs_do(&jobs, d);

	sweep_result_free(&c.result);
	return err;
}
