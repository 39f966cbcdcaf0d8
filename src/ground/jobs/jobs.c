/* The children of a process, their pipes and their ends. */
#include "jobs/jobs.h"

#include "base/err.h"
#include "jobs/jobs_in.h"
#include "base/mem.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* The interval of checks on the children, in ms. */
#define LOOK_MS 200
#define LOOK_NS (LOOK_MS * INT64_C(1000000))
/* … and at one that has ended its pipe, where its end can't be heard. */
#define END_LOOK_MS 1
/* From SIGTERM to SIGKILL; a job that is not a program has nothing to save. */
#define TERM_MS 100
/* A job's time, at most. */
#define WALL_MOST INT64_C(86400000000000)
/* Read from a pipe at once. */
#define PIECE 65536

struct worker {
	struct child child;
	int fd;      /* its pipe; once that has ended, its process, or -1 */
	bool silent; /* its pipe has ended */
	uint64_t job;
	int64_t begun;  /* ns of the monotonic clock */
	clockid_t cpu;  /* its processor's clock */
	int64_t worked; /* ns of it, when last looked at */
	unsigned idle;  /* looks since that was another */
	bool late;      /* it was ended because its time was over */
	struct buf said;
};

struct crew {
	struct jobs *j;
	struct worker *workers;
	struct pollfd *polls;
	unsigned busy;
	bool all;       /* have been begun */
	int64_t looked; /* at whether they compute; as `begun` */
};

