/*
 * Memory that is given back all at once: blocks in a list. Memory that
 * several share, and how much a process may have yet.
 */
#include "base/arena.h"

#include <fcntl.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/ref.h"
#include "base/str.h"

/* Memory that is given back all at once: blocks in a list. */

/* The first block's size, and that of those behind the first few. */
#define BLOCK_LEAST 4096
#define BLOCK_MOST  65536

struct block {
	struct block *next;
	size_t used, size;
	alignas(max_align_t) char bytes[];
};

struct arena {
	struct block *blocks;
};

int
arena_create(struct arena **s)
{
	*s = mem_zalloc(1, sizeof(**s));
	return *s != NULL ? 0 : ERR_NOMEM;
}

void
arena_destroy(struct arena *s)
{
	if (s == NULL)
		return;
	while (s->blocks != NULL) {
		struct block *b = s->blocks;

		s->blocks = b->next;
		mem_free(b);
	}
	mem_free(s);
}

static int
arena_add_block(struct arena *s, size_t n)
{
	size_t size = s->blocks != NULL ? s->blocks->size * 2 : BLOCK_LEAST;
	struct block *b;

	if (size > BLOCK_MOST)
		size = BLOCK_MOST;
	if (size < n)
		size = n;
	b = mem_alloc(sizeof(*b) + size);
	if (b == NULL)
		return ERR_NOMEM;
	b->next = s->blocks;
	b->used = 0;
	b->size = size;
	s->blocks = b;
	return 0;
}

/* N bytes at a multiple of UNIT. */
static char *
reserve_bytes(struct arena *s, size_t n, size_t unit)
{
	struct block *b = s->blocks;
	size_t at = b != NULL ? (b->used + unit - 1) / unit * unit : 0;

	if (b == NULL || at > b->size || b->size - at < n) {
		if (arena_add_block(s, n) != 0)
			return NULL;
		b = s->blocks;
		at = 0;
	}
	b->used = at + n;
	return b->bytes + at;
}

void *
arena_get(struct arena *s, size_t count, size_t size)
{
	void *p;

	if (size != 0 && count > (SIZE_MAX / 4) / size)
		return NULL;
	p = reserve_bytes(s, count * size, alignof(max_align_t));
	return p != NULL ? memset(p, 0, count * size) : NULL;
}

char *
arena_str(struct arena *s, struct str text)
{
	char *p = reserve_bytes(s, text.n + 1, 1);

	if (p == NULL)
		return NULL;
	if (text.n > 0)
		memcpy(p, text.p, text.n);
	p[text.n] = '\0';
	return p;
}

/* Shared memory. */

void *
ref_alloc(size_t size, ref_destroy_fn *destroy)
{
	bool fits = size <= SIZE_MAX - sizeof(struct ref);
	/* What does not fit overflows there, too, and is counted. */
	struct ref *r =
	    mem_zalloc(fits ? 1 : 2, fits ? sizeof(*r) + size : SIZE_MAX);

	if (r == NULL)
		return NULL;
	*r = (struct ref){ 1, destroy };
	return r + 1;
}

void
ref_free(void *p)
{
	struct ref *r = (struct ref *)p - 1;

	if (r->destroy != NULL)
		r->destroy(p);
	mem_free(r);
}

/* How much memory a process may have yet. */

/* The most that this process has had of addresses so far; proc(5). */
static uint64_t
read_peak(void)
{
	static const char key[] = "VmPeak:";
	char text[2048];
	int fd = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, text, sizeof(text)) : -1;
	struct str line = { text, n > 0 ? (size_t)n : 0 }, rest;
	ptrdiff_t at = str_find(line, key);
	uint64_t kilobytes = 0;

	if (fd >= 0)
		close(fd);
	if (at >= 0)
		line = str_slice(line, (size_t)at + strlen(key), line.n);
	line = str_trim(str_cut(line, '\n', &rest));
	str_u64(str_cut(line, ' ', &rest), &kilobytes);
	return kilobytes * 1024;
}

uint64_t
mem_room_least(void)
{
	struct rlimit most;
	uint64_t peak;

	if (getrlimit(RLIMIT_AS, &most) != 0 || most.rlim_cur == RLIM_INFINITY)
		return UINT64_MAX;
	peak = read_peak();
	return most.rlim_cur > peak ? most.rlim_cur - peak : 0;
}
