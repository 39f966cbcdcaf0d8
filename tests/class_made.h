/*
 * Classes made by script: students whose answers are right, in many spellings,
 * or wrong as people are wrong; who guess; who copy; who hand in with another's
 * number or with none.  For tests of marks and of what a class's report names.
 */
#ifndef CLASS_MADE_H
#define CLASS_MADE_H

#include "grade/mark.h"

/* Draws that are the same each time. */
struct made_draw {
	uint64_t state;
};

unsigned made_draw(struct made_draw *r, unsigned n);

/* A lab as STUDENT has it ("": as it is for everybody). */
struct made_lab {
	const char *path;
	char student[32];
	struct lesson *lesson;
	struct variant variant;
	struct trace *trace;
};

/* L is begun anew; a case that can't have it ends.  LAB is a path. */
void made_lab_open(struct made_lab *l, const char *lab, const char *student);
void made_lab_close(struct made_lab *l);
/* Its task I is answered by a text that can be told from the key. */
bool made_is_asked(const struct made_lab *l, size_t i);
/* The answer of who has task I right. */
void made_put_right(const struct made_lab *l, size_t i, struct buf *out);
/* The same in one of many spellings. */
void made_put_spelled(
    const struct made_lab *l, size_t i, struct made_draw *r, struct buf *out);
/* An answer that is wrong as honest people are wrong: what stands elsewhere in
 * the own run, round numbers, slips, the lab without the number (of which PLAIN
 * is the key; may be empty). */
void made_put_mistake(const struct made_lab *l, size_t i, struct str plain,
    struct made_draw *r, struct buf *out);

/* How one guesses who knows nothing: of choices alone. */
enum made_guess { GUESS_LONGEST, GUESS_SHORTEST, GUESS_LETTER, GUESS_CHANCE };

void made_put_guess(const struct made_lab *l, size_t i, enum made_guess how,
    struct made_draw *r, struct buf *out);

/* ---- classes as files ---- */

enum made_kind {
	MADE_HONEST,  /* all right, spelled in any way */
	MADE_USUAL,   /* three of four right, the others honest mistakes */
	MADE_LONGEST, /* guessers */
	MADE_SHORTEST,
	MADE_LETTER,
	MADE_CHANCE,
	MADE_COPY,      /* all from `of` */
	MADE_COPY_HALF, /* every other answer from `of`, its own else right */
	MADE_SABOTEUR,  /* right work, and later nonsense with the number of
			   `of` in it */
	MADE_NAMELESS,  /* no number inside */
};

struct made_student {
	enum made_kind kind;
	unsigned of; /* index of another */
};

struct made_class {
	const char *const *labs; /* paths */
	size_t nlabs;
	const struct made_student *list;
	size_t n;
	uint64_t seed;
};

/* The number of student I. */
void made_id(unsigned i, char id[32]);
/* Writes FOLDER, which is there, with what each student hands in of each lab.
 */
void made_class_write(const struct made_class *c, const char *folder);

#endif
