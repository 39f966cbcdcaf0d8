/* Memory that is given back all at once: what a topology is made of. */
#ifndef SCENARIO_TOPOLOGY_STORE_H
#define SCENARIO_TOPOLOGY_STORE_H

#include "base/str.h"

struct topology_store;

int topology_store_create(struct topology_store **s); /* 0 or ERR_NOMEM */
void topology_store_destroy(struct topology_store *s);

/* COUNT * SIZE bytes of zero, aligned for anything; NULL when out of memory. */
void *topology_store_get(struct topology_store *s, size_t count, size_t size);
/* A copy with a NUL behind; NULL when out of memory. */
char *topology_store_str(struct topology_store *s, struct str text);

#endif
