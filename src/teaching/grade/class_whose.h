/*
 * A class's roster.  A CSV file (RFC 4180) with a line of headings, of which
 * one is the student number: 学号, id, student; also known are the name (姓名,
 * name), the class (班级, class), a word that only the student is given (口令,
 * word; classroom/classroom.h) and an address of e-mail (邮箱, email).  UTF-8,
 * with or without byte order mark, or GBK; commas, semicolons or tabs.
 */
#ifndef GRADE_CLASS_WHOSE_H
#define GRADE_CLASS_WHOSE_H

#include "base/buf.h"
#include "base/diag.h"

struct roster_row {
	char *id, *name, *group, *word, *mail; /* "" where nothing is said */
};

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

/* The row of student ID, or NULL. */
const struct roster_row *roster_find(const struct roster *r, const char *id);
/* Appends ID's key for comparison: case and spaces around it do not count. */
void roster_put_key(const char *id, struct buf *out);

#endif
