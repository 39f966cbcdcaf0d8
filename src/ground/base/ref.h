/*
 * Shared memory: a block that counts who has it.  ref_alloc gives it its first
 * holder; each ref_keep is answered by one ref_drop, and the last of those
 * calls the destructor and frees the block.  The count stands before the
 * block, so any struct can be shared and is freed by nothing else.
 */
#ifndef BASE_REF_H
#define BASE_REF_H

#include <stdalign.h>
#include <stddef.h>

/* Gives up what P holds, not P itself.  NULL: it holds nothing. */
typedef void ref_destroy_fn(void *p);

/* The count before the block; only for the functions below. */
struct ref {
	alignas(max_align_t) size_t holders;
	ref_destroy_fn *destroy;
};

/* SIZE bytes of zero with one holder, aligned for any type; NULL when there
 * are none. */
void *ref_alloc(size_t size, ref_destroy_fn *destroy);

/* P, with one holder more.  NULL stays NULL. */
static inline void *
ref_keep(void *p)
{
	if (p != NULL)
		((struct ref *)p - 1)->holders++;
	return p;
}

/* How many hold P. */
static inline size_t
ref_holders(const void *p)
{
	return ((const struct ref *)p - 1)->holders;
}

/* Destroys and frees P, whose last reference is gone; for ref_drop. */
void ref_free(void *p);

/* One holder less; P may be NULL. */
static inline void
ref_drop(void *p)
{
	if (p != NULL && --((struct ref *)p - 1)->holders == 0)
		ref_free(p);
}

/* A pointer of a block, whose reference is dropped where the block is left:
 *	LOCAL_REF struct sip_bytes *b = NULL;
 */
#define LOCAL_REF __attribute__((cleanup(ref_drop_at)))
/* After it: AT is the pointer's address. */
void ref_drop_at(void *at);

#endif
