/* What the files of the marks share; see ladder/ladder_marks.h. */
#ifndef LADDER_LADDER_MARKS_IN_H
#define LADDER_LADDER_MARKS_IN_H

#include "base/map.h"
#include "ladder/ladder_marks.h"

struct marking {
	struct ladder_marks *m;
	const struct layout *l;
	const struct trace *t;
	struct map *known; /* key -> index of a mark, plus 1 */
	struct buf key, scratch;
};

/* A copy of TEXT that lives as long as the marks; empty where memory is
 * lacking: ladder_marks_create looks for that at the end (mem_failures). */
struct str marks_keep(struct marking *w, struct str text);
/* A new mark of ROW; *INDEX is its place. */
int marks_add(
    struct marking *w, enum ladder_mark_kind kind, size_t row, size_t *index);
/* Makes W->key stand for mark INDEX.  0 or ERR_NOMEM. */
int marks_know(struct marking *w, size_t index);
/* The mark that W->key stands for, extended to ROW; where there is none, a new
 * one of ROW (*FRESH). */
int marks_reach(struct marking *w, enum ladder_mark_kind kind, size_t row,
    size_t *index, bool *fresh);
void marks_extend(struct marking *w, size_t index, size_t row);

/* "Alice–Bob" of columns A and B, of which B may be LAYOUT_NONE. */
struct str marks_peers(struct marking *w, size_t a, size_t b);

/* ladder_marks_lanes.c; 0 or ERR_NOMEM. */
int marks_give_lanes(struct ladder_marks *m, const struct layout *l);

int marks_transactions(struct marking *w);
int marks_dialogs(struct marking *w);
int marks_phases(struct marking *w); /* ladder_marks_phase.c */

#endif
