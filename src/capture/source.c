/*
 * A file is read, not mapped: somebody may shorten it while it is looked at,
 * and a mapping would then end the program.  What is needed again is read again
 * from its place.
 */
#include "capture/source.h"
#include "base/err.h"
#include "base/file_ids.h"
#include "base/gzip.h"
#include "base/mem.h"
#include "base/progress.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK GUNZIP_CHUNK /* read at a time: it stays in the cache */

struct source {
	int fd;
	bool ended;
	bool kept;
	uint64_t size; /* of the file; 0: nobody knows */
	char *window;  /* SOURCE_WINDOW bytes */
	size_t at, n;  /* what was not taken yet: [at, n) */
	uint64_t pos;  /* of window[at] */
	struct diag *trouble;

	struct gunzip *gunzip; /* NULL: not compressed */
};

/* Up to N bytes; 0 at the end. */
static size_t
read_some(struct source *s, char *to, size_t n)
{
	off_t at = s->size > 0 ? lseek(s->fd, 0, SEEK_CUR) : 0;
	ssize_t got;

	progress_tell(
	    N_("reading the file"), at > 0 ? (uint64_t)at : 0, s->size);
	do
		got = read(s->fd, to, n);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		diag_set(s->trouble, ERR_IO, NULL, 0,
		    _("reading failed: %s; what follows is missing"),
		    err_system(errno));
	return got > 0 ? (size_t)got : 0;
}

/* A gunzip_read_fn, ARG a struct source. */
static size_t
read_packed(char *to, size_t n, void *arg)
{
	return read_some(arg, to, n);
}

/* What stands behind the stream is nothing of it, and goes unread. */
static size_t
inflate_some(struct source *s, char *to, size_t n)
{
	size_t got = gunzip_read(s->gunzip, to, n);
	enum gunzip_state state = gunzip_state(s->gunzip);

	if (state != GUNZIP_OPEN)
		s->ended = true;
	if (state != GUNZIP_FOLLOWED)
		gunzip_say(state, NULL, s->trouble);
	return got;
}

static void
fill_window(struct source *s, size_t want)
{
	size_t got, room;

	memmove(s->window, s->window + s->at, s->n - s->at);
	s->n -= s->at;
	s->at = 0;
	while (s->n < want && !s->ended) {
		room = SOURCE_WINDOW - s->n;
		room = room > CHUNK ? CHUNK : room;
		got = s->gunzip != NULL
			  ? inflate_some(s, s->window + s->n, room)
			  : read_some(s, s->window + s->n, room);
		if (got == 0)
			s->ended = true;
		s->n += got;
	}
}

struct str
source_look(struct source *s, size_t n)
{
	if (s->n - s->at < n && !s->ended)
		fill_window(s, n < SOURCE_WINDOW ? n : SOURCE_WINDOW);
	return (struct str){ s->window + s->at, s->n - s->at };
}

void
source_skip(struct source *s, uint64_t n)
{
	size_t here;

	for (;;) {
		here = s->n - s->at;
		here = n < here ? (size_t)n : here;
		s->at += here;
		s->pos += here;
		n -= here;
		if (n == 0)
			return;
		if (s->kept && n < INT64_MAX &&
		    lseek(s->fd, (off_t)n, SEEK_CUR) >= 0) {
			s->pos += n;
			return;
		}
		if (source_look(s, 1).n == 0)
			return;
	}
}

uint64_t
source_at(const struct source *s)
{
	return s->pos;
}

bool
source_is_kept(const struct source *s)
{
	return s->kept;
}

size_t
source_again(const struct source *s, uint64_t at, char *to, size_t n)
{
	size_t all = 0;
	ssize_t got;

	while (all < n) {
		got = pread(s->fd, to + all, n - all, (off_t)(at + all));
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		all += (size_t)got;
	}
	return all;
}

/* What the window holds so far goes through gunzip. */
static int
begin_gzip(struct source *s, const char *path, struct diag *d)
{
	struct str begin = { s->window, s->n };
	int err = gunzip_create(&s->gunzip, begin, read_packed, s);

	s->n = 0;
	s->kept = false;
	s->ended = false;
	return err == 0 ? 0 : diag_set(d, err, path, 0, "%s", err_text(err));
}

/* Other packers, by the first bytes of what they make. */
static const struct packer {
	const char *magic;
	const char *name;
} packers[] = {
	{ "\x28\xb5\x2f\xfd", "zstd" },
	{ "\xfd"
	  "7zXZ",
	    "xz" },
	{ "BZh", "bzip2" },
	{ "\x04\x22\x4d\x18", "lz4" },
	{ "PK\x03\x04", "zip" },
};

static int
look_at_begin(struct source *s, const char *path, struct diag *d)
{
	struct str head;

	/* Not more than begin_gzip has room for. */
	fill_window(s, 1);
	head = (struct str){ s->window, s->n };
	if (gunzip_is(head))
		return begin_gzip(s, path, d);
	for (size_t i = 0; i < sizeof(packers) / sizeof(packers[0]); i++)
		if (str_starts(head, packers[i].magic))
			return diag_set(d, ERR_UNSUPPORTED, path, 0,
			    _("compressed with %s; unpack it first"),
			    packers[i].name);
	return 0;
}

static int
open_file(struct source *s, const char *path, struct diag *d)
{
	struct stat st;

	progress_tell(N_("reading the file"), 0, 0);
	s->fd = strcmp(path, "-") == 0 ? dup(STDIN_FILENO)
				       : open(path, O_RDONLY | O_CLOEXEC);
	if (s->fd < 0 || fstat(s->fd, &st) != 0)
		return diag_set(d, ERR_IO, path, 0, _("can't be read: %s"),
		    err_system(errno));
	if (S_ISDIR(st.st_mode))
		return diag_set(d, ERR_IO, path, 0, _("is a folder"));
	file_ids_note(s->fd);
	/* Of the standard input somebody may have read a part. */
	s->kept = S_ISREG(st.st_mode) && lseek(s->fd, 0, SEEK_CUR) == 0;
	s->size = s->kept ? (uint64_t)st.st_size : 0;
	return 0;
}

int
source_open(
    struct source **out, const char *path, struct diag *trouble, struct diag *d)
{
	struct source *s = mem_zalloc(1, sizeof(*s));
	int err = ERR_NOMEM;

	*out = NULL;
	if (s != NULL) {
		s->fd = -1;
		s->trouble = trouble;
		s->window = mem_alloc(SOURCE_WINDOW);
	}
	if (s == NULL || s->window == NULL)
		err =
		    diag_set(d, ERR_NOMEM, path, 0, "%s", err_text(ERR_NOMEM));
	else
		err = open_file(s, path, d);
	if (err == 0)
		err = look_at_begin(s, path, d);
	if (err != 0) {
		source_close(s);
		return err;
	}
	*out = s;
	return 0;
}

void
source_close(struct source *s)
{
	if (s == NULL)
		return;
	gunzip_destroy(s->gunzip);
	if (s->fd >= 0)
		close(s->fd);
	mem_free(s->window);
	mem_free(s);
}
