/*
 * Messages of the ISDN user part (ITU-T Q.763) as octets, from the type on: so
 * they are in a body of application/ISUP (RFC 3204), and behind the circuit's
 * code (CIC) in a signalling network (isup/m3ua.h).  Behind the type is a part
 * whose lengths are fixed, then pointers to what has a length of its own, then,
 * where the type allows it, parameters with names up to an octet 0.  Pure
 * functions: nothing here knows a call or a circuit.
 */
#ifndef ISUP_ISUP_H
#define ISUP_ISUP_H

#include "base/buf.h"
#include "isup/isup_tables.h"

enum isup_type {
#define X(name, type, a, b, c, d, variable, optional, words) ISUP_##name = type,
	ISUP_MESSAGES(X)
#undef X
};

enum isup_code {
#define X(name, code, octets, form, section, words) ISUP_PARAM_##name = code,
	ISUP_PARAMS(X)
#undef X
};

/* X(NAME, words): faults of a message that is read or written. */
#define ISUP_FAULTS(X)                                                        \
	X(NONE, "")                                                           \
	X(EMPTY, N_("there is no message type"))                              \
	X(ANSI, N_("this is ANSI ISUP, which has another format; rung reads " \
		   "only ITU ISUP"))                                          \
	X(TYPE, N_("its message type is not known"))                          \
	X(FIXED, N_("it ends within its fixed part"))                         \
	X(POINTER, N_("a pointer points outside the message"))                \
	X(LENGTH, N_("a parameter is longer than the rest of the message"))   \
	X(END, N_("its optional part has no end"))                            \
	X(MANY, N_("it has more parameters than rung reads"))                 \
	X(MANDATORY,                                                          \
	    N_("a mandatory parameter of this message type is missing"))      \
	X(OPTIONAL,                                                           \
	    N_("it has a parameter that this message type does not allow"))

enum isup_fault {
#define X(name, words) ISUP_FAULT_##name,
	ISUP_FAULTS(X)
#undef X
};
/* Untranslated; in the user's language. */
const char *isup_fault_text(enum isup_fault fault);
const char *isup_fault_words(enum isup_fault fault);

/* What a type of messages is; NULL: unknown. */
struct isup_row {
	uint8_t type;
	const char *name;  /* "IAM" */
	uint8_t fixed[4];  /* parameters; ISUP_PARAM_END: no more */
	uint8_t variable;  /* ISUP_PARAM_END: none */
	bool optional;     /* there may be an optional part */
	const char *words; /* untranslated */
};
const struct isup_row *isup_row(unsigned type);

/* Where a parameter stands. */
enum isup_part { ISUP_FIXED, ISUP_VARIABLE, ISUP_OPTIONAL };

struct isup_param {
	uint8_t code;
	enum isup_part part;
	struct str all;   /* with its name and length, where it has them */
	struct str value; /* its contents */
};

/* A message has no more parameters than this. */
#define ISUP_PARAMS_MOST 64

struct isup {
	const struct isup_row *row; /* NULL: its type is unknown */
	size_t n;
	struct isup_param params[ISUP_PARAMS_MOST];
	struct str pointers; /* of what was read */
	struct str rest;     /* what was not read, or stands behind the end */
};

/* Reads BYTES, which M goes on to point into; with a fault M has the part
 * before it. */
enum isup_fault isup_read(struct str bytes, struct isup *m);
/* The first parameter with CODE, or NULL. */
const struct isup_param *isup_find(const struct isup *m, enum isup_code code);
/* Octet AT of its contents; 0 where there is none. */
unsigned isup_octet(const struct isup *m, enum isup_code code, size_t at);

/* Begins a message of TYPE; adds a parameter, whose VALUE is borrowed. */
void isup_begin(struct isup *m, enum isup_type type);
enum isup_fault isup_add(struct isup *m, enum isup_code code, struct str value);
/* Appends M to OUT, the parameters that its type must have first; with a fault
 * nothing. */
enum isup_fault isup_write(const struct isup *m, struct buf *out);

/* A parameter's name in the user's language, and its clause, "Q.763 3.9"; NULL:
 * it is not known. */
const char *isup_param_words(unsigned code, const char **section);
/* What P says, a sentence and '\n' for each of its indicators, in the user's
 * language, appended; false: its contents end too early, or are none. */
bool isup_param_say(const struct isup_param *p, struct buf *out);

/* ---- numbers (Q.763 3.9, 3.10, 3.26, 3.44, 3.51) ---- */

#define ISUP_DIGITS 32 /* at most; E.164 has 15 */

enum isup_nature {
	ISUP_SUBSCRIBER = 1,
	ISUP_UNKNOWN,
	ISUP_NATIONAL, /* significant number */
	ISUP_INTERNATIONAL,
};

struct isup_number {
	uint8_t nature;               /* enum isup_nature, or another */
	uint8_t plan;                 /* 1: E.164 */
	uint8_t presentation;         /* 0 allowed, 1 restricted, 2 not there */
	uint8_t screening;            /* 3: given by the network */
	bool flag;                    /* INN of a called, NI of a calling one */
	uint8_t qualifier;            /* of a generic number */
	bool complete;                /* ST stands behind its digits */
	char digits[ISUP_DIGITS + 1]; /* 0 to 9, A to E for other codes */
};

/* The number in VALUE, the contents of parameter CODE; false: it is none. */
bool isup_number_read(unsigned code, struct str value, struct isup_number *n);
/* The contents, appended; what the parameter has no place for is left out. */
void
isup_number_write(unsigned code, const struct isup_number *n, struct buf *out);

struct q850_indicators;
/* The new number that is in the diagnostics of cause 22, a called party
 * number with its name and length (Q.850 table 1); false: none does. */
bool
isup_number_of_cause(const struct q850_indicators *c, struct isup_number *n);
/* Such diagnostics, appended. */
void
isup_number_write_diagnostics(const struct isup_number *n, struct buf *out);

/* What a gateway knows of the network behind its trunk (RFC 3398 12). */
struct isup_trunk {
	struct str country; /* "49" */
	struct str area;    /* for subscriber numbers; may be empty */
};

/* "tel:+…", where the number can be made international, else a local one with
 * phone-context (RFC 3966 5.1.5), appended; false: RFC 3398 12.1 makes no URI
 * of it. */
bool isup_number_to_uri(const struct isup_number *n,
    const struct isup_trunk *trunk, struct buf *out);
/* The number that a tel: or SIP URI names (RFC 3398 12.2), as in a called
 * party, without ST; false: it names none, which is 484. */
bool isup_number_of_uri(
    struct str uri, const struct isup_trunk *trunk, struct isup_number *n);

#endif
