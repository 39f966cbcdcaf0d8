/*
 * The children of a sweep.  Each has a pipe, through which its result comes,
 * and ends; what it says counts only whole.  It dies with this process.
 */
#include "sweep/work.h"

#include "base/err.h"
#include "base/mem.h"
#include "sweep/child.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* How often somebody looks around, in ms. */
#define LOOK_MS 200

struct job {
	pid_t pid; /* 0: none */
	int fd;
	uint64_t run;
	int64_t begun; /* ns of the monotonic clock */
	bool late;     /* it was ended because its time was over */
	struct buf line;
};

struct crew {
	struct sweep_work *w;
	struct job *jobs;
	struct pollfd *polls;
	unsigned busy;
	uint64_t next; /* the run to begin, at the earliest */
	struct sweep_result result;
};

/* Bounds on waiting alone: no result depends on it. */
static int64_t
now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

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

/* ---- beginning ---- */

static int
begin_job(struct crew *c, struct job *job, struct diag *d)
{
	struct child_task task = { c->w->e, experiment_point(c->w->e, c->next),
		experiment_seed(c->w->e, c->next), c->w->store->folder,
		c->w->keep, c->w->results };
	int err = child_begin(&task, &job->pid, &job->fd, d);

	if (err != 0) {
		job->pid = 0;
		return err;
	}
	job->run = c->next;
	job->begun = now_ns();
	job->late = false;
	buf_clear(&job->line);
	c->busy++;
	c->next += c->w->parts;
	return 0;
}

static int
begin_jobs(struct crew *c, struct diag *d)
{
	const struct sweep_work *w = c->w;
	int err = 0;

	for (unsigned i = 0; err == 0 && i < w->jobs; i++) {
		if (c->jobs[i].pid != 0)
			continue;
		while (c->next < w->e->runs && !is_mine(w, c->next))
			c->next += w->parts;
		if (c->next >= w->e->runs)
			return 0;
		err = begin_job(c, &c->jobs[i], d);
	}
	return err;
}

/* ---- ending ---- */

/* Why a child that brought no result ended. */
static void
judge_death(struct crew *c, const struct job *job, int status)
{
	struct sweep_result *r = &c->result;
	int sig = WIFSIGNALED(status) ? WTERMSIG(status) : 0;

	sweep_result_clear(r);
	r->point = experiment_point(c->w->e, job->run);
	r->seed = experiment_seed(c->w->e, job->run);
	r->end = job->late        ? SWEEP_TIMEOUT
		 : sig == SIGXCPU ? SWEEP_CPU
		 : WIFEXITED(status) && WEXITSTATUS(status) == CHILD_NO_MEMORY
		     ? SWEEP_MEMORY
		     : SWEEP_CRASH;
	if (r->end == SWEEP_CRASH && sig != 0)
		buf_printf(&r->what, "%s", strsignal(sig));
	else if (r->end == SWEEP_CRASH)
		buf_printf(&r->what, _("it ended with status %d"),
		    WEXITSTATUS(status));
}

/* The line that JOB brought is the result of its run. */
static bool
is_whole(struct crew *c, const struct job *job)
{
	struct str line = buf_view(&job->line);
	const struct experiment *e = c->w->e;

	return line.n > 0 && line.p[line.n - 1] == '\n' &&
	       sweep_result_read(
		   &c->result, e->id, str_slice(line, 0, line.n - 1)) == 0 &&
	       c->result.point == experiment_point(e, job->run) &&
	       c->result.seed == experiment_seed(e, job->run);
}

static int
keep_result(struct crew *c, struct job *job, int status, struct diag *d)
{
	struct sweep_work *w = c->w;
	int err;

	if (!is_whole(c, job)) {
		judge_death(c, job, status);
		buf_clear(&job->line);
		sweep_result_write(&c->result, w->e->id, &job->line);
	}
	if (job->line.err != 0)
		return diag_set(
		    d, ERR_NOMEM, NULL, 0, "%s", err_text(ERR_NOMEM));
	err = store_append(w->store, w->results, buf_view(&job->line), d);
	if (err == 0)
		sweep_runs_take(w->runs, &c->result,
		    str_slice(buf_view(&job->line), 0, job->line.n - 1));
	return err;
}

static int
wait_for(pid_t pid)
{
	int status = 0;

	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

/* Takes JOB off; its end is a result unless DROPPED. */
static int
end_job(struct crew *c, struct job *job, bool dropped, struct diag *d)
{
	int status;

	close(job->fd);
	/* Who has no more to say is not waited for. */
	if (dropped || job->line.n > SWEEP_LINE_MAX)
		kill(job->pid, SIGKILL);
	status = wait_for(job->pid);
	job->pid = 0;
	c->busy--;
	return dropped ? 0 : keep_result(c, job, status, d);
}

/* Something came through the pipe of JOB, or its end. */
static int
hear_job(struct crew *c, struct job *job, struct diag *d)
{
	ssize_t n = -1;

	if (buf_reserve(&job->line, 65536) == 0) {
		n = read(job->fd, job->line.p + job->line.n, 65536);
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			return 0;
	}
	if (n > 0)
		job->line.n += (size_t)n;
	if (n > 0 && job->line.n <= SWEEP_LINE_MAX)
		return 0;
	return end_job(c, job, false, d);
}

static void
end_late(struct crew *c)
{
	int64_t now = now_ns(), most = c->w->e->bounds.wall;

	for (unsigned i = 0; most > 0 && i < c->w->jobs; i++) {
		struct job *job = &c->jobs[i];

		if (job->pid == 0 || job->late || now - job->begun < most)
			continue;
		job->late = true;
		kill(job->pid, SIGKILL);
	}
}

static int
hear_jobs(struct crew *c, struct diag *d)
{
	unsigned n = c->w->jobs;
	int err = 0;

	for (unsigned i = 0; i < n; i++)
		c->polls[i] =
		    (struct pollfd){ .fd = c->jobs[i].pid != 0 ? c->jobs[i].fd
							       : -1,
			    .events = POLLIN };
	if (poll(c->polls, n, LOOK_MS) < 0)
		return 0;
	for (unsigned i = 0; err == 0 && i < n; i++)
		if (c->polls[i].revents != 0)
			err = hear_job(c, &c->jobs[i], d);
	return err;
}

static int
go_through(struct crew *c, struct diag *d)
{
	int err = 0;

	c->next = c->w->part - 1;
	while (err == 0 && c->w->look(c->w->arg) == 0) {
		err = begin_jobs(c, d);
		if (err != 0 || c->busy == 0)
			return err;
		err = hear_jobs(c, d);
		end_late(c);
	}
	return err;
}

int
sweep_work_do(struct sweep_work *w, struct diag *d)
{
	struct crew c = { .w = w };
	int err;

	c.jobs = mem_zalloc(w->jobs, sizeof(*c.jobs));
	c.polls = mem_zalloc(w->jobs, sizeof(*c.polls));
	err = c.jobs == NULL || c.polls == NULL
		  ? diag_set(d, ERR_NOMEM, NULL, 0, "%s", err_text(ERR_NOMEM))
		  : go_through(&c, d);
	for (unsigned i = 0; c.jobs != NULL && i < w->jobs; i++) {
		if (c.jobs[i].pid != 0)
			end_job(&c, &c.jobs[i], true, d);
		buf_free(&c.jobs[i].line);
	}
	sweep_result_free(&c.result);
	mem_free(c.jobs);
	mem_free(c.polls);
	return err;
}
