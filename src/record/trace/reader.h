/*
 * Reading a trace: the file is read whole, or its lines come one by one from a
 * run; every line is checked once and indexed; a record's fields are read on
 * demand.  Traces are outside bytes: nothing in one is believed. docs/TRACE.md
 * is the format.
 */
#ifndef TRACE_READER_H
#define TRACE_READER_H

#include "base/diag.h"
#include "rules/rule_id.h"
#include "text/json.h"
#include "trace/protocol.h"
#include "trace/vocab.h"

struct trace;
struct trace_writer;

/* All slices below stay valid as long as the trace. */
struct trace_face {
	struct str name, addr;
};

struct trace_node {
	struct str name, role, domain, aor, label;
	struct str addr; /* one, or several with spaces between */
	const struct trace_face *faces; /* where its addresses have names */
	size_t nfaces;
	/* The label and the name of its cluster; both are empty where the
	 * domain says as much. */
	struct str group, cluster;
	/* The name of the frame that it is drawn in, which is its group, else
	 * its domain; empty where it is in none. */
	struct str frame;
	/* Index of the first node of that frame; its own where there is none.
	 */
	size_t frame_first;
};

/* N has the address HOST, without a port. */
bool trace_node_has_addr(const struct trace_node *n, struct str host);

struct trace_link {
	struct str a, b;
	struct str a_face, b_face; /* of which faces of theirs; or empty */
	int64_t delay;             /* ns; 0 where the head does not say */
	struct str loss; /* "20%"; empty where the head does not say */
};

struct trace_head {
	int64_t version, seed;
	struct str title, rung, osip;
	const struct trace_node *nodes;
	size_t nnodes;
	const struct trace_link *links;
	size_t nlinks;
	struct json_value inputs; /* JSON_NONE where the trace has none */
	/* When time 0 is, in ns since 1970 (UTC); -1 where the trace, that of a
	 * run without a date, does not say it. */
	int64_t start_ns;
};

/* PATH "-" is standard input; a file compressed by gzip, known by its first
 * bytes, is decompressed.  A trace of a newer version, without its first line,
 * with gaps in seq or a cause that lies ahead is rejected with file and line:
 * ERR_SYNTAX, ERR_UNSUPPORTED, ERR_IO, ERR_NOMEM or ERR_LIMIT.  A last line
 * that was cut off is left out and the trace is not complete; so is a
 * compressed one that ends too early. */
int trace_load(struct trace **t, const char *path, struct diag *d);
/* A text that begins with HEAD may be a trace: its first line is an object, and
 * has "kind":"trace" as far as HEAD goes, or is a record. */
bool trace_is_head(struct str head);
/* HEAD begins with '{', compressed or not. */
bool trace_is_begin(struct str head);
/* PATH begins with '{', compressed or not, as a trace does, and neither a
 * folder nor a lab nor a topology; "-" is taken for one. */
bool trace_is_file(const char *path);
/* The same of the buffer's contents (BUF is empty afterwards, also on failure);
 * NAME is for sentences. */
int trace_load_buf(
    struct trace **t, struct buf *buf, const char *name, struct diag *d);
/* The same of contents that are not compressed: no file is made for them. */
int trace_read_buf(
    struct trace **t, struct buf *buf, const char *name, struct diag *d);
void trace_destroy(struct trace *t);
/* A trace of a block, destroyed where the block is left:
 *	LOCAL_TRACE struct trace *t = NULL;
 */
#define LOCAL_TRACE LOCAL(trace_destroy_at)
/* After it. */
static inline void
trace_destroy_at(struct trace **t)
{
	trace_destroy(*t);
}

/* *CUT becomes a trace of what T has before record BEFORE, 1 or more, as if
 * nothing else had happened.  0 or D's error. */
int trace_cut(
    struct trace **cut, const struct trace *t, uint64_t before, struct diag *d);
/* The same of CUT, which was T's for an earlier record. */
int trace_cut_later(
    struct trace *cut, const struct trace *t, uint64_t before, struct diag *d);
