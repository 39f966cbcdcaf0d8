/* The runs of a level, in processes: so many cases to each, a line for each
 * case. */
#include "search/search.h"

#include "base/err.h"
#include "base/jobs.h"
#include "base/progress.h"
#include "trace/json_fields.h"

#include <string.h>

/* Cases of a job. */
#define CHUNK      64
#define LINE_BYTES 1024 /* that a case says, at most */
/* What the runs of a job may take. */
#define MEMORY ((uint64_t)2 << 30)
#define CPU_NS INT64_C(300000000000)

struct crew {
	struct search *s;
	size_t next, end; /* cases */
	size_t chunk;
};

static bool
is_to_run(const struct search *s, size_t i)
{
	return s->cases[i].spared == SPARED_RUN && !s->cases[i].done;
}

static bool
next_job(void *arg, uint64_t *job)
{
	struct crew *c = arg;

	while (c->next < c->end && !is_to_run(c->s, c->next))
		c->next++;
	*job = c->next;
	c->next += c->chunk;
	return *job < c->end;
}

static size_t
end_of(const struct crew *c, uint64_t job)
{
	size_t to = (size_t)job + c->chunk;

	return to < c->end ? to : c->end;
}

/* Judges the run of case I.  0 or ERR_NOMEM. */
static int
judge_case(const struct search *s, size_t i, struct verdict *v)
{
	struct diag d = DIAG_INIT;
	struct attempt a;
	struct judged now;
	unsigned failed = 0;
	int err = search_attempt(s, i, &a, &d);

	memset(v, 0, sizeof(*v));
	memset(&now, 0, sizeof(now));
	if (err == 0)
		err = judged_make(&now, a.trace, &s->usual.traffic);
	if (err == 0)
		err = judged_ask(&now, s->o.goals, &failed, &d);
	if (err == 0)
		err = judge(&s->usual, &now, v);
	else if (err != ERR_NOMEM)
		v->outcome = err == ERR_NOTFOUND && failed == 0
				 ? OUTCOME_IMPOSSIBLE
				 : OUTCOME_FAILED;
	if (failed != 0 && err != ERR_NOMEM) {
		v->goal = failed;
		v->print = now.print;
		v->whole = now.whole;
	}
	judged_free(&now);
	attempt_free(&a);
	return err == ERR_NOMEM ? err : 0;
}

static int
do_job(void *arg, uint64_t job, struct buf *out)
{
	const struct crew *c = arg;
	int err = 0;

	for (size_t i = (size_t)job; err == 0 && i < end_of(c, job); i++) {
		struct verdict v;

		if (!is_to_run(c->s, i))
			continue;
		err = judge_case(c->s, i, &v);
		json_put_object(verdict_fields, &v, out);
		buf_putc(out, '\n');
	}
	return err != 0 ? err : out->err;
}

/* The next of SAID's lines into C. */
static bool
take_line(struct search_case *c, struct str *said)
{
	struct str line = str_cut(*said, '\n', said);
	struct json_value object;

	c->done = json_read(&line, &object) == 0 &&
		  json_take_fields(verdict_fields, object, &c->v) == 0;
	return c->done;
}

/* What JOB has said.  Of many cases those that are missing stay undone: each is
 * to show by itself which of them it is. */
static int
end_job(void *arg, uint64_t job, enum job_end end, struct str said,
    const char *what, struct diag *d)
{
	struct crew *c = arg;
	struct search *s = c->s;

	(void)what;
	(void)d;
	for (size_t i = (size_t)job; i < end_of(c, job); i++) {
		struct search_case *k = &s->cases[i];

		if (!is_to_run(s, i))
			continue;
		if (end != JOB_DONE || !take_line(k, &said)) {
			if (c->chunk > 1)
				break;
			k->v = (struct verdict){ .outcome = OUTCOME_FAILED };
			k->done = true;
		}
		s->runs++;
	}
	return 0;
}

static int
look(void *arg)
{
	struct search *s = ((struct crew *)arg)->s;
	int ends;

	progress_count(_("runs"), s->runs, s->runs_known);
	ends = s->o.look != NULL ? s->o.look(s->o.arg) : 0;
	s->cut = ends != 0;
	s->stopped = s->stopped || s->cut;
	return ends;
}

static int
run_chunks(struct crew *c, size_t from, size_t chunk, struct diag *d)
{
	struct jobs jobs = {
		.at_once = c->s->o.jobs,
		.bounds = { .memory = MEMORY,
		    .cpu = CPU_NS,
		    .said = CHUNK * LINE_BYTES },
		.next = next_job,
		.work = do_job,
		.done = end_job,
		.look = look,
		.arg = c,
		.closed = -1,
	};

	c->next = from;
	c->chunk = chunk;
	return jobs_do(&jobs, d);
}

/* The case behind the last that may be run. */
static size_t
bounded_end(struct search *s, size_t from)
{
	uint64_t n = 0;
	size_t i = from;

	while (i < s->ncases && (s->o.runs == 0 || s->runs + n < s->o.runs))
		n += is_to_run(s, i++);
	s->runs_known = s->runs + n;
	s->stopped = s->stopped || i < s->ncases;
	return i;
}

int
search_run_cases(struct search *s, size_t from, struct diag *d)
{
	struct crew c = { .s = s, .end = bounded_end(s, from) };
	int err = run_chunks(&c, from, CHUNK, d);

	if (err == 0 && !s->cut)
		err = run_chunks(&c, from, 1, d);
	return err;
}
