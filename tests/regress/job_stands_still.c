/*
 * A process that waits for what never comes was waited for without end, and one
 * that a library had ended for want of memory was called crashed.  So was one
 * that somebody outside had killed, and a bound of somebody else's on its time
 * was taken for the job's.
 */
#include "base/err.h"
#include "jobs/jobs.h"

#include "fixtures/check.h"

#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define MS INT64_C(1000000)
#define MB (UINT64_C(1) << 20)

static int
wait_for_ever(struct buf *out)
{
	(void)out;
	for (;;)
		pause();
	return 0;
}

/* Computes now and then for longer than it may stand still. */
static int
work_a_little(struct buf *out)
{
	const struct timespec nap = { .tv_nsec = 50 * MS };

	(void)out;
	for (int i = 0; i < 30; i++)
		nanosleep(&nap, NULL);
	return 0;
}

static int
crash(struct buf *out)
{
	(void)out;
	abort();
}

/* Waits for less than it may, while another speaks and speaks. */
static int
wait_a_little(struct buf *out)
{
	const struct timespec nap = { .tv_nsec = 300 * MS };

	(void)out;
	return nanosleep(&nap, NULL);
}

static int
speak(struct buf *out)
{
	buf_fill(out, 'x', 64 * MB);
	return out->err;
}

static const struct {
	int (*work)(struct buf *out);
	uint64_t memory; /* of addresses; 0: as many as there are */
	enum job_end end;
	int sig; /* that it gets; 0: none */
} rows[] = {
	{ wait_for_ever, 0, JOB_TIMEOUT, 0 },
	{ work_a_little, 0, JOB_DONE, 0 },
	{ crash, 0, JOB_CRASH, 0 },
	/* No library is content with what is left. */
	{ crash, 64 * MB, JOB_MEMORY, 0 },
	{ crash, UINT64_C(1) << 40, JOB_CRASH, 0 },
	{ wait_for_ever, 0, JOB_KILLED, SIGKILL },
	{ wait_for_ever, 0, JOB_KILLED, SIGTERM },
	{ wait_for_ever, 0, JOB_KILLED, SIGXCPU },
	{ wait_for_ever, 0, JOB_CRASH, SIGSEGV },
	{ wait_for_ever, 0, JOB_CRASH, SIGFPE },
	{ wait_a_little, 0, JOB_DONE, 0 },
	{ speak, 0, JOB_DONE, 0 },
};
#define ROWS (sizeof(rows) / sizeof(rows[0]))

/* Rows from NEXT up to before END. */
struct share {
	size_t next, end, over;
};

static bool
next_job(void *arg, uint64_t *job)
{
	struct share *s = arg;

	*job = s->next++;
	return *job < s->end;
}

static int
do_job(void *arg, uint64_t job, struct buf *out)
{
	(void)arg;
	if (rows[job].sig != 0)
		raise(rows[job].sig);
	return rows[job].work(out);
}

static int
end_job(void *arg, uint64_t job, enum job_end end, struct str said,
    const char *what, struct diag *d)
{
	struct share *s = arg;

	(void)said;
	(void)d;
	CU_ASSERT_EQUAL(end, rows[job].end);
	CU_ASSERT_EQUAL(jobs_is_killed(str_of(what)), end == JOB_KILLED);
	s->over++;
	return 0;
}

static int
look_away(void *arg)
{
	(void)arg;
	return 0;
}

/* N rows from FIRST on at once. */
static void
do_rows(size_t first, unsigned n)
{
	struct diag d = DIAG_INIT;
	struct share s = { .next = first, .end = first + n };
	struct jobs j = {
		.at_once = n,
		.bounds = { .memory = rows[first].memory,
		    .cpu = 60000 * MS,
		    .idle = 1000 * MS,
		    .said = 65 * MB },
		.next = next_job,
		.work = do_job,
		.done = end_job,
		.look = look_away,
		.arg = &s,
		.closed = -1,
	};

	CU_ASSERT_EQUAL(jobs_do(&j, &d), 0);
	CU_ASSERT_EQUAL(s.over, n);
}

static void
each_end_is_known(void)
{
	for (size_t i = 0; i < ROWS - 2; i++)
		do_rows(i, 1);
}

static void
others_that_speak_take_no_time(void)
{
	do_rows(ROWS - 2, 2);
}

CHECK_MAIN("job_stands_still", { "each end is known", each_end_is_known },
    { "others that speak take no time", others_that_speak_take_no_time })
