/* The folder of an experiment; results are read in sweep/store_read.c. */
#include "sweep/store.h"

#include "base/err.h"
#include "base/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

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
		return tell_errno(folder, _("can't be made: %s"), d);
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
read_all(int fd, size_t limit, struct buf *b)
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
path_of(const struct store *s, const char *name, struct buf *b)
{
	buf_printf(b, "%s/%s", s->folder, name);
}

int
store_read_text(const struct store *s, const char *name, size_t most,
    struct buf *text, struct diag *d)
{
	int fd =
	    openat(s->fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct buf path = BUF_INIT;
	struct stat st;
	int err = 0;

	if (fd < 0 && errno == ENOENT)
		return ERR_NOTFOUND;
	path_of(s, name, &path);
	if (fd < 0)
		err = errno == ELOOP ? diag_set(d, ERR_RANGE, buf_cstr(&path),
					   0, _("is a link to elsewhere"))
				     : tell_errno(buf_cstr(&path),
					   _("can't be read: %s"), d);
	else if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		err = diag_set(
		    d, ERR_RANGE, buf_cstr(&path), 0, _("is no regular file"));
	if (err == 0)
		err = read_all(fd, most, text);
	if (err == ERR_LIMIT)
		diag_set(d, err, buf_cstr(&path), 0,
		    _("is longer than %u bytes"), (unsigned)most);
	else if (err != 0)
		diag_set(d, err, buf_cstr(&path), 0, "%s", err_text(err));
	if (fd >= 0)
		close(fd);
	buf_free(&path);
	return err;
}

int
store_read_experiment(
    const struct store *s, struct experiment *e, struct diag *d)
{
	struct buf text = BUF_INIT, path = BUF_INIT;
	int err;

	memset(e, 0, sizeof(*e));
	err = store_read_text(s, STORE_EXPERIMENT, EXPERIMENT_MAX, &text, d);
	path_of(s, STORE_EXPERIMENT, &path);
	if (err == 0)
		err = experiment_read(e, buf_view(&text), buf_cstr(&path), d);
	buf_free(&path);
	buf_free(&text);
	return err;
}

int
store_write_file(const struct store *s, const char *name, const struct buf *out,
    struct diag *d)
{
	struct buf path = BUF_INIT;
	struct stat st;
	int err = 0;

	path_of(s, name, &path);
	if (fstatat(s->fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    !S_ISREG(st.st_mode))
		err = diag_set(d, ERR_RANGE, buf_cstr(&path), 0,
		    _("is no regular file and is left alone"));
	if (err == 0)
		err = buf_write_own_file(out, buf_cstr(&path));
	if (err == ERR_IO)
		tell_errno(buf_cstr(&path), _("can't be written: %s"), d);
	buf_free(&path);
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}

int
store_write_experiment(
    const struct store *s, const struct experiment *e, struct diag *d)
{
	struct buf b = BUF_INIT;
	int err;

	experiment_write(e, &b);
	err = store_write_file(s, STORE_EXPERIMENT, &b, d);
	buf_free(&b);
	return err;
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

/* Of whoever was ended in the middle of a line. */
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
	struct buf path = BUF_INIT;
	int err = 0;

	if (part > 0)
		snprintf(name, sizeof(name), "results-%u.jsonl", part);
	path_of(s, name, &path);
	*fd = openat(s->fd, name,
	    O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC,
	    0666);
	if (*fd < 0)
		err = tell_errno(buf_cstr(&path), _("can't be written: %s"), d);
	else if (lock_results(*fd) != 0 && errno == EWOULDBLOCK)
		err = diag_set(d, ERR_STATE, buf_cstr(&path), 0,
		    _("another rung is at work on it"));
	else if (cut_torn_line(*fd) != 0)
		err = tell_errno(buf_cstr(&path), _("can't be written: %s"), d);
	if (err != 0 && *fd >= 0) {
		close(*fd);
		*fd = -1;
	}
	buf_free(&path);
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
