/*
 * What a page does not have, or has otherwise than the system for which rung is
 * written: bitmaps and PDF (a browser makes its own), handsets' firmware (their
 * traces are brought along), libraries that are loaded, processes, a sort that
 * keeps the order of what is equal, as that of the GNU C library does.  Their
 * sources are not in a page (PAGE_LEFT, page.mk).
 */
#include "base/err.h"
#include "base/library.h"
#include "base/mem.h"
#include "draw/render_process.h"
#include "draw/raster.h"
#include "jobs/jobs_in.h"
#include "roles/handset/handset_image.h"
#include "search/search.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct str
handset_image(void)
{
	return STR_NULL;
}

static int
is_not_here(struct diag *d)
{
	return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
	    _("there are no PNG and PDF in a page; take SVG"));
}

int
raster_png(struct str svg, double dpi, const struct raster_info *info,
    struct buf *out, struct diag *d)
{
	(void)svg;
	(void)info;
	(void)dpi;
	(void)out;
	return is_not_here(d);
}

int
raster_pdf(const struct str *pages, size_t n, const struct raster_info *info,
    struct buf *out, struct diag *d)
{
	(void)pages;
	(void)n;
	(void)info;
	(void)out;
	return is_not_here(d);
}

int
library_load(const char *file, const char *const *names, size_t n,
    void *pointers, struct diag *d)
{
	(void)names;
	(void)n;
	(void)pointers;
	return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
	    _("a library that this needs can't be loaded: %s"), file);
}

/* ---- processes: a page starts none ---- */

int
job_begin(const struct jobs *j, uint64_t job, struct child *c, int *fd)
{
	(void)j;
	(void)job;
	(void)c;
	(void)fd;
	return ENOSYS;
}

bool
child_has_ended(const struct child *c, int ms)
{
	(void)c;
	(void)ms;
	return true;
}

int
child_watch(const struct child *c)
{
	(void)c;
	return -1;
}

int
child_end(struct child *c, int ms)
{
	(void)c;
	(void)ms;
	return 0;
}

int
render_process_run(
    render_process_fn *fn, const void *what, struct buf *out, struct diag *d)
{
	(void)fn;
	(void)what;
	(void)out;
	(void)d;
	return ERR_UNSUPPORTED;
}

int
search_run_apart(
    struct search *s, const uint32_t *order, size_t n, struct diag *d)
{
	(void)s;
	(void)order;
	(void)n;
	(void)d;
	return ERR_UNSUPPORTED;
}

/* ---- sorting ---- */

typedef int compare_fn(const void *a, const void *b, void *arg);

struct sort {
	size_t size;
	compare_fn *compare;
	void *arg;
	char *room; /* of as many bytes as are sorted */
};

static void
merge_sort(const struct sort *s, char *v, size_t n)
{
	size_t half = n / 2, size = s->size;
	char *a = v, *b = v + half * size, *to = s->room;
	char *a_end = b, *b_end = v + n * size;

	if (n < 2)
		return;
	merge_sort(s, a, half);
	merge_sort(s, b, n - half);
	while (a < a_end && b < b_end) {
		char **least = s->compare(a, b, s->arg) <= 0 ? &a : &b;

		memcpy(to, *least, size);
		to += size;
		*least += size;
	}
	/* What is left of B is where it belongs. */
	memmove(b - (size_t)(a_end - a), a, (size_t)(a_end - a));
	memcpy(v, s->room, (size_t)(to - s->room));
}

void
qsort_r(void *v, size_t n, size_t size, compare_fn *compare, void *arg)
{
	struct sort s = { size, compare, arg, malloc(n * size + 1) };

	if (s.room == NULL)
		abort();
	merge_sort(&s, v, n);
	free(s.room);
}

static int
compare_two(const void *a, const void *b, void *arg)
{
	int (*compare)(const void *, const void *);

	memcpy(&compare, &arg, sizeof(compare));
	return compare(a, b);
}

void
qsort(
    void *v, size_t n, size_t size, int (*compare)(const void *, const void *))
{
	void *arg;

	memcpy(&arg, &compare, sizeof(arg));
	qsort_r(v, n, size, compare_two, arg);
}