/*
 * A trace that grows: empty at first, then fed line by line, as a trace_sink_fn
 * gets them; the first is the header.  Slices that were given out stay valid;
 * trace_count and trace_name_count grow, and trace_complete turns true with the
 * `end` record. NAME is for sentences.  0 or ERR_NOMEM.
 */
int trace_begin(struct trace **t, const char *name);
/* LINE has its newline at the end.  For a trace of trace_begin, or one of
 * trace_read_buf that ends with a newline.  Errors as in trace_load; then the
 * trace is as it was. */
int trace_feed(struct trace *t, const char *line, size_t n, struct diag *d);
/* The same of the line that W, a writer of this process, gives to its sink just
 * now: where its members stand is believed. */
int trace_feed_written(struct trace *t, const struct trace_writer *w,
    const char *line, size_t n, struct diag *d);

const struct trace_head *trace_head(const struct trace *t);
/* Number of records; they are numbered 1 … trace_count. */
uint64_t trace_count(const struct trace *t);
/* It was made of a capture, not of a run. */
bool trace_is_of_capture(const struct trace *t);
/* Its end was left out by trace_cut. */
bool trace_is_cut(const struct trace *t);
/* The `end` record is there; it is the last. */
bool trace_complete(const struct trace *t);
/* 64 bits of all its bytes, except for the version of libosip2 in its head,
 * which counts for nothing: to tell traces apart (not against forgery). */
uint64_t trace_hash(const struct trace *t);
/* The same, as if rung VERSION had written them: what a trace of that version
 * says of itself, where nothing but the version in the head has changed. */
uint64_t trace_hash_by(const struct trace *t, struct str version);
/* A and B have the same records; their heads may differ. */
bool trace_same_records(const struct trace *a, const struct trace *b);
const struct trace_node *
trace_find_node(const struct trace *t, struct str name);
/* "192.0.2.1" of "192.0.2.1:49170", "2001:db8::1" of "[2001:db8::1]:49170". */
struct str trace_host_of(struct str at);
/* The name of the node that has the host of AT, "ip:port", by the header, else
 * by an act that has set its address; STR_NULL: none has. */
struct str trace_node_at(const struct trace *t, struct str at);

struct trace_rec {
	uint64_t seq, cause; /* cause 0: none */
	int64_t t;
	enum trace_kind kind;
	struct str node;           /* empty for the network's own */
	struct json_value object;  /* the whole line */
	const struct trace *trace; /* that it is of */
};

/* SEQ from 1 to trace_count (all functions with a SEQ). */
void trace_get(const struct trace *t, uint64_t seq, struct trace_rec *rec);
/* The next record of KIND behind *SEQ, 0 at first, into REC; false where none
 * follows. */
bool trace_next(const struct trace *t, enum trace_kind kind, uint64_t *seq,
    struct trace_rec *rec);
/* The line of the record, a JSON object, as in `object`; of SEQ 0 the header.
 */
struct str trace_line(const struct trace *t, uint64_t seq);
/* Cheap parts, from the index. */
enum trace_kind trace_kind_of(const struct trace *t, uint64_t seq);
int64_t trace_time_of(const struct trace *t, uint64_t seq);
uint64_t trace_cause_of(const struct trace *t, uint64_t seq);
/* It has a `retx`: a send that repeats an earlier one. */
bool trace_is_retx(const struct trace *t, uint64_t seq);
/* A number for the record's node: below nnodes its place in the head, above
 * that a name the head does not know; TRACE_NO_NODE for the network's own. */
uint32_t trace_node_of(const struct trace *t, uint64_t seq);
#define TRACE_NO_NODE UINT32_MAX
/* How many such numbers there are, and the name of one. */
size_t trace_name_count(const struct trace *t);
struct str trace_name(const struct trace *t, uint32_t number);
/* The number of NAME, or TRACE_NO_NODE. */
uint32_t trace_find_name(const struct trace *t, struct str name);
/* The numbers of the two nodes of the head that a record's LINK, "a--b" or
 * "a>b", is between; false where it is none such. */
