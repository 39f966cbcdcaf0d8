/* The runs of a sweep as jobs; what one says is the line of its result. */
#include "sweep/work.h"

#include "base/err.h"
#include "jobs/jobs.h"

#include <string.h>

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
	struct buf trace = BUF_INIT;
	int err;

	if (w->keep)
		buf_printf(&trace, "%s/traces/%zu-%llu.jsonl", w->store->folder,
		    experiment_point(w->e, run),
		    (unsigned long long)experiment_seed(w->e, run));
	err = sweep_run_once(
	    w->e, run, w->keep ? buf_cstr(&trace) : NULL, 0, line);
	buf_free(&trace);
	return err;
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
	struct buf line = BUF_INIT;
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
	err = line.err != 0
		  ? diag_set(d, ERR_NOMEM, NULL, 0, "%s", err_text(ERR_NOMEM))
	      : w->results < 0
		  ? 0
		  : store_append(w->store, w->results, buf_view(&line), d);
	if (err == 0)
		sweep_runs_take(w->runs, &c->result,
		    str_slice(buf_view(&line), 0, line.n - 1));
	w->bytes += line.n;
	buf_free(&line);
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
