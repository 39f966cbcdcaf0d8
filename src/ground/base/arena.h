/* Memory that is given back all at once: what a topology is made of, texts. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/str.h"

struct arena;

int arena_create(struct arena **s); /* 0 or ERR_NOMEM */
void arena_destroy(struct arena *s);

/* COUNT * SIZE bytes of zero, aligned for anything; NULL when out of memory. */
void *arena_get(struct arena *s, size_t count, size_t size);
/* A copy with a NUL behind; NULL when out of memory. */
char *arena_str(struct arena *s, struct str text);

#endif
