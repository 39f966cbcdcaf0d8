/*
 * Arrivals in files: as lines of JSON, a head, one for each, an end; or in a
 * trace, whose records tell them all.  docs/TRACE.md has both ("From outside").
 */
#ifndef INPUTS_ARRIVALS_FILE_H
#define INPUTS_ARRIVALS_FILE_H

#include "base/field.h"
#include "inputs/arrivals.h"
#include "trace/reader.h"

/* The lines of a file of arrivals: its head, one for each, its end. */
void arrivals_write(const struct inputs_outside *o, struct buf *out);
/* The way back from TEXT, which NAME is said to be: 0, or D's error with the
 * line.  O is zeroed first, and to be freed (arrivals_drop) in any case. */
int arrivals_read(struct inputs_outside *o, struct str text, const char *name,
    struct diag *d);
/* The same as a value, an array: its last object is the end.  The way back, O
 * says the same as for arrivals_from_trace. */
void arrivals_put(const struct inputs_outside *o, struct buf *json);
int
arrivals_take(struct inputs_outside *o, struct json_value list, struct diag *d);
/* Reads the arrivals of T's records; O says whether there are to be some,
 * `there` and `asks`, and is not freed. */
int arrivals_from_trace(
    struct inputs_outside *o, const struct trace *t, struct diag *d);

/* What a line of the file is (docs/TRACE.md). */
extern const struct field arrival_fields[];

#endif
