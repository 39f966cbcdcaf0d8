/*
 * A table of what lives: entries of one size, found by a key of three slices,
 * walked in the order in which they came.  It is flat, so that a copy of it,
 * which every checkpoint is, costs three blocks of memory.
 *
 * Each entry has an owner, a node by its number.  All that an owner has is
 * dropped at once and at no cost (a crash): its era ends, and entries of an
 * earlier era count as gone.
 */
#ifndef TRACE_FOLD_TABLE_H
#define TRACE_FOLD_TABLE_H

#include "base/str.h"

/* An entry begins with this. */
struct fold_key {
	struct str a, b, c;
	uint64_t hash;
	uint32_t owner;
	uint32_t era; /* of the owner; 0: removed */
};

struct fold_owner {
	uint32_t era; /* from 1 */
	uint32_t live;
};

struct fold_table {
	char *entries;   /* each of `size` bytes */
	uint32_t *slots; /* place + 1; 0: free */
	struct fold_owner *owners;
	size_t size, nowners;
	size_t used, live, cap; /* entries */
	size_t nslots;          /* a power of two, twice cap or more */
};

/* NOWNERS owners; 0 or ERR_NOMEM. */
int fold_table_init(struct fold_table *t, size_t size, size_t nowners);
void fold_table_free(struct fold_table *t);
int fold_table_clone(struct fold_table *copy, const struct fold_table *t);

/* The entry, or NULL. */
void *fold_table_find(
    const struct fold_table *t, struct str a, struct str b, struct str c);
/* The entry, made now (all zero behind its key) where there was none: then
 * *MADE.  NULL when out of memory. */
void *fold_table_put(struct fold_table *t, uint32_t owner, struct str a,
    struct str b, struct str c, bool *made);
void fold_table_remove(struct fold_table *t, void *entry);
/* Removes all that OWNER has. */
void fold_table_drop(struct fold_table *t, uint32_t owner);

/* Start with *AT = 0; NULL at the end. */
void *fold_table_next(const struct fold_table *t, size_t *at);

#endif
