/* How a child is begun and ended: its files, its folder, its limits, its group,
 * and what is reported when it can't be begun. */
#include "jobs/child.h"

#include "base/buf.h"

#include "fixtures/check.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct buf said;

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Begins P with a pipe as its output, and reads that to its end. */
static int
hear(struct child *c, struct child_plan p)
{
	char bytes[512];
	int ends[2], err;
	ssize_t n;

	CU_ASSERT_EQUAL_FATAL(pipe2(ends, O_CLOEXEC), 0);
	p.in = CHILD_NULL;
	p.out = ends[1];
	p.errors = CHILD_SAME;
	err = child_begin(c, &p);
	close(ends[1]);
	buf_clear(&said);
	while ((n = read(ends[0], bytes, sizeof(bytes))) > 0)
		buf_str(&said, (struct str){ bytes, (size_t)n });
	close(ends[0]);
	return err;
}

/* What `sh -c SCRIPT` says; it ends with status 0. */
static const char *
said_by(const char *script, struct child_plan p)
{
	const char *const argv[] = { "sh", "-c", script, NULL };
	struct child c;

	p.argv = argv;
	CU_ASSERT_EQUAL_FATAL(hear(&c, p), 0);
	CU_ASSERT_EQUAL(child_wait(&c), 0);
	CU_ASSERT_EQUAL(c.pid, 0);
	return buf_cstr(&said);
}

static int
error_of(const char *program, const char *folder)
{
	const char *const argv[] = { program, NULL };
	struct child c = { .pid = 1 };
	int err =
	    hear(&c, (struct child_plan){ .argv = argv, .folder = folder });

	if (err == 0)
		child_wait(&c);
	CU_ASSERT_EQUAL(c.pid, 0);
	return err;
}

static void
errors_are_reported(void)
{
	CU_ASSERT_EQUAL(error_of("true", NULL), 0);
	CU_ASSERT_EQUAL(error_of("no-such-program", NULL), ENOENT);
	CU_ASSERT_EQUAL(error_of("/dev/null", NULL), EACCES);
	CU_ASSERT_EQUAL(error_of("true", "/no/such/folder"), ENOENT);
	/* Nothing is left to be waited for. */
	CU_ASSERT_EQUAL(waitpid(-1, NULL, WNOHANG), -1);
	CU_ASSERT_EQUAL(errno, ECHILD);
}

static void
has_what_the_plan_says(void)
{
	static const char *const vars[] = { "A_NAME", "b", "C_NAME", "d",
		NULL };
	static const struct child_limit limits[] = { { RLIMIT_NOFILE, 20 },
		{ RLIMIT_CPU, 7 }, { RLIMIT_FSIZE, 0 } };
	const struct child_plan plain = { 0 };
	struct child_plan p = { .folder = "/dev", .vars = vars };
	int own = getpriority(PRIO_PROCESS, 0);
	char nice[16];

	CU_ASSERT_STRING_EQUAL(
	    said_by("pwd; echo $A_NAME$C_NAME", p), "/dev\nbd\n");
	p = (struct child_plan){ .limits = limits,
		.nlimits = COUNT_OF(limits) };
	CU_ASSERT_STRING_EQUAL(
	    said_by(
		"ulimit -n; ulimit -St; ulimit -Ht; ulimit -f; ulimit -c", p),
	    "20\n7\n8\n0\n0\n");
	p = (struct child_plan){ .nice = 3 };
	snprintf(nice, sizeof(nice), "%d\n", own < 16 ? own + 3 : 19);
	CU_ASSERT_STRING_EQUAL(said_by("nice", p), nice);
	/* INT and QUIT of the terminal. */
	CU_ASSERT_STRING_EQUAL(
	    said_by("kill -INT $$; kill -HUP $$; echo goes on", plain),
	    "goes on\n");
	p = (struct child_plan){ .group = true };
	CU_ASSERT_STRING_EQUAL(
	    said_by("test $(ps -o pgid= -p $$) = $$ && echo leads", p),
	    "leads\n");
}

#define OPEN_FILES                          \
	"for i in 0 1 2 3 4 5 6 7 8 9; do " \
	"if [ -e /proc/$$/fd/$i ]; then echo $i; fi; done"

static void
copy_live(void *arg)
{
	for (int fd = 0; fd < 64; fd++)
		if (fcntl(fd, F_GETFD) >= 0)
			dprintf(STDOUT_FILENO, "%d\n", fd);
	(void)arg;
}

/* Whatever files there are here. */
static void
has_no_other_files(void)
{
	int more[4];
	struct child c;

	for (int i = 0; i < 4; i++)
		more[i] = open("/dev/null", O_RDONLY);
	CU_ASSERT_STRING_EQUAL(
	    said_by(OPEN_FILES, (struct child_plan){ 0 }), "0\n1\n2\n");
	CU_ASSERT_EQUAL(
	    hear(&c, (struct child_plan){ .live = copy_live, .alone = true }),
	    0);
	CU_ASSERT_EQUAL(child_wait(&c), 0);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&said), "0\n1\n2\n");
	for (int i = 0; i < 4; i++)
		close(more[i]);
}

/* The signal that ended `sh -c SCRIPT` when it was ended after MS; *TOOK: how
 * long that lasted. */
static int
ended_by(const char *script, int ms, int64_t *took)
{
	const char *const argv[] = { "sh", "-c", script, NULL };
	const struct child_plan p = { .argv = argv,
		.in = CHILD_NULL,
		.out = CHILD_NULL,
		.errors = CHILD_NULL,
		.group = true };
	struct child c;
	pid_t group;
	int status;

	CU_ASSERT_EQUAL_FATAL(child_begin(&c, &p), 0);
	group = c.pid;
	CU_ASSERT_FALSE(child_has_ended(&c, 100));
	*took = now_ms();
	status = child_end(&c, ms);
	*took = now_ms() - *took;
	/* A process of its group that has no parent any more is soon gone. */
	for (int i = 0; i < 2000 && kill(-group, 0) == 0; i++)
		usleep(1000);
	CU_ASSERT_NOT_EQUAL(kill(-group, 0), 0);
	return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void
ends_with_its_group(void)
{
	int64_t took;

	CU_ASSERT_EQUAL(ended_by("sleep 30 & wait", 3000, &took), SIGTERM);
	CU_ASSERT(took < 2000);
	CU_ASSERT_EQUAL(
	    ended_by("trap '' TERM; sleep 30 & wait", 300, &took), SIGKILL);
	CU_ASSERT(took >= 300);
	CU_ASSERT_EQUAL(ended_by("sleep 30 & wait", 0, &took), SIGKILL);
	/* It tidies up. */
	CU_ASSERT_EQUAL(
	    ended_by("trap 'exit 0' TERM; sleep 30 & wait", 5000, &took), 0);
	CU_ASSERT(took < 4000);
	buf_free(&said);
}

CHECK_MAIN("child", { "errors are reported", errors_are_reported },
    { "has what the plan says", has_what_the_plan_says },
    { "has no other files", has_no_other_files },
    { "ends with its group", ends_with_its_group })