/* Bounds on waiting alone: no result depends on it. */
static int64_t
jobs_read_clock(clockid_t clock)
{
	struct timespec t = { 0, 0 };

	clock_gettime(clock, &t);
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

unsigned
jobs_processors(void)
{
	cpu_set_t set;
	int n;

	CPU_ZERO(&set);
	n = sched_getaffinity(0, sizeof(set), &set) == 0 ? CPU_COUNT(&set) : 0;
	return n > 0 ? (unsigned)n : 1;
}

/* The number of the next; false: all have been begun. */
static bool
jobs_next(struct crew *c, uint64_t *job)
{
	bool alone = c->j->next == NULL;

	*job = 0;
	if (c->all)
		return false;
	c->all = alone || !c->j->next(c->j->arg, job);
	return alone || !c->all;
}

static int
begin_children(struct crew *c, struct diag *d)
{
	int err = 0;

	for (unsigned i = 0; err == 0 && i < c->j->at_once; i++) {
		struct worker *w = &c->workers[i];

		if (w->child.pid != 0)
			continue;
		if (!jobs_next(c, &w->job))
			return 0;
		err = job_begin(c->j, w->job, &w->child, &w->fd);
		if (err != 0 && c->j->program != NULL)
			return c->j->done(c->j->arg, w->job, JOB_TROUBLE,
			    str_of(err_system(err)), "", d);
		if (err != 0)
			return diag_set(d, ERR_IO, NULL, 0,
			    _("no more processes can be started: %s"),
			    err_system(err));
		w->begun = jobs_read_clock(CLOCK_MONOTONIC);
		clock_getcpuclockid(w->child.pid, &w->cpu);
		w->worked = 0;
		w->idle = 0;
		w->late = w->silent = false;
		buf_clear(&w->said);
		c->busy++;
	}
	return err;
}

/* ---- ending ---- */

/* A program's statuses are its own, except for that of one that never was. */
static enum job_end
end_of_status(const struct jobs *j, int code)
{
	bool program = j->program != NULL;

	if (code == 0)
		return JOB_DONE;
	if (code == (program ? JOB_STATUS_NOT_STARTED : JOB_STATUS_TROUBLE))
		return JOB_TROUBLE;
	return !program && code == JOB_STATUS_NO_MEMORY ? JOB_MEMORY
							: JOB_CRASH;
}

/* What a process does wrong itself ends it by one of these. */
static bool
is_own_signal(int sig)
{
	return sig == SIGABRT || sig == SIGBUS || sig == SIGFPE ||
	       sig == SIGILL || sig == SIGSEGV || sig == SIGSYS ||
	       sig == SIGTRAP;
}

bool
jobs_is_killed(struct str what)
{
	for (int sig = 1; sig < SIGRTMIN; sig++)
		if (!is_own_signal(sig) && str_is(what, strsignal(sig)))
			return true;
	return false;
}

/* The bound on processor time ends only a child that has used it up.  On
 * virtual machines up to a tenth of the counted time is not reported. */
static enum job_end
end_of_signal(const struct job_bounds *b, const struct worker *w, int sig)
{
	const struct timeval *u = &w->child.used.ru_utime,
			     *s = &w->child.used.ru_stime;
	int64_t ns = (u->tv_sec + s->tv_sec) * INT64_C(1000000000) +
		     (u->tv_usec + s->tv_usec) * INT64_C(1000);

	if ((sig == SIGXCPU || sig == SIGKILL) && b->cpu > 0 &&
	    ns > b->cpu / 4 * 3)
		return JOB_CPU;
	return is_own_signal(sig) || w->said.n > b->said ? JOB_CRASH
							 : JOB_KILLED;
}

static int
jobs_tell_end(struct crew *c, struct worker *w, int status, struct diag *d)
{
	int sig = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	int code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
	bool much = w->said.n > c->j->bounds.said;
	enum job_end end = w->late    ? JOB_TIMEOUT
			   : sig != 0 ? end_of_signal(&c->j->bounds, w, sig)
			   : much     ? JOB_CRASH
				      : end_of_status(c->j, code);
	LOCAL_BUF what = BUF_INIT;

	if (w->said.err != 0)
		return diag_fail(d, ERR_NOMEM);
	if (end == JOB_CRASH && much)
		buf_puts(&what, _("it wrote too much output"));
	else if ((end == JOB_CRASH || end == JOB_KILLED) && sig != 0)
		buf_printf(&what, "%s", strsignal(sig));
	else if (end == JOB_CRASH)
		buf_printf(&what, _("it ended with status %d"), code);
	return c->j->done(
	    c->j->arg, w->job, end, buf_view(&w->said), buf_cstr(&what), d);
}

/* Takes W off, and ends it where it has not ended yet; its end is told
 * unless DROPPED.  A program leads a group: whom it left behind ends as well.
 */
static int
end_child(struct crew *c, struct worker *w, bool dropped, struct diag *d)
{
	int status;

	if (w->fd >= 0)
		close(w->fd);
	status = child_end(&w->child, c->j->program != NULL ? TERM_MS : 0);
	c->busy--;
	return dropped ? 0 : jobs_tell_end(c, w, status, d);
}

/* A child that has closed its output may yet go on: its bounds hold up to its
 * end. */
static int
await_end(struct worker *w)
{
	close(w->fd);
	w->silent = true;
	w->fd = child_watch(&w->child);
	return 0;
}

/* Something came through the pipe of W, or the end of that, or of W. */
static int
hear_child(struct crew *c, struct worker *w, struct diag *d)
{
	ssize_t n = -1;

	if (w->silent)
		return end_child(c, w, false, d);
	if (buf_reserve(&w->said, PIECE) == 0) {
		n = read(w->fd, w->said.p + w->said.n, PIECE);
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			return 0;
	}
	if (n > 0)
		w->said.n += (size_t)n;
	if (n > 0 && w->said.n <= c->j->bounds.said)
		return 0;
	return n == 0 ? await_end(w) : end_child(c, w, false, d);
}

/* W has ended; its own children may have its pipe.  The bytes in that
 * count. */
static int
end_ended(struct crew *c, struct worker *w, struct diag *d)
{
	struct pollfd p = { .fd = w->fd, .events = POLLIN };
	int err = 0;

	while (
	    err == 0 && w->child.pid != 0 && !w->silent && poll(&p, 1, 0) > 0)
		err = hear_child(c, w, d);
	return err != 0 || w->child.pid == 0 ? err : end_child(c, w, false, d);
}

/* Looks, not time: while the terminal has stopped all of us, none passes. */
static bool
stands_still(struct worker *w, int64_t most)
{
	int64_t worked = jobs_read_clock(w->cpu);

	w->idle = worked == w->worked ? w->idle + 1 : 0;
	w->worked = worked;
	return w->idle * LOOK_NS > most;
}

/* The end of a pipe is not waited for: a child of the child may have it
 * as well. */
static int
end_late(struct crew *c, struct diag *d)
{
	const struct job_bounds *b = &c->j->bounds;
	int64_t wall = b->wall > 0 && b->wall < WALL_MOST ? b->wall : WALL_MOST;
	int64_t now = jobs_read_clock(CLOCK_MONOTONIC);
	/* Others that speak call for no look. */
	bool look = now - c->looked >= LOOK_NS;
	int err = 0;

	c->looked = look ? now : c->looked;
	for (unsigned i = 0; err == 0 && i < c->j->at_once; i++) {
		struct worker *w = &c->workers[i];

		if (w->child.pid == 0)
			continue;
		if ((look || w->fd < 0) && child_has_ended(&w->child, 0)) {
			err = end_ended(c, w, d);
			continue;
		}
		w->late = now - w->begun >= wall ||
			  (look && b->idle > 0 && stands_still(w, b->idle));
		if (w->late)
			err = end_child(c, w, false, d);
	}
	return err;
}

static int
hear_children(struct crew *c, struct diag *d)
{
	unsigned n = c->j->at_once;
	int err = 0, ms = LOOK_MS;

	for (unsigned i = 0; i < n; i++) {
		const struct worker *w = &c->workers[i];

		c->polls[i] =
		    (struct pollfd){ .fd = w->child.pid != 0 ? w->fd : -1,
			    .events = POLLIN };
		if (w->child.pid != 0 && w->fd < 0)
			ms = END_LOOK_MS;
	}
	if (poll(c->polls, n, ms) < 0)
		return 0;
	for (unsigned i = 0; err == 0 && i < n; i++)
		if (c->polls[i].revents != 0)
			err = hear_child(c, &c->workers[i], d);
	return err;
}

static int
jobs_go_through(struct crew *c, struct diag *d)
{
	int err = 0;

	while (err == 0 && (c->j->look == NULL || c->j->look(c->j->arg) == 0)) {
		err = begin_children(c, d);
		if (err != 0 || c->busy == 0)
			return err;
		err = hear_children(c, d);
		if (err == 0)
			err = end_late(c, d);
	}
	return err;
}

int
jobs_do(struct jobs *j, struct diag *d)
{
	struct crew c = { .j = j };
	int err;

	c.workers = mem_zalloc(j->at_once, sizeof(*c.workers));
	c.polls = mem_zalloc(j->at_once, sizeof(*c.polls));
	err = c.workers == NULL || c.polls == NULL ? diag_fail(d, ERR_NOMEM)
						   : jobs_go_through(&c, d);
	for (unsigned i = 0; c.workers != NULL && i < j->at_once; i++) {
		if (c.workers[i].child.pid != 0)
			end_child(&c, &c.workers[i], true, d);
		buf_free(&c.workers[i].said);
	}
	mem_free(c.workers);
	mem_free(c.polls);
	return err;
}
