/*
 * A SIP message as a view of its bytes: the start line, every header field and
 * the body as slices, nothing copied, nothing changed.  It serves code that
 * looks at a message without taking part in the protocol: the gate before
 * libosip2, forwarding, the trace, the views.  RFC 3261 section 7, 25.1.
 */
#ifndef MSG_MESSAGE_H
#define MSG_MESSAGE_H

#include "base/buf.h"
#include "base/str.h"
#include "msg/header_id.h"
#include "msg/methods.h"
#include "msg/parts.h"

/* Caps of what rung accepts at all (above them: 513). */
#define MSG_MAX_BYTES   65536
#define MSG_MAX_HEAD    16384
#define MSG_MAX_HEADERS 256
#define MSG_MAX_PARAMS  64
#define MSG_MAX_VALUES  256 /* of one list header field */
/* A response has what it copies of a request (RFC 3261 8.2.6.2), and so much
 * more: parameters of Via (18.2.1) and To; fields, and bytes of the head.  A
 * request that leaves no room for these is one too large. */
#define MSG_ANSWER_PARAMS  4
#define MSG_ANSWER_HEADERS 16
#define MSG_ANSWER_HEAD    1024

/* What of a message can be too large: X(ID, name, most, sentence with the size
 * and the most) */
#define MSG_LIMITS(X)                                                  \
	X(BYTES, "bytes", MSG_MAX_BYTES, N_("%zu bytes, at most %zu")) \
	X(HEAD, "head", MSG_MAX_HEAD,                                  \
	    N_("%zu bytes before the body, at most %zu"))              \
	X(FIELDS, "fields", MSG_MAX_HEADERS,                           \
	    N_("%zu header fields, at most %zu"))                      \
	X(PARAMS, "params", MSG_MAX_PARAMS,                            \
	    N_("%zu parameters in one list, at most %zu"))             \
	X(VALUES, "values", MSG_MAX_VALUES,                            \
	    N_("%zu values in one header field's list, at most %zu"))

enum msg_limit {
#define X(id, name, most, text) MSG_LIMIT_##id,
	MSG_LIMITS(X)
#undef X
	    MSG_LIMIT_COUNT
};

struct msg_field {
	struct str line;  /* the whole field with folds and its last CRLF */
	struct str name;  /* as written */
	struct str value; /* without the white space around it; folds inside */
	enum msg_header id; /* MSG_H_OTHER for one that has no row */
};

/* A From or To that was read. */
struct msg_party {
	struct str value; /* as it stands */
	int err;          /* of msg_addr_read; 0: what follows was read */
	struct str uri, tag;
};

/* Parts that were read once for all who ask (msg_know). */
struct msg_known {
	bool all; /* they are here */
	int via_err;
	struct str via_value; /* the topmost */
	struct msg_via via;   /* as far as it could be read */
	struct msg_party from, to;
};

struct msg {
	struct str bytes;      /* all of it */
	struct str start_line; /* without CRLF */
	bool request;
	struct str method_name, uri; /* of a request */
	enum msg_method method; /* of a request, or of CSeq in a response */
	unsigned status;        /* of a response, 100 to 699 */
	struct str reason;      /* of a response */
	struct str version;     /* "SIP/2.0" */
	struct str body;        /* after the empty line; cut to Content-Length
				   if that is smaller */
	bool sound;             /* msg_check has found nothing in it */
	struct msg_known known;
	uint64_t has[2]; /* for each `id` a bit; 0: no field has it */
	size_t nfields;
	struct msg_field fields[MSG_MAX_HEADERS];
};

/* One of M's fields may have ID. */
static inline bool
msg_may_have(const struct msg *m, enum msg_header id)
{
	return (m->has[id >> 6] >> (id & 63) & 1) != 0;
}

/* The bytes of M that are used: so many are enough for a copy. */
static inline size_t
msg_size(const struct msg *m)
{
	return offsetof(struct msg, fields) + m->nfields * sizeof(m->fields[0]);
}

/* Why bytes are no message, in X(ID, name, status to answer with,
 * sentence) */
