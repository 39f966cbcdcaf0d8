/*
 * MANSCDP, the XML bodies by which cameras and platforms of video surveillance
 * ask, command and report (GB/T 28181-2016 and -2022, annex A): a root, then
 * CmdType, SN, DeviceID and what belongs to the command.  A body is read into
 * its elements, in the order of the document, and held against the tables of
 * the standard.  Pure functions.
 *
 * The clauses are those of the edition of 2022.
 */
#ifndef SURVEILLANCE_MANSCDP_H
#define SURVEILLANCE_MANSCDP_H

#include "base/buf.h"
#include "text/xml.h"

#define MANSCDP_TYPE     "Application/MANSCDP+xml"
#define MANSCDP_NORM     "GB/T28181 "
#define MANSCDP_ITEMS    10000  /* of one message (annex M), at most */
#define MANSCDP_ELEMENTS 250000 /* of a body, at most */
#define MANSCDP_MOST     256    /* findings that are kept */

/* X(ID, name, clause, what it is) */
#define MANSCDP_ROOTS(X)                                                    \
	X(CONTROL, "Control", "A.2.3", N_("a command"))                     \
	X(QUERY, "Query", "A.2.4", N_("a query"))                           \
	X(NOTIFY, "Notify", "A.2.5", N_("a report that was not requested")) \
	X(RESPONSE, "Response", "A.2.6",                                    \
	    N_("the answer to a command, a query or a report"))

enum manscdp_root {
#define X(id, name, clause, text) MANSCDP_##id,
	MANSCDP_ROOTS(X)
#undef X
	    MANSCDP_ROOT_COUNT
};

/* The contents of an element. */
enum manscdp_kind {
	MANSCDP_TEXT,
	MANSCDP_NUMBER, /* a whole one, not below 0 */
	MANSCDP_REAL,
	MANSCDP_ID,    /* 20 digits; of regions fewer */
	MANSCDP_TIME,  /* 2026-03-02T08:00:00, no zone */
	MANSCDP_WORD,  /* one of its values */
	MANSCDP_WORDS, /* some of them, with / between */
	MANSCDP_PTZ,   /* see ptz.h */
	MANSCDP_GROUP, /* elements; of a NULL group any */
	MANSCDP_LIST,  /* as many elements as its attribute Num says */
};

enum manscdp_need {
	MANSCDP_MAY,
	MANSCDP_MUST,
	MANSCDP_DEVICE, /* must, where the DeviceID next to it is a device's */
	MANSCDP_2016,   /* of that edition alone … */
	MANSCDP_2022,   /* … or of this; they may be there */
};

struct manscdp_value {
	const char *value, *text; /* our sentence, untranslated */
};

struct manscdp_field {
	const char *name;
	enum manscdp_kind kind;
	enum manscdp_need need;
	const char *text;                   /* our sentence, untranslated */
	const struct manscdp_value *values; /* up to one without a value */
	const struct manscdp_field *group;  /* up to one without a name */
};

struct manscdp_command {
	enum manscdp_root root;
	const char *name;   /* CmdType */
	const char *clause; /* with the standard's name before it */
	bool is_new;        /* of 2022 alone */
	const char *text;
	const struct manscdp_field *fields; /* all, from CmdType on */
};

/* NULL where there is none. */
const struct manscdp_command *
manscdp_command(enum manscdp_root root, struct str name);
const struct manscdp_field *
manscdp_field(const struct manscdp_field *group, struct str name);
/* "Query", its clause, what it is. */
const char *manscdp_root_name(enum manscdp_root root);
const char *manscdp_root_clause(enum manscdp_root root);
const char *manscdp_root_text(enum manscdp_root root);
/* MANSCDP_ROOT_COUNT: none of that name. */
enum manscdp_root manscdp_root_find(struct str name);

/* What ID (annex E) names, untranslated: "a network camera"; NULL where its
 * digits do not say so. */
const char *manscdp_id_text(struct str id);

