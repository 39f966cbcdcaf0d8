/*
 * What was added last is in memory; when that is much, all of it is written.
 */
#include "base/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/err.h"
#include "base/folder.h"
#include "base/mem.h"

#define NEAR_MOST  (1u << 23)
#define LARGE      (1u << 16) /* a piece that is written for itself */
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
open_aside_file(void)
{
	const char *dir = temp_folder_place();
	char name[4096];
	int fd;

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

/* Appends BYTES to the file; 0 or ERR_IO. */
static int
write_bytes(struct spool *s, struct str bytes)
{
	size_t done = 0;
	ssize_t n;

	if (s->fd < 0)
		s->fd = open_aside_file();
	while (s->fd >= 0 && done < bytes.n) {
		n = pwrite(s->fd, bytes.p + done, bytes.n - done,
		    (off_t)(s->begin + done));
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return ERR_IO;
		done += (size_t)n;
	}
	if (s->fd < 0)
		return ERR_IO;
	s->begin += bytes.n;
	return 0;
}

static int
write_near(struct spool *s)
{
	int err = write_bytes(s, buf_view(&s->near));

	if (err == 0)
		buf_clear(&s->near);
	return err;
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
	/* While it is in the processor's cache. */
	if (s->fd >= 0 && s->near.n == 0 && bytes.n >= LARGE)
		return write_bytes(s, bytes);
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

int
spool_bring_back(struct spool *s)
{
	LOCAL_BUF all = BUF_INIT;
	int err = 0;

	if (s->fd < 0)
		return 0;
	if (s->begin > SIZE_MAX / 2 ||
	    buf_reserve(&all, (size_t)s->begin + s->near.n) != 0)
		err = ERR_NOMEM;
	else if (s->begin > 0 &&
		 spool_get(s, 0, (size_t)s->begin, &all).n < s->begin)
		err = ERR_IO;
	/* There is room for it. */
	buf_str(&all, buf_view(&s->near));
	if (err != 0)
		return err;
	spool_free(s);
	return buf_move(&s->near, &all);
}

int
spool_take(struct spool *s, struct spool_text *text)
{
	void *p;

	if (s->near.err != 0)
		return ERR_NOMEM;
	if (s->fd < 0) {
		*text =
		    (struct spool_text){ .n = s->near.n, .cap = s->near.cap };
		text->p = buf_take(&s->near);
		return text->p != NULL ? 0 : ERR_NOMEM;
	}
	if (write_near(s) != 0 || s->begin > SIZE_MAX)
		return ERR_IO;
	p = mmap(NULL, (size_t)s->begin, PROT_READ, MAP_SHARED, s->fd, 0);
	if (p == MAP_FAILED)
		return ERR_NOMEM;
	*text =
	    (struct spool_text){ p, (size_t)s->begin, (size_t)s->begin, true };
	spool_free(s);
	return 0;
}

/* ---- what was kept, in one piece: in memory, or mapped ---- */

void
spool_text_free(struct spool_text *text)
{
	if (text->mapped)
		munmap(text->p, text->n);
	else
		mem_free(text->p);
	*text = (struct spool_text){ .p = NULL };
}

void
spool_text_rest(const struct spool_text *text)
{
	/* Of a file nothing is lost by it. */
	if (text->mapped)
		madvise(text->p, text->n, MADV_DONTNEED);
}
