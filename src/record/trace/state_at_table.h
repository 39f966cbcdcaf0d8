/*
 * A table of what lives: entries of one size, found by a key of three slices,
 * walked in the order in which they came.  Entries lie in pages, and a copy of
 * the table shares them: a page is copied when one of its owners writes to it.
 * So a checkpoint costs little more than what has changed since the last one.
 *
 * Each entry has an owner, a node by its number.  All that an owner has is
 * dropped at once and at no cost (a crash): its era ends, and entries of an
 * earlier era count as gone.
 */
#ifndef TRACE_STATE_AT_TABLE_H
#define TRACE_STATE_AT_TABLE_H

#include "base/str.h"

/* An entry begins with this. */
struct state_at_key {
	struct str a, b, c;
	uint64_t hash;
	uint32_t owner;
	uint32_t era; /* of the owner; 0: removed */
};

struct state_at_owner {
	uint32_t era; /* from 1 */
	uint32_t live;
};

struct state_at_slot {
	uint32_t place; /* plus 1; 0: free */
	uint32_t tag;   /* the hash's upper half: most others differ in it */
};

struct state_at_page;

/* Hears of each entry E of table WHICH that is made or changed, before its
 * contents are written, or that is removed. */
struct state_at_watch {
	void (*fn)(unsigned which, const struct state_at_key *e, void *arg);
	void *arg;
};

struct state_at_table {
	struct state_at_page **pages;
	struct state_at_slot *slots;
	struct state_at_owner *owners;
	size_t size, nowners;
	size_t used, live, cap; /* entries; cap is a whole number of pages */
	size_t nslots; /* a power of two, twice cap or more; 0: none made */
	size_t *bytes; /* of the pages of all tables that share some */
	const struct state_at_watch *watch; /* or NULL; not a copy's */
	unsigned which;
};

/* NOWNERS owners; 0 or ERR_NOMEM.  BYTES outlives the table. */
int state_at_table_init(
    struct state_at_table *t, size_t size, size_t nowners, size_t *bytes);
void state_at_table_free(struct state_at_table *t);
/* A BARE copy cannot be looked up in or changed, only walked and cloned. */
int state_at_table_clone(
    struct state_at_table *copy, const struct state_at_table *t, bool bare);
/* There are NOWNERS owners now, more than before; 0 or ERR_NOMEM. */
int state_at_table_add_owners(struct state_at_table *t, size_t nowners);

/* Memory of T except for the pages. */
size_t state_at_table_bytes(const struct state_at_table *t);

/* The entry, or NULL; and its place in the order of a walk. */
const void *state_at_table_find(
    const struct state_at_table *t, struct str a, struct str b, struct str c);
const void *state_at_table_find_place(const struct state_at_table *t,
    struct str a, struct str b, struct str c, size_t *place);
/* The entry, made now (all zero behind its key) where there was none: then
 * *MADE.  NULL when out of memory. */
void *state_at_table_put(struct state_at_table *t, uint32_t owner, struct str a,
    struct str b, struct str c, bool *made);
/* Removes the entry with that key, if there is one; 0 or ERR_NOMEM. */
int state_at_table_remove(
    struct state_at_table *t, struct str a, struct str b, struct str c);
/* Removes all that OWNER has. */
void state_at_table_drop(struct state_at_table *t, uint32_t owner);

/* How many entries OWNER has. */
size_t state_at_table_count(const struct state_at_table *t, size_t owner);
/* Start with *AT = 0; NULL at the end. */
const void *state_at_table_next(const struct state_at_table *t, size_t *at);

#endif
