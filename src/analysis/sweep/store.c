/* The folder of an experiment, and the results in it, line by line. */
#include "sweep/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "base/folder.h"
#include "base/outfile.h"
#include "jobs/jobs.h"

#define EXPERIMENT_MAX (8u << 20)
/* The children of a sweep that was killed end a moment later. */
#define LOCK_TRIES   40
#define LOCK_WAIT_NS 50000000L

static int
tell_errno(const char *file, const char *fmt, struct diag *d)
{
	return diag_set(d, ERR_IO, file, 0, fmt, err_system(errno));
}

int
store_open(struct store *s, const char *folder, bool make, struct diag *d)
{
	s->folder = folder;
	s->fd = -1;
	if (make && mkdir(folder, 0777) != 0 && errno != EEXIST)
		return tell_errno(folder, _("can't be created: %s"), d);
	s->fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (s->fd < 0)
		return tell_errno(folder, _("can't be opened: %s"), d);
	return 0;
}

void
store_close(struct store *s)
{
	if (s->fd >= 0)
		close(s->fd);
	s->fd = -1;
}

/* FD's text, whole.  0, ERR_LIMIT, ERR_IO or ERR_NOMEM. */
static int
store_read_all(int fd, size_t limit, struct buf *b)
{
	ssize_t n;

	do {
		if (b->n > limit)
			return ERR_LIMIT;
		if (buf_reserve(b, 65536) != 0)
			return ERR_NOMEM;
		n = read(fd, b->p + b->n, 65536);
		if (n > 0)
			b->n += (size_t)n;
	} while (n > 0 || (n < 0 && errno == EINTR));
	if (n == 0)
		b->p[b->n] = '\0';
	return n < 0 ? ERR_IO : 0;
}

static void
store_path_of(const struct store *s, const char *name, struct buf *b)
{
	buf_printf(b, "%s/%s", s->folder, name);
}

int
store_read_text(const struct store *s, const char *name, size_t most,
    struct buf *text, struct diag *d)
{
	int fd =
	    openat(s->fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	LOCAL_BUF path = BUF_INIT;
	struct stat st;
	int err = 0;

	if (fd < 0 && errno == ENOENT)
		return ERR_NOTFOUND;
	store_path_of(s, name, &path);
	if (fd < 0)
		err = errno == ELOOP ? diag_set(d, ERR_RANGE, buf_cstr(&path),
					   0, _("is a link to elsewhere"))
				     : tell_errno(buf_cstr(&path),
					   _("can't be read: %s"), d);
	else if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		err = diag_set(d, ERR_RANGE, buf_cstr(&path), 0,
		    _("is not a regular file"));
	if (err == 0)
		err = store_read_all(fd, most, text);
	if (err == ERR_LIMIT)
		diag_set(d, err, buf_cstr(&path), 0,
		    _("is longer than %u bytes"), (unsigned)most);
	else
		diag_fail_file(d, err, buf_cstr(&path));
	if (fd >= 0)
		close(fd);
	return err;
}

int
store_read_experiment(
    const struct store *s, struct experiment *e, struct diag *d)
{
	LOCAL_BUF text = BUF_INIT, path = BUF_INIT;
	int err;

	memset(e, 0, sizeof(*e));
	err = store_read_text(s, STORE_EXPERIMENT, EXPERIMENT_MAX, &text, d);
	store_path_of(s, STORE_EXPERIMENT, &path);
	if (err == 0)
		err = experiment_read(e, buf_view(&text), buf_cstr(&path), d);
	return err;
}

int
store_write_file(const struct store *s, const char *name, const struct buf *out,
    struct diag *d)
{
	LOCAL_BUF path = BUF_INIT;
	struct stat st;
	int err = 0;

