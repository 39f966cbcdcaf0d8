/*
 * What was added last is in memory; when that is much, all of it is written.
 */
#include "capture/spool.h"
#include "base/err.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define NEAR_MOST  (1u << 23)
#define SPOOL_MOST (UINT64_C(1) << 33)

void
spool_init(struct spool *s)
{
	s->near = BUF_INIT;
	s->begin = 0;
	s->fd = -1;
}

void
spool_free(struct spool *s)
{
	buf_free(&s->near);
	if (s->fd >= 0)
		close(s->fd);
	spool_init(s);
}

/* A file that is gone when the program ends, however that happens. */
static int
open_nameless(void)
{
	const char *dir = getenv("TMPDIR");
	char name[4096];
	int fd;

	if (dir == NULL || dir[0] == '\0')
		dir = "/tmp";
	fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd >= 0)
		return fd;
	if (snprintf(name, sizeof(name), "%s/rung-XXXXXX", dir) >=
	    (int)sizeof(name))
		return -1;
	fd = mkostemp(name, O_CLOEXEC);
	if (fd >= 0)
		unlink(name);
	return fd;
}

static int
write_near(struct spool *s)
{
	size_t done = 0;
	ssize_t n;

	if (s->fd < 0)
		s->fd = open_nameless();
	while (s->fd >= 0 && done < s->near.n) {
		n = pwrite(s->fd, s->near.p + done, s->near.n - done,
		    (off_t)(s->begin + done));
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return ERR_IO;
		done += (size_t)n;
	}
	if (s->fd < 0)
		return ERR_IO;
	s->begin += s->near.n;
	buf_clear(&s->near);
	return 0;
}

int
spool_add(struct spool *s, struct str bytes, uint64_t *at)
{
	int err = 0;

	if (s->begin + s->near.n + bytes.n > SPOOL_MOST)
		return ERR_LIMIT;
	if (s->near.n + bytes.n > NEAR_MOST && s->near.n > 0)
		err = write_near(s);
	if (err != 0)
		return err;
	*at = s->begin + s->near.n;
	buf_str(&s->near, bytes);
	return s->near.err;
}

struct str
spool_get(const struct spool *s, uint64_t at, size_t n, struct buf *scratch)
{
	ssize_t got;
	size_t all = 0;

	if (at >= s->begin)
		return str_slice(buf_view(&s->near), (size_t)(at - s->begin),
		    (size_t)(at - s->begin) + n);
	buf_clear(scratch);
	if (buf_reserve(scratch, n) != 0)
		return STR_NULL;
	while (all < n) {
		got =
		    pread(s->fd, scratch->p + all, n - all, (off_t)(at + all));
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		all += (size_t)got;
	}
	scratch->n = all;
	return buf_view(scratch);
}
