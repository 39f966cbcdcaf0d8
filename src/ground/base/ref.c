/* Shared memory: blocks that count their holders; see base/ref.h. */
#include "base/ref.h"

#include <stdbool.h>
#include <string.h>

#include "base/mem.h"

void *
ref_alloc(size_t size, ref_destroy_fn *destroy)
{
	bool fits = size <= SIZE_MAX - sizeof(struct ref);
	/* What does not fit overflows there as well, and is counted. */
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

void
ref_drop_at(void *at)
{
	void *p;

	memcpy(&p, at, sizeof(p));
	ref_drop(p);
}
