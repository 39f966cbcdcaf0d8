/*
 * A process that waits for what never comes was waited for without end, and one
 * that a library had ended for want of memory was called crashed.
 */
#include "base/err.h"
#include "base/jobs.h"

#include "check.h"

#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define MS INT64_C(1000000)
#define MB (UINT64_C(1) << 20)

static int
wait_for_ever(void)
{
	for (;;)
		pause();
	return 0;
}

/* Computes now and then for longer than it may stand still. */
static int
work_a_little(void)
{
	const struct timespec nap = { .tv_nsec = 50 * MS };

	for (int i = 0; i < 30; i++)
		nanosleep(&nap, NULL);
	return 0;
}

static int
crash(void)
{
	abort();
}

static const struct {
	int (*work)(void);
	uint64_t memory; /* of addresses; 0: as many as there are */
	enum job_end end;
} jobs[] = {
	{ wait_for_ever, 0, JOB_TIMEOUT },
	{ work_a_little, 0, JOB_DONE },
	{ crash, 0, JOB_CRASH },
	/* No library is content with what is left. */
	{ crash, 64 * MB, JOB_MEMORY },
	{ crash, UINT64_C(1) << 40, JOB_CRASH },
};
#define JOBS (sizeof(jobs) / sizeof(jobs[0]))

struct seen {
	uint64_t job;
	bool begun;
	unsigned ended;
};

static bool
next_job(void *arg, uint64_t *job)
{
	struct seen *s = arg;
	bool first = !s->begun;

	*job = s->job;
	s->begun = true;
	return first;
}

static int
do_job(void *arg, uint64_t job, struct buf *out)
{
	(void)arg;
	(void)out;
	return jobs[job].work();
}

static int
end_job(void *arg, uint64_t job, enum job_end end, struct str said,
    const char *what, struct diag *d)
{
	struct seen *s = arg;

	(void)said;
	(void)what;
	(void)d;
	CU_ASSERT_EQUAL(end, jobs[job].end);
	s->ended++;
	return 0;
}

static int
look_away(void *arg)
{
	(void)arg;
	return 0;
}

static void
each_end_is_known(void)
{
	for (size_t i = 0; i < JOBS; i++) {
		struct diag d = DIAG_INIT;
		struct seen s = { .job = i };
		struct jobs j = {
			.at_once = 1,
			.bounds = { .memory = jobs[i].memory,
			    .idle = 1000 * MS,
			    .said = 1 },
			.next = next_job,
			.work = do_job,
			.done = end_job,
			.look = look_away,
			.arg = &s,
			.closed = -1,
		};

		CU_ASSERT_EQUAL(jobs_do(&j, &d), 0);
		CU_ASSERT_EQUAL(s.ended, 1);
	}
}

/* ---- two at once ---- */

struct both {
	uint64_t begun;
	unsigned done;
};

static bool
next_of_two(void *arg, uint64_t *job)
{
	struct both *b = arg;

	*job = b->begun++;
	return *job < 2;
}

/* The one waits for less than it may, while the other speaks and speaks. */
static int
wait_or_speak(void *arg, uint64_t job, struct buf *out)
{
	const struct timespec nap = { .tv_nsec = 300 * MS };

	(void)arg;
	if (job == 0)
		return nanosleep(&nap, NULL);
	buf_fill(out, 'x', 64 * MB);
	return out->err;
}

static int
count_done(void *arg, uint64_t job, enum job_end end, struct str said,
    const char *what, struct diag *d)
{
	struct both *b = arg;

	(void)job;
	(void)said;
	(void)what;
	(void)d;
	b->done += end == JOB_DONE;
	return 0;
}

static void
others_that_speak_take_no_time(void)
{
	struct diag d = DIAG_INIT;
	struct both b = { 0, 0 };
	struct jobs j = {
		.at_once = 2,
		.bounds = { .idle = 1000 * MS, .said = 65 * MB },
		.next = next_of_two,
		.work = wait_or_speak,
		.done = count_done,
		.look = look_away,
		.arg = &b,
		.closed = -1,
	};

	CU_ASSERT_EQUAL(jobs_do(&j, &d), 0);
	CU_ASSERT_EQUAL(b.done, 2);
}

CHECK_MAIN("job_stands_still", { "each end is known", each_end_is_known },
    { "others that speak take no time", others_that_speak_take_no_time })
