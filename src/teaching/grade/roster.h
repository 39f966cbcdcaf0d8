/*
 * A class's roster.  A CSV file (RFC 4180) with a line of headings, of which
 * one is the student number: 学号, id, student; also known are the name (姓名,
 * name), the class (班级, class), a word that only the student is given (口令,
 * word; classroom/classroom.h) and an address of e-mail (邮箱, email).  UTF-8,
 * with or without byte order mark, or GBK; commas, semicolons or tabs.
 */
#ifndef GRADE_ROSTER_H
#define GRADE_ROSTER_H

#include "base/buf.h"
#include "base/diag.h"

struct roster_row {
	char *id, *name, *group, *word, *mail; /* "" where nothing is said */
};

#define ROSTER_SIZE_MAX (4u << 20)

struct map;

struct roster {
	struct roster_row *rows;
	size_t n, cap;
	struct map *by_key; /* the index of each, from 1 */
	struct buf
	    remarks; /* lines without a number, numbers twice: sentences */
};

#define ROSTER_INIT ((struct roster){ .rows = NULL })

/* Of the file at PATH.  R is begun again; free it in any case.  0 or D's error.
 */
int roster_read(struct roster *r, const char *path, struct diag *d);
int roster_read_text(
    struct roster *r, struct str text, const char *name, struct diag *d);
void roster_free(struct roster *r);

#define ROSTER_WORD_N 8
/* A word that cannot be guessed.  0 or an error. */
typedef int roster_word_fn(char word[ROSTER_WORD_N + 1]);
/*
 * TEXT, of the roster NAME, to OUT, in UTF-8; each student whose cell of the
 * column `word` is empty gets a WORD.  *N: how many.  0 or D's error.
 */
int roster_fill_words(struct str text, const char *name, roster_word_fn *word,
    struct buf *out, size_t *n, struct diag *d);
/* R's words as a table in Markdown, of which each row is a student's slip. */
int roster_put_slips(const struct roster *r, struct buf *out);

/* The row of student ID, or NULL. */
const struct roster_row *roster_find(const struct roster *r, const char *id);
/* SAID, a student's number that came from outside, as it is shown.
 * 0 or D's error: it has what can't be seen, or a space. */
int roster_put_number(const char *said, struct buf *out, struct diag *d);
/* Appends ID's key for comparison: case and spaces around it do not count. */
void roster_put_key(const char *id, struct buf *out);

#endif
