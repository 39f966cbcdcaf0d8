/*
 * A table from byte strings to pointers.  Walking it goes in the order of
 * insertion, never of hashes, so that what a walk produces may reach a trace.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/str.h"

struct map;

int map_create(struct map **m); /* 0 or ERR_NOMEM */
/* The same for keys that are part of their values, and have bytes: they are
 * borrowed as long as they are there. */
int map_create_borrowing(struct map **m);
void map_destroy(struct map *m); /* values are the caller's */
/* The same where all values are memory of their own (base/mem.h): frees them.
 */
void map_destroy_all(struct map *m);

/* Copies KEY, or borrows it.  Replaces its former value.  0 or ERR_NOMEM,
 * also where KEY has 4 GiB.  VALUE is not NULL. */
int map_put(struct map *m, struct str key, void *value);
void *map_get(const struct map *m, struct str key); /* or NULL */
void *map_remove(struct map *m, struct str key);    /* what was there */
/* Removes KEY if VALUE is its value. */
void map_drop(struct map *m, struct str key, const void *value);
/* *KEPT is the map's own copy of TEXT, which stays until TEXT is removed; its
 * value, where it had none, is not to be looked at.  0 or ERR_NOMEM. */
int map_keep(struct map *m, struct str text, struct str *kept);
size_t map_count(const struct map *m);

/* Walk: start with *AT = 0; false at the end. Removing is allowed meanwhile,
 * putting is not. */
bool map_next(const struct map *m, size_t *at, struct str *key, void **value);

#endif
