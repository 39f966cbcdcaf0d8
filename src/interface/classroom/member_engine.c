/* The engine of a member, a process; see classroom/member_engine.h. */
#include "classroom/member_engine.h"

#include "base/err.h"
#include "service/service.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

/* A page of a large trace; more is not an answer. */
#define ANSWER_MAX ((size_t)256 << 20)

static const struct child_limit child_limits[] = {
	{ RLIMIT_AS, MEMBER_ENGINE_MEMORY }, { RLIMIT_FSIZE, 0 }
};

static void
serve_in_child(void *arg)
{
	FILE *in = fdopen(STDIN_FILENO, "r"), *out = fdopen(STDOUT_FILENO, "w");

	(void)arg;
	if (in != NULL && out != NULL)
		service_serve(in, out);
}

static int
begin_child(struct member_engine *engine, struct diag *d)
{
	int err = child_begin_talk(&engine->child,
	    (struct child_plan){ .live = serve_in_child,
		.alone = true,
		.out = CHILD_INPUT,
		.limits = child_limits,
		.nlimits = COUNT_OF(child_limits),
		.nice = engine->nice },
	    &engine->fd);

	if (err != 0)
		return diag_set(d, ERR_IO, NULL, 0, "%s", err_system(err));
	fcntl(engine->fd, F_SETFL, O_NONBLOCK);
	return 0;
}

int
member_engine_ask(struct member_engine *engine, struct str line, int64_t now_ms,
    struct diag *d)
{
	int err = engine->child.pid != 0 ? 0 : begin_child(engine, d);

	if (err != 0)
		return err;
	buf_clear(&engine->in);
	buf_clear(&engine->out);
	engine->written = 0;
	buf_str(&engine->out, line);
	/* An end of a line is space between what a request is made of. */
	for (size_t i = 0; i < engine->out.n; i++)
		if (engine->out.p[i] == '\n' || engine->out.p[i] == '\0')
			engine->out.p[i] = ' ';
	buf_putc(&engine->out, '\n');
	engine->busy = true;
	engine->since_ms = now_ms;
	return engine->out.err;
}

short
member_engine_events(const struct member_engine *engine)
{
	return engine->busy && engine->written < engine->out.n
		   ? POLLIN | POLLOUT
		   : POLLIN;
}

static int
write_some(struct member_engine *engine)
{
	while (engine->written < engine->out.n) {
		ssize_t n = send(engine->fd, engine->out.p + engine->written,
		    engine->out.n - engine->written, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno == EAGAIN ? 0 : ERR_IO;
		engine->written += (size_t)n;
	}
	return 0;
}

static int
read_some(struct member_engine *engine, bool *whole)
{
	for (;;) {
		ssize_t n;

		if (engine->in.n > ANSWER_MAX ||
		    buf_reserve(&engine->in, 65536) != 0)
			return ERR_IO;
		n = recv(engine->fd, engine->in.p + engine->in.n, 65536, 0);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n < 0 && errno == EAGAIN ? 0 : ERR_IO;
		engine->in.n += (size_t)n;
		*whole = engine->in.p[engine->in.n - 1] == '\n';
		if (*whole)
			return 0;
	}
}

int
member_engine_go_on(struct member_engine *engine, int64_t now_ms, bool *whole)
{
	int err = write_some(engine);

	*whole = false;
	if (err == 0)
		err = read_some(engine, whole);
	if (err == 0 && *whole)
		engine->busy = false;
	engine->weight = 0;
	if (err == 0 && engine->busy &&
	    now_ms - engine->since_ms > MEMBER_ENGINE_PATIENCE_MS)
		err = ERR_IO;
	return err;
}

void
member_engine_end(struct member_engine *engine)
{
	if (engine->child.pid != 0) {
		child_end(&engine->child, 0);
		close(engine->fd);
	}
	buf_free(&engine->in);
	buf_free(&engine->out);
	*engine = (struct member_engine){ .fd = -1, .nice = engine->nice };
}

/* Of the process itself, not what it shares with files; EXACT: nor with the
 * server, which takes longer to tell. */
static uint64_t
read_weight(pid_t pid, bool exact)
{
	unsigned long long all = 0, shared = 0;
	char path[64], line[256];
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%ld/%s", (long)pid,
	    exact ? "smaps_rollup" : "statm");
	f = fopen(path, "re");
	if (f == NULL)
		return 0;
	while (fgets(line, sizeof(line), f) != NULL)
		if (sscanf(line, "Private_Dirty: %llu", &all) == 1)
			all *= 1024;
		else if (sscanf(line, "%*u %llu %llu", &all, &shared) == 2)
			all = (all - shared) * (uint64_t)sysconf(_SC_PAGESIZE);
	fclose(f);
	return all;
}

uint64_t
member_engine_weigh(struct member_engine *engine, bool exact)
{
	if (engine->child.pid == 0)
		return 0;
	if (exact || engine->busy || engine->weight == 0)
		engine->weight = read_weight(engine->child.pid, exact);
	return engine->weight + engine->in.cap + engine->out.cap;
}

uint64_t
member_engine_half_of_memory(void)
{
	return (uint64_t)sysconf(_SC_PHYS_PAGES) *
	       (uint64_t)sysconf(_SC_PAGESIZE) / 2;
}
