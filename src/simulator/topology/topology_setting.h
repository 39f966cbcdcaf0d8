/*
 * A setting: what a run has in place of what its topology says.  It knows where
 * it comes from, so that a sentence about it names what the reader can change.
 */
#ifndef TOPOLOGY_TOPOLOGY_SETTING_H
#define TOPOLOGY_TOPOLOGY_SETTING_H

#include "base/str.h"

struct topology_setting {
	const char *text; /* "node.attr=value" */
	/* The check.lua whose vary { … } it was drawn from; NULL: it comes from
	 * --set. */
	const char *drawn_by;
};

/* Copies TEXT and DRAWN_BY into S; free it in any case.  0 or ERR_NOMEM. */
int topology_setting_make(
    struct topology_setting *s, struct str text, const char *drawn_by);
/* Frees the texts that topology_setting_make copied. */
void topology_setting_free(struct topology_setting *s);

#endif
