/*
 * A class's hand-ins as files: each belongs to the number and the browser that
 * it came from.  The owner of a number is the browser that gave it first; a
 * file of another browser with that number is named as such, and counts where
 * the owner has none (grade/class.h).  No file keeps another member's out.
 *
 * The folder also keeps which browser has used which number, so that it
 * holds when the class is begun again there.  HANDINS_NUMBERS has a line of
 * JSON for each number and browser, for the teacher's eyes alone.  A file is in
 * that before it is in the folder.  A hand-in in the folder of which there is
 * no such line (the file was lost, or cut) is of an unknown browser.  When
 * files came, grade/arrival_dates.h keeps.
 */
#ifndef CLASSROOM_HANDINS_H
#define CLASSROOM_HANDINS_H

#include "base/buf.h"
#include "base/diag.h"

#include <stdbool.h>

/* Bytes of one number and browser, and of all, of which an address has at most
 * what it leaves to others; each file counts as so many at least. */
#define HANDINS_OF_ONE ((size_t)32 << 20)
#define HANDINS_OF_ALL ((size_t)2 << 30)
#define HANDINS_LEAST  (HANDINS_OF_ONE / 50)

#define HANDINS_NUMBERS ".numbers"
/* Numbers that were said with nothing handed in, of which an address has at
 * most what it leaves to others. */
#define HANDINS_SAID 1024

/* A browser that has said a number. */
struct giver {
	char number[64], browser[64], address[64];
	char key[128]; /* the number's, for comparison */
	unsigned nth;  /* in names of its files, where it does not own */
	bool owns;     /* the number */
	bool settled;  /* so said the teacher */
	bool out;      /* its files do not count */
	size_t bytes;
	struct buf names; /* of the files, each with a slash at its end */
};

struct handins {
	char *folder;         /* owned; NULL: there is none */
	struct giver *givers; /* the origins of files, in the order they came */
	size_t n, cap;
	unsigned nth;       /* of the next giver */
	struct buf trouble; /* a sentence for the teacher; empty: none */
};

#define HANDINS_INIT ((struct handins){ .trouble = { 0 } })
/* Takes what FOLDER (copied; NULL: there is none) has kept; what can't be read
 * is H's trouble.  H is HANDINS_INIT.  0 or ERR_NOMEM; free it in any case. */
int handins_open(struct handins *h, const char *folder);
void handins_free(struct handins *h);

struct handin {
	struct str text;
	const char *lab, *number, *browser, *address;
	const char *first;  /* the browser in which NUMBER was said first */
	const char *ending; /* of the file's name; NULL: "rung" */
	bool sure; /* NUMBER's word was said: it is BROWSER's as well */
};

/* I is a file, whole and on the disk, or is none; its name, without the folder,
 * comes to NAME.  0 or D's error, which is H's trouble as well, unless it is
 * the giver's alone. */
int handins_keep(struct handins *h, const struct handin *i, struct buf *name,
    struct diag *d);
/* I's number was said in I's browser, which keeps it where it is among the
 * first two; what can't be kept is H's trouble.  0 or ERR_NOMEM. */
int handins_say(struct handins *h, const struct handin *i);
/* BROWSER, which has handed in nothing as NUMBER, says another one.  0 or
 * ERR_NOMEM. */
int handins_unsay(struct handins *h, const char *number, const char *browser);
/* TEXT, the teacher's note for NUMBER and LAB, is a file in the folder of notes
 * (grade/class.h), in place of the one before; its name comes to NAME.  0 or
 * D's error, which is H's trouble as well. */
int handins_keep_note(struct handins *h, const char *lab, const char *number,
    struct str text, struct buf *name, struct diag *d);
/* Files of NUMBER from BROWSER no longer count; the next browser that gave it
 * is its owner.  0 or ERR_NOMEM. */
int handins_put_out(struct handins *h, const char *number, const char *browser);
/* I's number is I's browser's from now on, whatever was said before: others'
 * files with it no longer count.  0 or ERR_NOMEM. */
int handins_assign(struct handins *h, const struct handin *i);
/* NUMBER has been assigned to BROWSER; to another browser; another browser has
 * said it, and is not put out. */
bool handins_are_settled(
    const struct handins *h, const char *number, const char *browser);
bool handins_are_anothers(
    const struct handins *h, const char *number, const char *browser);
bool handins_have_other(
    const struct handins *h, const char *number, const char *browser);
/* A and B are one number to a roster (grade/roster.h). */
bool handins_same_number(const char *a, const char *b);

/* ---- handins_givers.c ---- */

/* NULL: none; BROWSER NULL: the owner. */
struct giver *handins_find_giver(
    const struct handins *h, const char *number, const char *browser);
/* I's number in BROWSER is a giver from now on.  0 or ERR_NOMEM. */
int handins_add_giver(
    struct handins *h, const struct handin *i, const char *browser);
/* PATH becomes that of NAME in the folder.  0 or ERR_NOMEM. */
int
handins_put_path(const struct handins *h, const char *name, struct buf *path);

/* ---- handins_numbers.c ---- */

/* Keeps what H knows of numbers; it is whole, and on the disk.  0, ERR_NOMEM,
 * or ERR_IO (errno says why). */
int handins_numbers_save(const struct handins *h);
/* Takes what was kept, and files of which nothing was.  0 or ERR_NOMEM. */
int handins_numbers_load(struct handins *h);

#endif
