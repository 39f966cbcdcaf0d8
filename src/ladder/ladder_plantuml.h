/*
 * The ladder as a sequence diagram of PlantUML.  A row a line; there is no axis
 * of time.
 */
#ifndef LADDER_LADDER_PLANTUML_H
#define LADDER_LADDER_PLANTUML_H

#include "ladder/layout.h"

struct ladder_plantuml_options {
	const char *title;  /* NULL: the trace's own; "": none */
	const char *footer; /* where it comes from, or NULL */
	const char *source; /* the same in full, as a remark, or NULL */
};

/* Appends the script; O may be NULL.  0 or ERR_NOMEM. */
int ladder_plantuml_write(const struct layout *l,
    const struct ladder_plantuml_options *o, struct buf *out);

#endif
