/* Shared memory. */
#include "base/ref.h"

#include "base/mem.h"

#include <assert.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>

struct ref {
	alignas(max_align_t) size_t holders;
	ref_destroy_fn *destroy;
};

static struct ref *
ref_of(void *p)
{
	return (struct ref *)p - 1;
}

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

void *
ref_keep(void *p)
{
	if (p != NULL) {
		assert(ref_of(p)->holders > 0);
		ref_of(p)->holders++;
	}
	return p;
}

size_t
ref_holders(const void *p)
{
	return ((const struct ref *)p - 1)->holders;
}

void
ref_drop(void *p)
{
	struct ref *r;

	if (p == NULL)
		return;
	r = ref_of(p);
	assert(r->holders > 0);
	if (--r->holders > 0)
		return;
	if (r->destroy != NULL)
		r->destroy(p);
	mem_free(r);
}