bool trace_find_ends(
    const struct trace *t, struct str link, uint32_t *a, uint32_t *b);
/* The first record of KIND so far; 0: there is none. */
uint64_t trace_first_of(const struct trace *t, enum trace_kind kind);
/* The last record at or before time T_NS, or 0. */
uint64_t trace_at_time(const struct trace *t, int64_t t_ns);

/* The `send` of the message that REC is about: itself, or what arrives or is
 * lost with it; 0: it is about none. */
uint64_t trace_send_of(const struct trace *t, const struct trace_rec *rec);

/* The first member KEY of the record; type JSON_NONE where it is missing, and
 * of an empty KEY. */
struct json_value trace_member(const struct trace_rec *rec, const char *key);
/* The first members with each of N keys, which differ, at once; type JSON_NONE
 * for those it does not have.  The same by the record's number. */
void trace_members(const struct trace_rec *rec, const struct str *keys,
    size_t n, struct json_value *values);
void trace_members_of(const struct trace *t, uint64_t seq,
    const struct str *keys, size_t n, struct json_value *values);
/* The members "why" and "rule" of REC, empty where it lacks them, and the rule
 * that they name, NULL where it is unknown. */
struct str trace_why(const struct trace_rec *rec);
struct str trace_rule(const struct trace_rec *rec);
const struct rule *trace_rule_row(const struct trace_rec *rec);
/* Its rule is one of the N. */
bool trace_has_rule(
    const struct trace_rec *rec, const enum rule_id *rules, size_t n);
/* A field as a slice where it is a string without escapes or is decoded into
 * SCRATCH (which is cleared first); empty where it is missing. */
struct str
trace_str(const struct trace_rec *rec, const char *key, struct buf *scratch);
/* A whole number, or FALLBACK. */
int64_t
trace_int(const struct trace_rec *rec, const char *key, int64_t fallback);
/* The exact bytes of a send, from text or base64, into SCRATCH where they
 * must be decoded; empty where there are none. */
struct str trace_bytes(const struct trace_rec *rec, struct buf *scratch);

/* What a send says of its message; slices into the trace or SCRATCH, empty
 * where a field is missing. */
struct trace_send {
	struct str src, dst, src_addr, dst_addr, transport, proto;
	struct str method; /* of a request, as in the start line */
	unsigned status;   /* of a response, else 0 */
	struct str cseq_method, call_id, branch;
	uint64_t fwd, retx; /* 0: none */
};

/* X(ID, the record's member, of struct trace_send) */
#define TRACE_SEND_PARTS(X)       \
	X(SRC, "src")             \
	X(DST, "dst")             \
	X(SRC_ADDR, "src_addr")   \
	X(DST_ADDR, "dst_addr")   \
	X(TRANSPORT, "transport") \
	X(PROTO, "proto")         \
	X(START, "start")         \
	X(CSEQ, "cseq")           \
	X(CALL_ID, "call_id")     \
	X(BRANCH, "branch")       \
	X(FWD, "fwd")             \
	X(RETX, "retx")

enum {
#define X(id, name) TRACE_SEND_AT_##id,
	TRACE_SEND_PARTS(X)
#undef X
	    TRACE_SEND_PART_COUNT
};

/* A bit for each. */
enum {
#define X(id, name) TRACE_SEND_##id = 1 << TRACE_SEND_AT_##id,
	TRACE_SEND_PARTS(X)
#undef X
	    TRACE_SEND_ALL = (1 << TRACE_SEND_PART_COUNT) - 1
};

/* 0, ERR_SYNTAX where REC is not a send, or ERR_NOMEM.  SCRATCH is cleared
 * first and grows at most once. */
int trace_get_send(
    const struct trace_rec *rec, struct trace_send *send, struct buf *scratch);
/* The same of some PARTS, TRACE_SEND_ bits; the others stay empty.  The line is
 * read no further than the last of them. */
int trace_get_send_parts(const struct trace_rec *rec, unsigned parts,
    struct trace_send *send, struct buf *scratch);

#endif