/* X(ID, words): why a body can't be read. */
#define MANSCDP_FAULTS(X)                                                     \
	X(NONE, "")                                                           \
	X(CHARSET, N_("The declared character set is not UTF-8, GB2312, GBK " \
		      "or GB18030."))                                         \
	X(BYTES, N_("Not valid in its character set."))                       \
	X(DOCTYPE, N_("It has a document type; rung rejects that, because "   \
		      "entities could expand without limit."))                \
	X(XML, N_("It is not well-formed XML, or it is nested too deep."))    \
	X(ROOT, N_("Its root is not Control, Query, Notify or Response."))    \
	X(ITEMS, N_("It has a list of more than 10,000 items."))              \
	X(ELEMENTS, N_("It has more elements than rung can read."))

enum manscdp_fault {
#define X(id, words) MANSCDP_FAULT_##id,
	MANSCDP_FAULTS(X)
#undef X
};
const char *manscdp_fault_words(enum manscdp_fault fault); /* untranslated */

/* X(ID, word, sentence): deviations from the standard; %s in a sentence is an
 * element's name. */
#define MANSCDP_FINDINGS(X)                                                   \
	X(COMMAND, "command",                                                 \
	    N_("The standard has no such command with this root."))           \
	X(MISSING, "missing", N_("There is no %s, which is mandatory."))      \
	X(UNKNOWN, "unknown",                                                 \
	    N_("The standard has no such element here; a receiver that does " \
	       "not know it ignores it."))                                    \
	X(TWICE, "twice", N_("It appears here a second time."))               \
	X(VALUE, "value", N_("The standard does not allow this value here.")) \
	X(NUM, "num", N_("Num is not the number of items."))                  \
	X(SUM, "sum",                                                         \
	    N_("SumNum is the number of all items in all messages; it "       \
	       "differs from the number of items here."))                     \
	X(OTHER, "charset",                                                   \
	    N_("The character set differs from the declaration."))

enum manscdp_finding_kind {
#define X(id, word, sentence) MANSCDP_IS_##id,
	MANSCDP_FINDINGS(X)
#undef X
};

struct manscdp_finding {
	enum manscdp_finding_kind kind;
	uint32_t element;  /* the element concerned; for a missing one, its
			    * parent */
	const char *field; /* the missing field */
};
const char *manscdp_finding_word(enum manscdp_finding_kind kind);
const char *manscdp_finding_text(enum manscdp_finding_kind kind);

/* UTF-8, trimmed; good as long as the body that it is of. */
struct manscdp_element {
	struct str name, value, num; /* NUM: the attribute */
	uint32_t parent;
	uint32_t end; /* of the first that lies not within it */
	const struct manscdp_field *field; /* NULL: unknown */
};

struct manscdp {
	enum manscdp_fault fault; /* else there is nothing but it */
	struct xml document;
	struct str declaration;           /* of the body; may be empty */
	struct buf text;                  /* what follows it, in UTF-8 */
	struct manscdp_element *elements; /* the root is the first */
	size_t n, cap;
	struct manscdp_finding *findings;
	size_t nfindings, room;
	enum manscdp_root root;
	const struct manscdp_command *command; /* NULL: unknown */
};

/* 0, ERR_SYNTAX with the fault in M, or ERR_NOMEM; nothing to free but where it
 * is 0. */
int manscdp_read(struct manscdp *m, struct str body);
void manscdp_free(struct manscdp *m);
/* The value of the child NAME of element AT; empty where there is none. */
struct str manscdp_value(const struct manscdp *m, size_t at, const char *name);
/* The place of the next start tag, comment or piece of text in UTF-8 TEXT that
 * is well formed, from *AT on: one line for people.  False at its end. *OPENS:
 * it is, or begins with, the start tag of an element. */
bool
manscdp_next_piece(struct str text, size_t *at, struct str *piece, bool *opens);

/*
 * Gives BODY, elements in UTF-8, its declaration, and puts it into CHARSET, a
 * name that a declaration may have: 0, ERR_SYNTAX where that can't express it
 * or is none, ERR_NOMEM.  OUT is appended to.
 */
int manscdp_encode(struct str body, struct str charset, struct buf *out);

#endif
