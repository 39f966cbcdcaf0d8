/*
 * Messages of H.248 (MEGACO) between a media gateway controller and its
 * gateways, in their text form (RFC 3525 annex B): a head, then transactions,
 * replies and acknowledgements, each a word with a value and, in braces, what
 * belongs to it.  Words may have their long or their short form.  Reading
 * copies nothing: an item points into the text.  Pure functions: nothing here
 * knows a network.
 */
#ifndef MEGACO_MEGACO_H
#define MEGACO_MEGACO_H

#include "base/buf.h"
#include "megaco/megaco_tables.h"

#define MEGACO_DEPTH 12 /* braces in braces that are read */

enum megaco_id {
#define X(name, ...) MEGACO_##name,
	MEGACO_WORDS(X)
#undef X
#define X(name) MEGACO_##name,
	    MEGACO_FREE(X)
#undef X
		MEGACO_COUNT
};

enum megaco_form {
	MEGACO_FORM_NONE,  /* no value */
	MEGACO_FORM_MAYBE, /* one, or none */
	MEGACO_FORM_TEXT,
	MEGACO_FORM_NUMBER,
	MEGACO_FORM_CONTEXT,     /* a number, - (none), $ (a new one), * */
	MEGACO_FORM_TERMINATION, /* a name with / and *, ROOT, $, * */
	MEGACO_FORM_ERROR,       /* of MEGACO_ERRORS, as a rule */
	MEGACO_FORM_REASON,      /* in quotes: a number and words */
	/* A word of MEGACO_VALUES. */
	MEGACO_FORM_MODE,
	MEGACO_FORM_SERVICE,
	MEGACO_FORM_SIGNAL,
	MEGACO_FORM_METHOD,
};

/* The contents of braces; PROPERTIES of items depend on their place. */
enum megaco_group {
#define X(name, ...) MEGACO_IN_##name,
	MEGACO_GROUPS(X)
#undef X
	    MEGACO_GROUP_COUNT
};

enum megaco_value {
#define X(name, ...) MEGACO_VALUE_##name,
	MEGACO_VALUES(X)
#undef X
	    MEGACO_VALUE_COUNT
};

struct megaco_item {
	enum megaco_id id;
	struct str name;  /* as it is there */
	struct str stamp; /* of an observed event: its time, or empty */
	bool optional;    /* "O-": the transaction goes on when it fails */
	struct str value; /* without its quotes; p NULL: none */
	struct str inner; /* the contents of its braces; p NULL: none */
	struct str head;  /* all before the braces */
	struct str all;
	enum megaco_group group; /* of the contents of its braces */
};

struct megaco {
	struct str sender; /* "[192.0.2.1]:2944", "<host>:2944" */
	struct str body;
	unsigned fault; /* a code of MEGACO_ERRORS, or 0 */
	struct str at;  /* of the first fault */
};

/* Reads BYTES, which M goes on to point into; M's fault. */
unsigned megaco_read(struct str bytes, struct megaco *m);
/* The next item of TEXT, which is in GROUP, from *AT, 0 at first; false at the
 * end, or where there is none that can be read: then *AT is not the end. */
bool megaco_next(struct str text, enum megaco_group group, size_t *at,
    struct megaco_item *it);
/* The first item ID among the contents of IN's braces, into *IT. */
bool megaco_find(
    const struct megaco_item *in, enum megaco_id id, struct megaco_item *it);
/* The same of the item NAME of a package. */
bool megaco_find_named(
    const struct megaco_item *in, const char *name, struct megaco_item *it);
/* The number that is IT's value, or 0. */
uint32_t megaco_number(const struct megaco_item *it);
/* The word of IT's value, of its form; MEGACO_VALUE_COUNT: another. */
enum megaco_value megaco_word(const struct megaco_item *it);
/* Its long form, "SendReceive"; NULL for MEGACO_VALUE_COUNT. */
const char *megaco_value_name(enum megaco_value word);
bool megaco_is_command(enum megaco_id id);

/* ---- for people (megaco_say.c), in the user's language ---- */

const char *megaco_name(enum megaco_id id); /* the long form */
/* What BYTES are about, by the first command: "Add", "Reply Add", "Pending";
 * nothing where they are no message. */
void megaco_write_name(struct str bytes, struct buf *out);
/* The first transaction, reply … of M, its first context and command, as far as
 * there are: returns the last that exists; the number of the first goes into
 * *NUMBER. */
struct megaco_item
megaco_first(const struct megaco *m, enum megaco_id *kind, uint32_t *number);
/* What such an item is for and the section that says so; NULL: not known. */
const char *megaco_words(const struct megaco_item *it, const char **section);
/* What its value means, or NULL. */
const char *megaco_value_words(const struct megaco_item *it);
const char *megaco_error_words(unsigned code);

/* ---- writing ---- */

/* BRIEF: words in their short form, and no more spaces than are needed. */
struct megaco_out {
	struct buf *out;
	bool brief;
	unsigned depth;
	bool first; /* nothing is in these braces yet */
};

/* SENDER is an address with its port. */
void megaco_begin(struct megaco_out *o, struct str sender);
/* ID with VALUE, if p is not NULL, and braces that are open. */
void megaco_open(struct megaco_out *o, enum megaco_id id, struct str value);
/* The same of an item of a package, or of a parameter. */
void megaco_open_named(struct megaco_out *o, const char *name);
void megaco_close(struct megaco_out *o);
void megaco_put(struct megaco_out *o, enum megaco_id id, struct str value);
void megaco_put_named(struct megaco_out *o, const char *name, struct str value);
void megaco_put_value(
    struct megaco_out *o, enum megaco_id id, enum megaco_value value);
/* N in decimal digits, in TEXT. */
struct str megaco_decimal(char text[24], uint64_t n);
void
megaco_open_number(struct megaco_out *o, enum megaco_id id, uint32_t number);
/* SDP in Local or Remote (7.1.8). */
void megaco_put_sdp(struct megaco_out *o, enum megaco_id id, struct str sdp);
void megaco_put_error(struct megaco_out *o, unsigned code);
/* An event that was seen at T milliseconds, with braces that are open: no
 * calendar is simulated, its day is the first of 2000. */
void megaco_open_seen(struct megaco_out *o, uint64_t ms, const char *name);

/* ---- digit maps (7.1.14) ---- */

enum megaco_digits {
	MEGACO_DIGITS_NONE,  /* nothing fits any more */
	MEGACO_DIGITS_MORE,  /* more digits are needed: the long timer */
	MEGACO_DIGITS_MAYBE, /* it fits, and so might more: the short timer */
	MEGACO_DIGITS_FULL,  /* it fits, and nothing longer does */
};

/* How DIGITS (0-9, *, #) fit MAP, the contents of a DigitMap's braces. */
enum megaco_digits megaco_match(struct str map, struct str digits);
/* MAP is such: digits, A to F, x, timers S, L, T, Z, ranges, with ( ) around
 * and | between. */
bool megaco_is_map(struct str map);

#endif
