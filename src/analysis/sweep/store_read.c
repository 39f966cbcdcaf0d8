/* The results in a folder, line by line. */
#include "base/err.h"
#include "base/folder.h"
#include "jobs/jobs.h"
#include "sweep/store.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MAX ((off_t)1 << 32)
#define CHUNK    65536

struct reading {
	const struct store *s;
	store_line_fn *fn;
	store_tell_fn *tell;
	void *arg, *to;
	/* Of the present file: lines that are no results, of other
	 * experiments, of runs that this one does not have. */
	uint64_t broken, foreign, outside;
	bool torn; /* it ends in the middle of a line */
	uint64_t *left_out;
};

static bool
is_results(const char *name)
{
	return str_starts(str_of(name), "results") &&
	       str_ends(str_of(name), ".jsonl");
}

static void
tell_left_out(struct reading *g, const char *name, const char *fmt, uint64_t n)
{
	struct diag d = DIAG_INIT;

	diag_set(&d, ERR_SYNTAX, name, 0, fmt, (unsigned long long)n);
	g->tell(&d, g->to);
	*g->left_out += n > 0 ? n : 1;
}

static int
take_line(struct reading *g, struct str line)
{
	enum store_line what = STORE_TAKEN;
	int err = g->fn(line, &what, g->arg);

	g->broken += what == STORE_BROKEN;
	g->foreign += what == STORE_FOREIGN;
	g->outside += what == STORE_OUTSIDE;
	return err;
}

/* The whole lines of B, which keeps the rest. */
static int
take_lines(struct reading *g, struct buf *b, bool *skipping)
{
	size_t from = 0;
	int err = 0;

	for (const char *end;
	     err == 0 && b->n > from &&
	     (end = memchr(b->p + from, '\n', b->n - from)) != NULL;) {
		size_t n = (size_t)(end - b->p) - from;

		if (*skipping)
			*skipping = false;
		else
			err = take_line(g, (struct str){ b->p + from, n });
		from += n + 1;
	}
	if (from > 0) {
		memmove(b->p, b->p + from, b->n - from);
		b->n -= from;
	}
	if (b->n <= SWEEP_LINE_MAX)
		return err;
	/* Longer than any result: counted once. */
	g->broken += !*skipping;
	*skipping = true;
	b->n = 0;
	return err;
}

static int
read_lines(struct reading *g, int fd)
{
	struct buf b = BUF_INIT;
	bool skipping = false;
	off_t all = 0;
	ssize_t n = 1;
	int err = 0;

	while (err == 0 && n > 0 && all <= FILE_MAX) {
		if (buf_reserve(&b, CHUNK) != 0)
			err = ERR_NOMEM;
		else if ((n = read(fd, b.p + b.n, CHUNK)) > 0) {
			all += n;
			b.n += (size_t)n;
			err = take_lines(g, &b, &skipping);
		}
	}
	g->torn = b.n > 0 || skipping;
	buf_free(&b);
	return err != 0 ? err : n < 0 ? ERR_IO : 0;
}

static void
tell_file(struct reading *g, const char *name)
{
	if (g->broken > 0)
		tell_left_out(g, name,
		    _("lines that are no results: %llu; left out"), g->broken);
	if (g->foreign > 0)
		tell_left_out(g, name,
		    _("results of another experiment: %llu; left out"),
		    g->foreign);
	if (g->outside > 0)
		tell_left_out(g, name,
		    _("results of other seeds or values: %llu; left out"),
		    g->outside);
	if (g->torn)
		tell_left_out(
		    g, name, _("its last line was cut off and is left out"), 0);
}

static int
read_file(struct reading *g, const char *name)
{
	int fd = openat(
	    g->s->fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat st;
	int err = 0;

	g->broken = g->foreign = g->outside = 0;
	g->torn = false;
	if (fd < 0) {
		tell_left_out(g, name,
		    errno == ELOOP ? _("is a link to elsewhere; left out")
				   : _("can't be read; left out"),
		    0);
		return 0;
	}
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		tell_left_out(g, name, _("is no regular file; left out"), 0);
	else if (st.st_size > FILE_MAX)
		tell_left_out(g, name, _("is larger than 4 GiB; left out"), 0);
	else
		err = read_lines(g, fd);
	close(fd);
	if (err == ERR_IO)
		tell_left_out(g, name, _("can't be read to its end"), 0);
	tell_file(g, name);
	return err == ERR_IO ? 0 : err;
}

int
store_read_lines(const struct store *s, store_line_fn *fn, void *arg,
    store_tell_fn *tell_fn, void *to, uint64_t *left_out, struct diag *d)
{
	struct reading g = { .s = s,
		.fn = fn,
		.tell = tell_fn,
		.arg = arg,
		.to = to,
		.left_out = left_out };
	struct folder_names f;
	int err = folder_names_read(&f, s->folder);

	*left_out = 0;
	for (size_t i = 0; err == 0 && i < f.n; i++)
		if (is_results(f.names[i]))
			err = read_file(&g, f.names[i]);
	folder_names_free(&f);
	return err == 0 ? 0
			: diag_set(d, err, s->folder, 0, "%s", err_text(err));
}

/* ---- those of an experiment ---- */

struct results {
	const struct experiment *e;
	store_result_fn *fn;
	void *arg;
	struct sweep_result result;
};

static int
take_result_line(struct str line, enum store_line *what, void *arg)
{
	struct results *g = arg;
	int err = sweep_result_read(&g->result, g->e->id, line);

	if (err == ERR_NOMEM)
		return err;
	if (err == ERR_NOTFOUND)
		*what = STORE_FOREIGN;
	else if (err != 0)
		*what = STORE_BROKEN;
	else if (g->result.point >= g->e->points ||
		 g->result.seed < g->e->seed_from ||
		 g->result.seed > g->e->seed_to)
		*what = STORE_OUTSIDE;
	/* Earlier versions kept runs that something outside had ended: they
	 * have no result. */
	else if (g->result.end != SWEEP_CRASH ||
		 !jobs_is_killed(buf_view(&g->result.what)))
		return g->fn(&g->result, line, g->arg);
	return 0;
}

int
store_read_results(const struct store *s, const struct experiment *e,
    store_result_fn *fn, store_tell_fn *tell_fn, void *arg, uint64_t *left_out,
    struct diag *d)
{
	struct results g = { .e = e, .fn = fn, .arg = arg };
	int err = store_read_lines(
	    s, take_result_line, &g, tell_fn, arg, left_out, d);

	sweep_result_free(&g.result);
	return err;
}
