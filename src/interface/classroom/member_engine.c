/* A member's own engine; see classroom/member_engine.h. */
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
begin_child(struct member_engine *desk, struct diag *d)
{
	int err = child_begin_talk(&desk->child,
	    (struct child_plan){ .live = serve_in_child,
		.alone = true,
		.out = CHILD_INPUT,
		.limits = child_limits,
		.nlimits = COUNT_OF(child_limits),
		.nice = desk->nice },
	    &desk->fd);

	if (err != 0)
		return diag_set(d, ERR_IO, NULL, 0, "%s", err_system(err));
	fcntl(desk->fd, F_SETFL, O_NONBLOCK);
	return 0;
}

int
member_engine_ask(
    struct member_engine *desk, struct str line, int64_t now_ms, struct diag *d)
{
	int err = desk->child.pid != 0 ? 0 : begin_child(desk, d);

	if (err != 0)
		return err;
	buf_clear(&desk->in);
	buf_clear(&desk->out);
	desk->written = 0;
	buf_str(&desk->out, line);
	/* An end of a line is space between what a request is made of. */
	for (size_t i = 0; i < desk->out.n; i++)
		if (desk->out.p[i] == '\n' || desk->out.p[i] == '\0')
			desk->out.p[i] = ' ';
	buf_putc(&desk->out, '\n');
	desk->busy = true;
	desk->since_ms = now_ms;
	return desk->out.err;
}

short
member_engine_events(const struct member_engine *desk)
{
	return desk->busy && desk->written < desk->out.n ? POLLIN | POLLOUT
							 : POLLIN;
}

static int
write_some(struct member_engine *desk)
{
	while (desk->written < desk->out.n) {
		ssize_t n = send(desk->fd, desk->out.p + desk->written,
		    desk->out.n - desk->written, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno == EAGAIN ? 0 : ERR_IO;
		desk->written += (size_t)n;
	}
	return 0;
}

static int
read_some(struct member_engine *desk, bool *whole)
{
	for (;;) {
		ssize_t n;

		if (desk->in.n > ANSWER_MAX ||
		    buf_reserve(&desk->in, 65536) != 0)
			return ERR_IO;
		n = recv(desk->fd, desk->in.p + desk->in.n, 65536, 0);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n < 0 && errno == EAGAIN ? 0 : ERR_IO;
		desk->in.n += (size_t)n;
		*whole = desk->in.p[desk->in.n - 1] == '\n';
		if (*whole)
			return 0;
	}
}

int
member_engine_go_on(struct member_engine *desk, int64_t now_ms, bool *whole)
{
	int err = write_some(desk);

	*whole = false;
	if (err == 0)
		err = read_some(desk, whole);
	if (err == 0 && *whole)
		desk->busy = false;
	desk->weight = 0;
	if (err == 0 && desk->busy &&
	    now_ms - desk->since_ms > MEMBER_ENGINE_PATIENCE_MS)
		err = ERR_IO;
	return err;
}

void
member_engine_end(struct member_engine *desk)
{
	if (desk->child.pid != 0) {
		child_end(&desk->child, 0);
		close(desk->fd);
	}
	buf_free(&desk->in);
	buf_free(&desk->out);
	*desk = (struct member_engine){ .fd = -1, .nice = desk->nice };
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
member_engine_weigh(struct member_engine *desk, bool exact)
{
	if (desk->child.pid == 0)
		return 0;
	if (exact || desk->busy || desk->weight == 0)
		desk->weight = read_weight(desk->child.pid, exact);
	return desk->weight + desk->in.cap + desk->out.cap;
}

uint64_t
member_engine_half_of_memory(void)
{
	return (uint64_t)sysconf(_SC_PHYS_PAGES) *
	       (uint64_t)sysconf(_SC_PAGESIZE) / 2;
}
