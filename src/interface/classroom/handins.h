/*
 * A class's hand-ins as files: each belongs to the number and the browser that
 * it came from.  The owner of a number is the browser that gave it first; a
 * file of another browser with that number is named as such, and counts where
 * the owner has none (grade/class.h).  No file keeps another member's out.
 */
#ifndef CLASSROOM_HANDINS_H
#define CLASSROOM_HANDINS_H

#include "base/buf.h"
#include "base/diag.h"

/* Bytes of one number and browser, and of all, of which an address has at most
 * what it leaves to others; each file counts as so many at least. */
#define HANDINS_OF_ONE ((size_t)32 << 20)
#define HANDINS_OF_ALL ((size_t)2 << 30)
#define HANDINS_LEAST  (HANDINS_OF_ONE / 50)

struct handins {
	char *folder;         /* owned; NULL: there is none */
	struct giver *givers; /* the origins of files */
	size_t n, cap;
	struct buf trouble; /* a sentence for the teacher; empty: none */
};

#define HANDINS_INIT ((struct handins){ .trouble = { 0 } })
void handins_free(struct handins *h);

struct handin {
	struct str text;
	const char *lab, *number, *browser, *address;
	const char *first;  /* the browser in which NUMBER was said first */
	const char *ending; /* of the file's name; NULL: "rung" */
	bool sure;          /* NUMBER's word was said: it is BROWSER's, too */
};

/* I is a file, whole and on the disk, or is none; its name, without the folder,
 * comes to NAME.  0 or D's error, which is H's trouble, too, unless it is the
 * giver's alone. */
int handins_keep(struct handins *h, const struct handin *i, struct buf *name,
    struct diag *d);
/* TEXT, the teacher's note for NUMBER and LAB, is a file in the folder of notes
 * (grade/class.h), in place of the one before; its name comes to NAME.  0 or
 * D's error, which is H's trouble, too. */
int handins_keep_note(struct handins *h, const char *lab, const char *number,
    struct str text, struct buf *name, struct diag *d);
/* Files of NUMBER from BROWSER no longer count; the next browser that gave it
 * is its owner.  0 or ERR_NOMEM. */
int handins_put_out(struct handins *h, const char *number, const char *browser);
/* I's number is I's browser's from now on, whatever was said before: others'
 * files with it no longer count.  0 or ERR_NOMEM. */
int handins_assign(struct handins *h, const struct handin *i);
/* NUMBER has been assigned to BROWSER; another browser's files with NUMBER
 * count. */
bool handins_are_settled(
    const struct handins *h, const char *number, const char *browser);
bool handins_have_other(
    const struct handins *h, const char *number, const char *browser);
/* A and B are one number to a roster (grade/class_whose.h). */
bool handins_same_number(const char *a, const char *b);

#endif