#define MSG_FAULTS(X)                                                          \
	X(NONE, "none", 0, N_("well formed"))                                  \
	X(EMPTY, "empty", 0, N_("an empty datagram or a keep-alive"))          \
	X(START_LINE, "start-line", 400,                                       \
	    N_("the start line is neither a request line nor a status line"))  \
	X(VERSION, "version", 505, N_("the SIP version is not 2.0"))           \
	X(NO_END, "no-end", 400, N_("no empty line after the header fields"))  \
	X(FIELD, "field", 400, N_("a header line without a name and a colon")) \
	X(BARE_CR, "bare-cr", 400, N_("a CR or LF without the other"))         \
	X(NUL, "nul", 400, N_("a NUL outside a quoted string"))                \
	X(MISSING, "missing", 400, N_("a mandatory header field is missing"))  \
	X(NO_EVENT, "no-event", 489,                                           \
	    N_("there is no Event header field, which names the published "    \
	       "event"))                                                       \
	X(TWICE, "twice", 400,                                                 \
	    N_("a header field that may appear only once appears twice"))      \
	X(VALUE, "value", 400, N_("a header field's value is malformed"))      \
	X(LENGTH, "length", 400, N_("Content-Length is larger than the body")) \
	X(TOO_LARGE, "too-large", 513,                                         \
	    N_("the message is larger than the limits allow"))                 \
	X(TORN, "torn", 0, N_("the stream ended inside the message"))

enum msg_fault {
#define X(id, name, status, text) MSG_FAULT_##id,
	MSG_FAULTS(X)
#undef X
	    MSG_FAULT_COUNT
};

const char *msg_fault_name(enum msg_fault f); /* "start-line"; static */
const char *msg_fault_text(enum msg_fault f); /* in the user's language */
unsigned msg_fault_status(enum msg_fault f);

/*
 * Reads BYTES (one datagram) into M.  MSG_FAULT_NONE, or the first thing that
 * is wrong, with *AT (may be NULL) at the offending bytes; M then holds all
 * that could be read all the same, before the fault and after it, so that a
 * request can be answered.  A line that is not a field has no entry in
 * `fields`. Nor has one past the caps, except for the first Via, From, To,
 * Call-ID, CSeq and Content-Length: with them a 513 can be sent. Only the
 * message's frame is judged here: start line, fields, end, length. Linear in
 * the bytes whatever they are.  CRLFs before the start line are skipped (7.5).
 * M is large (14 kB): reuse it.
 */
enum msg_fault msg_read(struct msg *m, struct str bytes, struct str *at);

/*
 * Reads the start line alone, which here an LF without CR ends as well: invalid
 * bytes may have been meant for a message.  MSG_FAULT_NONE, or the fault; M has
 * no fields.
 */
enum msg_fault msg_read_start(struct msg *m, struct str bytes);

/* Which limit M exceeds, with which size; AT is the URI or the field that does,
 * or empty: the whole message.  False where M exceeds none. */
struct msg_excess {
	enum msg_limit limit;
	size_t size;
	struct str at;
};
bool msg_find_excess(const struct msg *m, struct msg_excess *x);
const char *msg_limit_name(enum msg_limit limit);
enum msg_limit msg_limit_find(struct str name); /* or MSG_LIMIT_COUNT */
size_t msg_limit_most(enum msg_limit limit);
/* "300 header fields, at most 256", in the user's language */
void
msg_put_limit(enum msg_limit limit, size_t size, size_t most, struct buf *out);
/* The most parameters that one list in VALUE has, those of a URI apart. */
size_t msg_most_params(struct str value);
/* One list in VALUE, of M, has more than it may. */
bool msg_has_many_params(const struct msg *m, struct str value);

/* The line of M's bytes that AT begins in, counted from 1; *LINE is its text
 * without the line end.  0: AT lies elsewhere. */
size_t msg_line_at(const struct msg *m, struct str at, struct str *line);

/*
 * The name of the field that FAULT concerns, as written, or of the one that is
 * missing; AT as it was given with FAULT.  Empty: it is not a field's.
 */
struct str
msg_fault_field(const struct msg *m, enum msg_fault fault, struct str at);
/* A server answers M with the fault's status: M is a request and tells whom to
 * answer. */
bool msg_fault_is_answered(const struct msg *m, enum msg_fault fault);
/* 21.4.1: the reason phrase of a 400 "SHOULD identify the syntax problem in
 * more detail"; that of other statuses is the usual one. */
void msg_fault_phrase(
    const struct msg *m, enum msg_fault fault, struct str at, struct buf *out);
