/*
 * What makes one student's run differ from the neighbour's: a seed, and
 * settings drawn from the ranges that the lab's check.lua names.  They depend
 * on the student's number and the lab's name alone.
 */
#ifndef GRADE_VARIANT_H
#define GRADE_VARIANT_H

#include "lesson/lesson.h"
#include "topology/topology_setting.h"

#define VARIANT_SETTINGS_MAX 16

struct variant {
	bool has_seed; /* false: the lab without a number */
	uint64_t seed;
	struct topology_setting settings[VARIANT_SETTINGS_MAX]; /* owned */
	size_t nsettings;
};

#define VARIANT_INIT ((struct variant){ .has_seed = false })

/* The variant of the lab for whom L was loaded; L says what differs.  V is
 * begun again; free it in any case.  0 or D's error. */
int variant_make(struct variant *v, const struct lesson *l, struct diag *d);
/* A variant that no number draws: the first value of each range, or the LAST.
 * V is begun again; free it in any case.  0 or D's error. */
int variant_make_end(
    struct variant *v, const struct lesson *l, bool last, struct diag *d);
/* Adds a setting of TEXT and DRAWN_BY (NULL: typed), both copied.  0, ERR_NOMEM
 * or ERR_LIMIT. */
int
variant_add_setting(struct variant *v, struct str text, const char *drawn_by);
/* What COMMAND, "rung run busy --set bob.busy=false", sets, and the LAB that it
 * names.  V is begun again; free it in any case.  0, or an error: ERR_SYNTAX
 * and ERR_RANGE say that it is no such command. */
int variant_read(struct variant *v, struct str command, struct buf *lab);
/* A run with that seed and these N settings is V's. */
bool variant_is_of(const struct variant *v, bool has_seed, uint64_t seed,
    const struct topology_setting *settings, size_t n);
/* *OWN: RUN has the values and seed of the student for whom L was loaded,
 * whatever was done in it.  0 or D's error. */
int variant_is_own(
    const struct lesson *l, const struct trace *run, bool *own, struct diag *d);
void variant_free(struct variant *v);

#endif
