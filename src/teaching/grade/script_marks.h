/*
 * Marks by which a copied script is recognized: each sequence of some words of
 * it, as a number, with its line.  Comments, white space, quotes and the names
 * of locals do not count, so that changing those alone changes no mark.  Marks
 * of the lab's own script belong to no student.
 */
#ifndef GRADE_SCRIPT_MARKS_H
#define GRADE_SCRIPT_MARKS_H

#include "base/str.h"

#include <stdint.h>

/* So many words make a mark. */
#define SCRIPT_MARK_WORDS 8

struct script_mark {
	uint64_t hash;
	uint32_t line;   /* where its first word stands, from 1 */
	uint32_t script; /* the caller's */
};

struct script_marks {
	struct script_mark *list;
	size_t n, cap;
};

#define SCRIPT_MARKS_INIT ((struct script_marks){ .list = NULL })

/* Adds the marks of the script TEXT, as in the caller's SCRIPT.  0 or
 * ERR_NOMEM. */
int script_marks_add(struct script_marks *m, struct str text, uint32_t script);
/* The marks of the scripts of all labs there are, sorted by their hash.  0 or
 * ERR_NOMEM; LABS is the caller's to free. */
int script_marks_read_labs(struct script_marks *labs);
/* Takes the marks of LABS, which are sorted, out of M, which come out sorted by
 * their hash, each once. */
void
script_marks_leave(struct script_marks *m, const struct script_marks *labs);
void script_marks_free(struct script_marks *m);

#endif