/* The phrase for field ID of M, which is missing or else malformed. */
void msg_field_phrase(const struct msg *m, enum msg_header id, struct buf *out);

/* The first mandatory field, of every message (8.1.1) or every request of its
 * method, that M lacks; MSG_H_OTHER: M has them all. */
enum msg_header msg_missing_header(const struct msg *m);

/*
 * What RFC 3261 8.1.1 and 20 ask beyond the frame: Via, From, To, Call-ID and
 * CSeq are there, fields that may stand once do, CSeq, Via, From, To, Call-ID,
 * Max-Forwards, Content-Length, Expires, Min-Expires, Contact, Route and
 * Record-Route have values of their form, a sip: or sips: Request-URI can be
 * read.  Max-Forwards and the tags may be missing, as in RFC 2543.
 */
enum msg_fault msg_check(const struct msg *m, struct str *at);
/* The same without those of the first 32 fields whose bit in SOUND says that
 * msg_field_is_valid holds for them. */
enum msg_fault
msg_check_rest(const struct msg *m, uint32_t sound, struct str *at);

/*
 * The verdict over bytes that were received, wherever: msg_read, msg_check and
 * the lists' length.
 */
enum msg_fault msg_judge(struct msg *m, struct str bytes, struct str *at);
/* The last part of it: MSG_FAULT_TOO_LARGE for a list that is too long. */
enum msg_fault msg_judge_lists(const struct msg *m, struct str *at);

/*
 * Further requirements of a request's method, for its server: mandatory fields
 * are there (Refer-To in REFER, Event in SUBSCRIBE).  A proxy leaves that to
 * the other end (16.3).  *WHICH: the field.
 */
enum msg_fault
msg_check_method(const struct msg *m, struct str *at, enum msg_header *which);
/* The same without the rows that are judged `later` (msg/message_methods.c),
 * after the question whether the request is wanted at all. */
enum msg_fault msg_check_method_first(
    const struct msg *m, struct str *at, enum msg_header *which);

/* The part of msg_check that looks at one field: its value is of its form. */
bool msg_field_is_valid(const struct msg *m, const struct msg_field *f);

/* From the start line to the empty line. */
struct str msg_head(const struct msg *m);
/* The N-th field (from 0) with that id, or NULL. */
const struct msg_field *
msg_field(const struct msg *m, enum msg_header id, size_t n);
/*
 * The next field out of the bytes that M reads, those too that are past the
 * caps and have no entry.  Start with *AT 0; false at the end of the head.
 */
bool msg_next_field(const struct msg *m, size_t *at, struct msg_field *f);
/* The value of the first one, trimmed; STR_NULL where there is none. */
struct str msg_value(const struct msg *m, enum msg_header id);
/* By name, compact forms too, for fields without an id. */
const struct msg_field *
msg_field_named(const struct msg *m, const char *name, size_t n);

/*
 * The top Via and the tag of From or To (ID), as msg_via_read and msg_tag read
 * them: from M's cached parts, or else from its fields.
 */
int msg_top_via(const struct msg *m, struct msg_via *via);
struct str msg_tag_of(const struct msg *m, enum msg_header id);
/* Reads them into m->known, for a message that is kept; msg_know_via reads the
 * Via alone, after it was changed, msg_know_party a From or To. */
void msg_know(struct msg *m);
void msg_know_via(struct msg *m);
void msg_know_party(struct msg_party *p, struct str value);
/* The cached parts of From or To, the one whose value is VALUE; or NULL. */
const struct msg_party *msg_known_party(const struct msg *m, struct str value);

/*
 * Walks the comma-separated values of all fields with ID, in order ("Route: a,
 * b" and two Route fields are alike, 7.3.1).  Start with zeroed ITER; false at
 * the end.  Commas in quotes and in <> do not separate.
 */
struct msg_values {
	size_t field; /* index into m->fields, of the value just given */
	size_t at;
	bool started;
};
bool msg_next_value(const struct msg *m, enum msg_header id,
    struct msg_values *iter, struct str *value);
size_t msg_count_values(const struct msg *m, enum msg_header id);
/* TAG is one of the values of the fields with ID, whatever the case of its
 * letters. */
bool msg_lists(const struct msg *m, enum msg_header id, const char *tag);
/* Cuts the first comma-separated value off *REST, one field's value. */
struct str msg_cut_value(struct str *rest);

#endif
