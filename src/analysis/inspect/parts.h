/* Readers of parts (inspect/relation.h), which fields.c has in a table. */
#ifndef INSPECT_PARTS_H
#define INSPECT_PARTS_H

#include "inspect/relate.h"

/* A message, which part of it is asked for, and room for what is put
 * together. */
struct asked {
	struct look *l;
	const struct placed *at;
	const struct msg *m;
	const struct end *e;
	struct buf *room;
};

/* False: it is not there. */
typedef bool part_fn(const struct asked *a, struct str *text);

#define X(id) part_fn part_##id;
PARTS_SESSION(X)
#undef X

#endif
