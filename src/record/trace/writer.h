/*
 * Writing a trace: JSON Lines, one record a line, handed to a sink as they are
 * made, so that a run of any length needs no memory for its past. docs/TRACE.md
 * is the reference of the format.
 *
 * A record is opened, given its fields, and closed:
 *
 *	trace_open(w, TRACE_NOTE, now, "alice", cause, RULE_NONE);
 *	trace_put_str(w, "text", STR("hello"));
 *	seq = trace_close(w);
 *
 * A kind that the detail leaves out takes the same calls and writes nothing;
 * trace_close then returns the cause, which is so always the nearest written
 * ancestor.  The first failure (memory, sink) is kept: trace_writer_error.
 */
#ifndef TRACE_WRITER_H
#define TRACE_WRITER_H

#include "base/buf.h"
#include "rules/rule_id.h"
#include "trace/members.h"
#include "trace/protocol.h"
#include "trace/vocab.h"

struct trace_writer;

/* Takes one line with its newline; 0 or an error code. */
typedef int trace_sink_fn(const char *line, size_t n, void *arg);

/* SINK NULL: records are numbered and not written. */
int trace_writer_create(struct trace_writer **w, enum trace_detail detail,
    trace_sink_fn *sink, void *arg);
void trace_writer_destroy(struct trace_writer *w);

/* The trace is over: records opened from now on are left out.  Objects of the
 * run that are freed after that write nothing. */
void trace_writer_end(struct trace_writer *w);

/* From the next record on trace_written knows records. */
void trace_note_members(struct trace_writer *w);
/* For a sink: the record whose line it is given, while it has that; NULL for
 * the first line, and where none is known. */
const struct trace_written *trace_written(const struct trace_writer *w);

/* The first line, a JSON object without newline, before any record. */
void trace_write_header(struct trace_writer *w, struct str json);

void trace_open(struct trace_writer *w, enum trace_kind kind, int64_t t_ns,
    const char *node, uint64_t cause, enum rule_id why);
void trace_put_member(struct trace_writer *w, struct str key, struct str s);
void trace_put_text(struct trace_writer *w, struct str key, const char *s);
void trace_put_number(struct trace_writer *w, struct str key, int64_t v);
void trace_put_bool(struct trace_writer *w, const char *key, bool v);
/* JSON is a value already in JSON. */
void trace_put_json(struct trace_writer *w, const char *key, struct str json);
/* An array of ITEMS (json_add_item); nothing where there are none. */
void trace_put_list(
    struct trace_writer *w, const char *key, const struct buf *items);
/* "text" for UTF-8, "base64" for other bytes. */
void trace_put_bytes(struct trace_writer *w, struct str bytes);
uint64_t trace_close(struct trace_writer *w);

/* The record that is closed next goes out when another one is opened, or by
 * trace_release.  Until then trace_amend gives it another field; false: it has
 * gone out. */
void trace_hold(struct trace_writer *w);
bool trace_amend(struct trace_writer *w, const char *key, const char *s);
void trace_release(struct trace_writer *w);

/* The usual fields; these stand here so that the length of a literal is no
 * call. */
static inline void
trace_put_str(struct trace_writer *w, const char *key, struct str s)
{
	trace_put_member(w, str_of(key), s);
}

static inline void
trace_put_cstr(struct trace_writer *w, const char *key, const char *s)
{
	trace_put_text(w, str_of(key), s);
}

static inline void
trace_put_int(struct trace_writer *w, const char *key, int64_t v)
{
	trace_put_number(w, str_of(key), v);
}

/* Whether records of KIND are written at all. */
bool trace_wants(const struct trace_writer *w, enum trace_kind kind);
uint64_t trace_last(const struct trace_writer *w); /* seq, 0 before the first */
int trace_writer_error(const struct trace_writer *w);
/* Records made so far, also of kinds that the detail leaves out; and bytes
 * written. */
uint64_t trace_count_made(const struct trace_writer *w);
uint64_t trace_bytes_made(const struct trace_writer *w);

/* What a `send` record says of the message besides its addresses and bytes. */
struct trace_message {
	enum trace_proto proto;
	struct str method; /* of a request; empty otherwise */
	unsigned status;   /* of a response; 0 otherwise */
	struct str cseq;   /* "1 INVITE" */
	struct str call_id;
	struct str branch; /* of the topmost Via */
	uint64_t fwd;      /* the recv it forwards, or 0 */
	uint64_t retx;     /* the first send of the same bytes, or 0 */
};

/* The fields of M into the open record. */
void trace_put_message(struct trace_writer *w, const struct trace_message *m);

#endif
