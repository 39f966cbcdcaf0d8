/* Shared by the files of the marks; see ladder/ladder_marks.h. */
#ifndef LADDER_LADDER_MARKS_IN_H
#define LADDER_LADDER_MARKS_IN_H

#include "base/map.h"
#include "ladder/ladder_marks.h"
#include "follower/sent_message.h"

struct phase_calls;

/* Marks being found: kind after kind, each a step for a row or a record. */
struct ladder_marking {
	struct ladder_marks *m;
	const struct layout *l;
	const struct trace *t;
	uint64_t records; /* that L is of */
	unsigned kinds;
	unsigned kind;  /* at work on this one … */
	uint64_t next;  /* … and this step of it */
	unsigned count; /* marks of this kind with a number */
	/* Of this kind: key -> index of a mark, plus 1; which calls have a
	 * message in the ladder; their phases. */
	struct map *known, *shown;
	struct phase_calls *calls;
	struct sent_message read; /* of the present row */
	struct buf key;
};

/* A copy of TEXT that lives as long as the marks; empty where memory is
 * lacking: ladder_marks_create looks for that at the end (mem_failures). */
struct str marks_keep(struct ladder_marking *w, struct str text);
/* A new mark of ROW; *INDEX is its place. */
int marks_add(struct ladder_marking *w, enum ladder_mark_kind kind, size_t row,
    size_t *index);
/* Makes W->key stand for mark INDEX.  0 or ERR_NOMEM. */
int marks_know(struct ladder_marking *w, size_t index);
void marks_extend(struct ladder_marking *w, size_t index, size_t row);

/* "Alice–Bob" of columns A and B, of which B may be LAYOUT_NONE. */
struct str marks_peers(struct ladder_marking *w, size_t a, size_t b);

/* ladder_marks_phase.c: memory for W's phases, freed by marks_leave_phases; a
 * row.  0 or ERR_NOMEM. */
int marks_begin_phases(struct ladder_marking *w);
int marks_step_phases(struct ladder_marking *w, uint64_t row);
/* The marks of call number CALL, once all rows are known; in order. */
int marks_put_phases(struct ladder_marking *w, uint64_t call);
uint64_t marks_count_calls(const struct ladder_marking *w);
void marks_leave_phases(struct ladder_marking *w);

#endif