	store_path_of(s, name, &path);
	if (fstatat(s->fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    !S_ISREG(st.st_mode))
		err = diag_set(d, ERR_RANGE, buf_cstr(&path), 0,
		    _("is not a regular file and is left alone"));
	if (err == 0)
		err = buf_write_own_file(out, buf_cstr(&path));
	if (err == ERR_IO)
		tell_errno(buf_cstr(&path), _("can't be written: %s"), d);
	return diag_fail(d, err);
}

int
store_write_experiment(
    const struct store *s, const struct experiment *e, struct diag *d)
{
	LOCAL_BUF b = BUF_INIT;

	experiment_write(e, &b);
	return store_write_file(s, STORE_EXPERIMENT, &b, d);
}

/* Where the last whole line of FD ends. */
static off_t
end_of_lines(int fd, off_t size)
{
	char block[4096];

	while (size > 0) {
		size_t want =
		    size < (off_t)sizeof(block) ? (size_t)size : sizeof(block);
		ssize_t n = pread(fd, block, want, size - (off_t)want);

		if (n != (ssize_t)want)
			return -1;
		for (size_t i = want; i > 0; i--)
			if (block[i - 1] == '\n')
				return size - (off_t)(want - i);
		size -= (off_t)want;
	}
	return 0;
}

/* Of a writer that was ended in the middle of a line. */
static int
cut_torn_line(int fd)
{
	struct stat st;
	off_t end;

	if (fstat(fd, &st) != 0)
		return -1;
	if (!S_ISREG(st.st_mode)) {
		errno = EINVAL;
		return -1;
	}
	end = end_of_lines(fd, st.st_size);
	return end < 0 ? -1 : end == st.st_size ? 0 : ftruncate(fd, end);
}

/* FD is this process's alone.  0, or -1 with errno. */
static int
lock_results(int fd)
{
	const struct timespec wait = { .tv_nsec = LOCK_WAIT_NS };

	for (int i = 0; i < LOCK_TRIES; i++) {
		if (flock(fd, LOCK_EX | LOCK_NB) == 0)
			return 0;
		if (errno != EWOULDBLOCK && errno != EINTR)
			return -1;
		nanosleep(&wait, NULL);
	}
	errno = EWOULDBLOCK;
	return -1;
}

int
store_open_results(
    const struct store *s, unsigned part, int *fd, struct diag *d)
{
	char name[40] = "results.jsonl";
	LOCAL_BUF path = BUF_INIT;
	int err = 0;

	if (part > 0)
		snprintf(name, sizeof(name), "results-%u.jsonl", part);
	store_path_of(s, name, &path);
	*fd = openat(s->fd, name,
	    O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC,
	    0666);
	if (*fd < 0)
		err = tell_errno(buf_cstr(&path), _("can't be written: %s"), d);
	else if (lock_results(*fd) != 0 && errno == EWOULDBLOCK)
		err = diag_set(d, ERR_STATE, buf_cstr(&path), 0,
		    _("another rung process is writing to it"));
	else if (cut_torn_line(*fd) != 0)
		err = tell_errno(buf_cstr(&path), _("can't be written: %s"), d);
	if (err != 0 && *fd >= 0) {
		close(*fd);
		*fd = -1;
	}
	return err;
}

int
store_append(const struct store *s, int fd, struct str line, struct diag *d)
{
	errno = fd_write(fd, line);
	return errno == 0 ? 0
			  : tell_errno(s->folder,
				_("a result can't be written: %s"), d);
}

/* ---- the results in a folder, line by line ---- */

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
store_tell_left_out(
    struct reading *g, const char *name, const char *fmt, uint64_t n)
{
	struct diag d = DIAG_INIT;

	diag_set(&d, ERR_SYNTAX, name, 0, fmt, (unsigned long long)n);
	g->tell(&d, g->to);
	*g->left_out += n > 0 ? n : 1;
}

static int
store_take_line(struct reading *g, struct str line)
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
store_take_lines(struct reading *g, struct buf *b, bool *skipping)
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
			err =
			    store_take_line(g, (struct str){ b->p + from, n });
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
store_take_lines_of(struct reading *g, int fd)
{
	LOCAL_BUF b = BUF_INIT;
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
			err = store_take_lines(g, &b, &skipping);
		}
	}
	g->torn = b.n > 0 || skipping;
	return err != 0 ? err : n < 0 ? ERR_IO : 0;
}

static void
tell_file(struct reading *g, const char *name)
{
	if (g->broken > 0)
		store_tell_left_out(g, name,
		    _("%llu lines are not results; left out"), g->broken);
	if (g->foreign > 0)
		store_tell_left_out(g, name,
		    _("results of another experiment: %llu; left out"),
		    g->foreign);
	if (g->outside > 0)
		store_tell_left_out(g, name,
		    _("results of other seeds or values: %llu; left out"),
		    g->outside);
	if (g->torn)
		store_tell_left_out(
		    g, name, _("its last line was cut off and is left out"), 0);
}

static int
store_read_file(struct reading *g, const char *name)
{
	int fd = openat(
	    g->s->fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat st;
	int err = 0;

	g->broken = g->foreign = g->outside = 0;
	g->torn = false;
	if (fd < 0) {
		store_tell_left_out(g, name,
		    errno == ELOOP ? _("is a link to elsewhere; left out")
				   : _("can't be read; left out"),
		    0);
		return 0;
	}
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		store_tell_left_out(
		    g, name, _("is not a regular file; left out"), 0);
	else if (st.st_size > FILE_MAX)
		store_tell_left_out(
		    g, name, _("is larger than 4 GiB; left out"), 0);
	else
		err = store_take_lines_of(g, fd);
	close(fd);
	if (err == ERR_IO)
		store_tell_left_out(g, name, _("can't be read to its end"), 0);
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
	LOCAL(folder_names_free) struct folder_names f;
	int err = folder_names_read(&f, s->folder);

	*left_out = 0;
	for (size_t i = 0; err == 0 && i < f.n; i++)
		if (is_results(f.names[i]))
			err = store_read_file(&g, f.names[i]);
	return diag_fail_file(d, err, s->folder);
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
