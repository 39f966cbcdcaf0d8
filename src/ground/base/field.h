/*
 * The members of a struct as rows: for each value its name in JSON, its place
 * and type, the values that are accepted, and its meaning. text/json_fields.h
 * writes such a struct as a JSON object and reads it back; docs/TRACE.md is
 * made from the sentences.
 *
 *	static const struct field fields[] = {
 *		FIELD(struct answer, hints, NUMBER, "hints that were looked at",
 *		    .most = LESSON_HINTS_MAX),
 *		…
 *		FIELDS_END,
 *	};
 */
#ifndef BASE_FIELD_H
#define BASE_FIELD_H

#include "base/buf.h"

#include <stddef.h>

/* X(ID, its form in JSON): how a value is kept. */
#define FIELD_KINDS(X)                                                      \
	X(TEXT, "string")        /* char *, owned; NULL is written as "" */ \
	X(LINE, "string")        /* the same; read by utf8_add_safe */      \
	X(STR, "string")         /* struct str; written alone */            \
	X(BUF, "string")         /* struct buf */                           \
	X(CHARS, "string")       /* char [] with a NUL */                   \
	X(FLAG, "true or false") /* bool */                                 \
	X(NUMBER, "number")      /* of 4 bytes unsigned, or int64_t's */    \
	X(HUNDREDTHS, "number")  /* unsigned: 750 is 7.5 */                 \
	X(HASH, "16 hexadecimal digits") /* uint64_t */                     \
	X(WORD, "word")                  /* an enum */                      \
	/* These are written beside. */                                     \
	X(BESIDE, "as said") /* as its sentence says */                     \
	X(INTEGER, "number")                                                \
	X(STRING, "string")                                                 \
	X(STRINGS, "array of strings")                                      \
	X(NUMBERS, "array of numbers")                                      \
	X(OBJECT, "object")                                                 \
	X(OBJECTS, "array of objects") /* with the rows OF, if any */

enum field_kind {
#define X(id, text) FIELD_##id,
	FIELD_KINDS(X)
#undef X
};

enum field_flag {
	FIELD_ANY = 1,    /* left out where it is "", 0 or false */
	FIELD_NEEDED = 2, /* must be there, and right */
	FIELD_RIGHT = 4,  /* must be right where it is there */
	FIELD_TOLD = 8,   /* written alone, never read */
};

struct field {
	const char *key; /* NULL ends the rows */
	enum field_kind kind;
	size_t at, size;  /* in the struct */
	const char *text; /* what it means, for the documents; NULL: nothing */
	unsigned flags;   /* enum field_flag */
	int64_t least, most; /* of NUMBER; most 0: as many as there is room */
	/* The Ith word of an enum; NULL behind the last. */
	const char *(*word)(unsigned i);
	const struct field *of; /* of OBJECTS and OBJECT; NULL: of any */
};

/* TYPE's MEMBER under its own name, and under another one; behind KIND the
 * sentence, and further members: .flags = FIELD_ANY. */
#define FIELD(type, member, kind, ...) \
	FIELD_AS(#member, type, member, kind, __VA_ARGS__)
/* The same with a flag. */
#define TOLD_FIELD(type, member, kind, ...) \
	FIELD(type, member, kind, __VA_ARGS__, .flags = FIELD_TOLD)
#define ANY_FIELD(type, member, kind, ...) \
	FIELD(type, member, kind, __VA_ARGS__, .flags = FIELD_ANY)
#define NEEDED_FIELD(type, member, kind, ...) \
	FIELD(type, member, kind, __VA_ARGS__, .flags = FIELD_NEEDED)
#define FIELD_AS(key_, type, member, kind_, ...)                         \
	{                                                                \
		.key = key_, .kind = FIELD_##kind_,                      \
		.at = offsetof(type, member),                            \
		.size = sizeof(((type *)0)->member), .text = __VA_ARGS__ \
	}
/* A member that no kind fits: the owner of the object reads and writes it. */
#define FIELD_BY_HAND(key_, text_) FIELD_BESIDE_AS(key_, BESIDE, text_)
/* The same where it is known what it is: INTEGER … OBJECTS. */
#define FIELD_BESIDE_AS(key_, kind_, ...)                               \
	{                                                               \
		.key = key_, .kind = FIELD_##kind_, .text = __VA_ARGS__ \
	}
#define FIELDS_END          \
	{                   \
		.key = NULL \
	}

/* Where F's value is in the struct OF. */
static inline const void *
field_at(const struct field *f, const void *of)
{
	return (const char *)of + f->at;
}

/* The owner of the object writes it. */
static inline bool
field_is_beside(const struct field *f)
{
	return f->kind >= FIELD_BESIDE;
}

/* A NUMBER, or HUNDREDTHS. */
int64_t field_number(const struct field *f, const void *of);
/* A text, or the word of an enum; empty for other kinds. */
struct str field_str(const struct field *f, const void *of);
/* "", 0 or false: nothing is to be said. */
bool field_is_empty(const struct field *f, const void *of);
/* "4.30" of 430 */
void buf_two_places(struct buf *b, int64_t n);
/* N hundredths: "7.5", "12". */
void buf_hundredths(struct buf *b, uint64_t n);

#endif
