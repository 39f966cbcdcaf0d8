/*
 * Shared memory: a block that counts who has it.  ref_alloc gives it its first
 * holder; each ref_keep is answered by one ref_drop, and the last of those
 * calls the destructor and frees the block.  The count stands before the
 * block, so any struct can be shared and is freed by nothing else.
 */
#ifndef BASE_REF_H
#define BASE_REF_H

#include <stddef.h>

/* Gives up what P holds, not P itself.  NULL: it holds nothing. */
typedef void ref_destroy_fn(void *p);

/* SIZE bytes of zero with one holder, aligned for any type; NULL when there
 * are none. */
void *ref_alloc(size_t size, ref_destroy_fn *destroy);

/* P, with one holder more.  NULL stays NULL. */
void *ref_keep(void *p);

/* How many hold P. */
size_t ref_holders(const void *p);

/* One holder less; P may be NULL. */
void ref_drop(void *p);

#endif
