/*
 * Messages of Diameter (RFC 6733 3, 4) as octets: a head of 20, then AVPs, each
 * with its code, flags, length and, where it is a vendor's, that vendor's
 * number, filled up to a multiple of four.  Known are the commands of the Cx
 * interface (TS 29.228, TS 29.229), by which an IMS network asks its subscriber
 * server.  What peers say to each other before and between them (CER, DWR, DPR:
 * RFC 6733 5.3 to 5.5) is left out.  Pure functions: nothing here knows a
 * network.
 */
#ifndef DIAMETER_DIAMETER_H
#define DIAMETER_DIAMETER_H

#include "base/buf.h"
#include "diameter/diameter_tables.h"

#define DIAMETER_HEAD 20

enum diameter_command {
#define X(name, code, begin, text, words) DIAMETER_##name,
	DIAMETER_COMMANDS(X)
#undef X
	    DIAMETER_COMMAND_COUNT
};

/* An AVP that is known: its row. */
enum diameter_id {
#define X(name, ...) DIAMETER_AVP_##name,
	DIAMETER_AVPS(X)
#undef X
	    DIAMETER_AVP_COUNT
};

/* A number with a name: its row. */
enum diameter_value {
#define X(name, ...) DIAMETER_VALUE_##name,
	DIAMETER_VALUES(X)
#undef X
	    DIAMETER_VALUE_COUNT
};

enum diameter_fault {
#define X(name, value, words) DIAMETER_FAULT_##name,
	DIAMETER_FAULTS(X)
#undef X
};
/* In the user's language; and untranslated, for traces. */
const char *diameter_fault_words(enum diameter_fault fault);
const char *diameter_fault_name(enum diameter_fault fault);
/* The Result-Code that tells of it (RFC 6733 7.1). */
enum diameter_value diameter_fault_result(enum diameter_fault fault);

/* An AVP (4.1). */
struct diameter_avp {
	uint32_t code, vendor; /* 0: none */
	uint8_t flags;
	struct str value, all; /* ALL: with its head, without what fills it */
	enum diameter_id id;   /* DIAMETER_AVP_COUNT: not known */
};

#define DIAMETER_VENDOR    0x80
#define DIAMETER_MANDATORY 0x40

struct diameter {
	uint8_t flags;
	uint32_t code, application;
	uint32_t hop, end;             /* of this hop, of both ends (3) */
	enum diameter_command command; /* DIAMETER_COMMAND_COUNT: not known */
	bool head;                     /* the fields above could be read */
	struct str avps;
	enum diameter_fault fault; /* the first */
	struct str failed;         /* the AVP at fault, or STR_NULL */
	enum diameter_id missing;  /* of the fault MISSING */
};

#define DIAMETER_REQUEST   0x80
#define DIAMETER_PROXIABLE 0x40
#define DIAMETER_ERROR     0x20
#define DIAMETER_AGAIN     0x10 /* T: may be there a second time */

/* Reads BYTES, which M goes on to point into, and holds it against what its
 * command must have; M's fault. */
enum diameter_fault diameter_read(struct str bytes, struct diameter *m);
/* The next of AVPS, from *AT, 0 at first; false at the end, or where the length
 * of one is wrong: then *AT is not the end. */
bool diameter_next(struct str avps, size_t *at, struct diameter_avp *a);
/* What the first ID among AVPS holds; p NULL: there is none. */
struct str diameter_find(struct str avps, enum diameter_id id);
/* The number that it holds; false: there is none. */
bool diameter_find_u32(struct str avps, enum diameter_id id, uint32_t *v);
/* Of an answer that was read: how it went, by its Result-Code or its
 * Experimental-Result; DIAMETER_VALUE_COUNT: by a code that is not known. */
enum diameter_value diameter_result(const struct diameter *m);

/* ---- for people (diameter_say.c): a name is the standard's, words are in the
 * user's language ---- */

/* "UAR", "UAA"; of an unknown command "310". */
void diameter_write_name(const struct diameter *m, struct buf *out);
const char *diameter_command_words(enum diameter_command command);
/* "User-Name", "601". */
void diameter_write_avp_name(const struct diameter_avp *a, struct buf *out);
/* What it holds, as text, number or hexadecimal digits; of a group nothing. */
void diameter_write_avp(const struct diameter_avp *a, struct buf *out);
bool diameter_is_group(const struct diameter_avp *a);
/* What it is for and the clause that says so ("RFC 6733 8.14"), appended to
 * CLAUSE; NULL: not known. */
const char *
diameter_avp_words(const struct diameter_avp *a, struct buf *clause);
const char *diameter_value_name(enum diameter_value v);
/* V of AVP's row; DIAMETER_VALUE_COUNT: it has no name. */
enum diameter_value diameter_value_find(enum diameter_id avp, uint32_t v);

/* ---- writing: into an empty buffer ---- */

void diameter_begin(struct buf *out, enum diameter_command command,
    uint8_t flags, uint32_t hop, uint32_t end);
void diameter_put(struct buf *out, enum diameter_id id, struct str value);
void diameter_put_u32(struct buf *out, enum diameter_id id, uint32_t value);
/* The same of an answer to M: its command, flag P and numbers; where V, how it
 * goes, is a protocol error (7.1.3), with the flag E. */
void diameter_begin_answer(
    struct buf *out, const struct diameter *m, enum diameter_value v);
/* V in the AVP of its row; an experimental result in its group (7.6). */
void diameter_put_value(struct buf *out, enum diameter_value v);
/* A group is open until it is closed by what diameter_open gave. */
size_t diameter_open(struct buf *out, enum diameter_id id);
void diameter_close(struct buf *out, size_t at);
/* The application of a vendor that is Cx; no session. */
void diameter_put_application(struct buf *out);
/* Failed-AVP for the fault of M (7.1.5, 7.5). */
void diameter_put_failed(struct buf *out, const struct diameter *m);
/* The message's length, which is known at its end. */
void diameter_end(struct buf *out);

#endif
