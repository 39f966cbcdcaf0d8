/*
 * The few things rung remembers of its user beside sessions: kept in the same
 * folder, and nothing depends on them.
 */
#ifndef SESSION_SETTINGS_H
#define SESSION_SETTINGS_H

#include "base/field.h"

struct settings {
	char language[16]; /* as --lang takes it; empty: never chosen */
	bool toured;       /* the tour was shown */
	bool asked;        /* for the student's number, once */
	char student[64];  /* which it is, as --student takes it, or empty */
};

extern const struct field settings_fields[];

/* What was kept; a file that can't be read or used is none. */
void settings_read(struct settings *s);
/* A failure to write them is ignored. */
void settings_write(const struct settings *s);

#endif
