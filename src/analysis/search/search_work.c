/* The cases of a level in processes: so many to each, a line for each case. */
#include "search/search.h"

#include "base/err.h"
#include "jobs/jobs.h"
#include "sweep/experiment.h"
#include "text/json_fields.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

/* Cases of a job: fewer where they last long, so that not much is lost where
 * one is ended, and it shows; and where there are few, so that each processor
 * has some. */
#define CHUNK      1024
#define RECORDS    100000              /* of the runs of a job, about */
#define SHARES     4                   /* jobs for each processor, at least */
#define JOB_NS     INT64_C(1000000000) /* that it lasts, about */
#define LINE_BYTES 1024                /* that a case says, at most */
/* Beside SEARCH_MEMORY for each board that a run emulates: the emulator
 * reserves 1 GiB at once, and uses little of it. */
#define BOARD_ROOM ((uint64_t)2 << 30)
#define CPU_NS     INT64_C(300000000000)
#define WALL_NS    INT64_C(3600000000000)

struct crew {
	struct search *s;
	const uint32_t *order;
	size_t next, end; /* places in it */
	size_t chunk;
	bool again; /* what was ended from outside is not tried once more */
};

static bool
case_work_next_job(void *arg, uint64_t *job)
{
	struct crew *c = arg;

	while (c->next < c->end && !search_is_to_run(c->s, c->order[c->next]))
		c->next++;
	*job = c->next;
	c->next += c->chunk;
	return *job < c->end;
}

static size_t
find_chunk_end(const struct crew *c, uint64_t job)
{
	size_t to = (size_t)job + c->chunk;

	return to < c->end ? to : c->end;
}

static int
do_job(void *arg, uint64_t job, struct buf *out)
{
	const struct crew *c = arg;
	int err = 0;

	for (size_t i = (size_t)job; err == 0 && i < find_chunk_end(c, job);
	     i++) {
		struct verdict v;

		if (!search_is_to_run(c->s, c->order[i]))
			continue;
		err = search_judge_case(c->s, c->order[i], &v);
		json_put_object(verdict_fields, &v, out);
		buf_putc(out, '\n');
	}
	return err != 0 ? err : out->err;
}

/* The next of SAID's lines into C. */
static bool
case_work_take_line(struct search_case *c, struct str *said)
{
	struct str line = str_cut(*said, '\n', said);
	struct json_value object;

	c->done = json_read(&line, &object) == 0 &&
		  json_take_fields(verdict_fields, object, &c->v) == 0;
	return c->done;
}

/* The machine could not do a job, which says why. */
static int
case_work_tell_trouble(struct str said, struct diag *d)
{
	if (said.n == 0)
		return diag_fail(d, ERR_NOMEM);
	return diag_set(d, ERR_IO, NULL, 0, "%.*s", STR_ARG(said));
}

/* Case I, alone in its job, which brought no verdict: has it one by how that
 * ended?  What the machine lacked is none for ever. */
static int
end_alone(const struct crew *c, size_t i, enum job_end end, const char *what,
    struct diag *d)
{
	struct search *s = c->s;
	struct verdict *v = &s->cases[i].v;

	*v = (struct verdict){ .outcome = OUTCOME_FAILED,
		.node = TRACE_NO_NODE };
	s->undone += end == JOB_MEMORY || (end == JOB_KILLED && c->again);
	if (end == JOB_KILLED)
		return 0;
	snprintf(v->crash, sizeof(v->crash), "%s",
	    end == JOB_CPU ? strsignal(SIGXCPU) : what);
	if (end != JOB_MEMORY)
		return search_case_found(s, i, d);
	search_case_ended(s, i);
	return 0;
}

/* Takes JOB's output.  Of many cases the missing ones stay undone: each is to
 * show by itself which of them it is. */
static int
end_job(void *arg, uint64_t job, enum job_end end, struct str said,
    const char *what, struct diag *d)
{
	struct crew *c = arg;
	struct search *s = c->s;
	int err = end == JOB_TROUBLE ? case_work_tell_trouble(said, d) : 0;

	for (size_t i = (size_t)job; err == 0 && i < find_chunk_end(c, job);
	     i++) {
		if (!search_is_to_run(s, c->order[i]))
			continue;
		if (end == JOB_DONE &&
		    case_work_take_line(&s->cases[c->order[i]], &said))
			err = search_case_found(s, c->order[i], d);
		else if (c->chunk > 1)
			break;
		else
			err = end_alone(c, c->order[i], end, what, d);
	}
	return err;
}

static int
case_work_look(void *arg)
{
	return search_look(((struct crew *)arg)->s);
}

static int
run_chunks(struct crew *c, size_t chunk, struct diag *d)
{
	uint64_t boards = experiment_count_boards(c->s->base.trace);
	struct jobs jobs = {
		.at_once = c->s->o.jobs,
		.bounds = { .memory = SEARCH_MEMORY + boards * BOARD_ROOM,
		    .cpu = CPU_NS,
		    .wall = WALL_NS,
		    .said = CHUNK * LINE_BYTES },
		.next = case_work_next_job,
		.work = do_job,
		.done = end_job,
		.look = case_work_look,
		.arg = c,
		.closed = -1,
	};

	c->next = 0;
	c->chunk = chunk;
	return jobs_do(&jobs, d);
}

/* Of N cases. */
static size_t
chunk_of(const struct search *s, size_t n)
{
	uint64_t chunk = RECORDS / (trace_count(s->base.trace) + 1);
	uint64_t share = n / (SHARES * (s->o.jobs > 0 ? s->o.jobs : 1));

	if (chunk > share)
		chunk = share;
	if (s->o.run_ns > 0 && chunk > (uint64_t)(JOB_NS / s->o.run_ns))
		chunk = (uint64_t)(JOB_NS / s->o.run_ns);
	return chunk < 1 ? 1 : chunk > CHUNK ? CHUNK : (size_t)chunk;
}

int
search_run_apart(
    struct search *s, const uint32_t *order, size_t n, struct diag *d)
{
	struct crew c = { .s = s, .order = order, .end = n };
	int err = run_chunks(&c, chunk_of(s, n), d);

	c.again = true;
	return err == 0 && !s->cut ? run_chunks(&c, 1, d) : err;
}
