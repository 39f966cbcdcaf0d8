/*
 * What makes one student's run differ from the neighbour's: a seed, and
 * settings drawn from the ranges that the lab's check.lua names.  They depend
 * on the student's number and the lab's name alone.
 */
#ifndef GRADE_VARIANT_H
#define GRADE_VARIANT_H

#include "lesson/lesson.h"

#define VARIANT_SETTINGS_MAX 16

struct variant {
	bool has_seed; /* false: the lab as it is for everybody */
	uint64_t seed;
	char *settings[VARIANT_SETTINGS_MAX]; /* "node.attr=value" */
	size_t nsettings;
};

#define VARIANT_INIT ((struct variant){ .has_seed = false })

/* The variant of the lab for whom L was loaded; L says what differs.  V is
 * begun anew; free it in any case.  0 or D's error. */
int variant_make(struct variant *v, const struct lesson *l, struct diag *d);
/* D, the error of a run with V, says --set of one of V's settings, which nobody
 * typed: it is said of the check.lua in FOLDER then. */
void variant_blame(
    const struct variant *v, const char *folder, struct diag *d);
void variant_free(struct variant *v);

#endif
