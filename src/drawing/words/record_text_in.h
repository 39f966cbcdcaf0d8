/*
 * What the files that put records into words share.  What a kind of record says
 * is in rows: when a row counts, and its sentence, with named fields that a
 * translation may put in another order.
 */
#ifndef WORDS_RECORD_TEXT_IN_H
#define WORDS_RECORD_TEXT_IN_H

#include "trace/board.h"
#include "words/record_text.h"

#define WORDS 16

/* The two ends of the message that a record is about, and the message. */
struct passage {
	const char *src, *dst, *what;
	struct trace_send send;
	struct trace_rec rec;
	bool known;
};

/* A record being told, and the words for its sentence. */
struct telling {
	const struct trace *trace;
	const struct trace_rec *rec;
	const struct record_kind *kind;
	struct passage passage;
	struct buf *out;
	struct buf words[WORDS]; /* each safe text; handed out as C strings */
	unsigned nwords;
	struct buf scratch;
	struct trace_board board; /* of a board's record */
	struct buf memory;        /* what BOARD lies in */
};
typedef void tell_fn(struct telling *w);

/*
 * "op=set;length": the record's "op" is "set", and there is a "length".  More
 * conditions are set apart by semicolons, values by commas, where none at all
 * is one as well; "!length": there is none.
 *
 * In the text "{length}" is a field of the record or a term of its kind, "?"
 * where it has none.  A part in brackets is left out where one of its fields
 * has no value.
 */
struct tell_row {
	const char *when, *text;
};
/* The first of ROWS that counts, to OUT; the last row counts always. */
void tell_rows(struct telling *w, const struct tell_row *rows, struct buf *out);
const struct tell_row *
tell_row_of(struct telling *w, const struct tell_row *rows);
/* TEXT with its fields, not translated any more. */
void tell_say(struct telling *w, const char *text, struct buf *out);

/* The words for a {name} that is not a field of the record: FN gives them, or
 * BY_KEY from the field KEY; "" where there are none.  A table ends with a NULL
 * name. */
struct tell_term {
	const char *name;
	const char *(*fn)(struct telling *w);
	const char *(*by_key)(struct telling *w, const char *key);
	const char *key;
};
#define TERM(name)                      \
	{                               \
#name, name, NULL, NULL \
	}
#define KEYED(name, by_key, key)        \
	{                               \
		name, NULL, by_key, key \
	}

/* Tables written in place, within a struct record_kind. */
#define ROWS(...) ((const struct tell_row[]){ __VA_ARGS__ })
#define TERMS(...) \
	((const struct tell_term[]){ __VA_ARGS__, KEYED(NULL, NULL, NULL) })

struct record_kind {
	tell_fn *prepare; /* or NULL */
	const struct tell_row *summary, *sentence;
	const struct tell_row *more; /* behind the sentence, or NULL */
	const struct tell_row *step; /* NULL: the summary */
	const struct tell_term *terms;
	tell_fn *tell_summary; /* where there are no rows */
	bool close_up;         /* no space between two Chinese characters */
};
extern const struct record_kind record_send, record_recv, record_drop,
    record_packet, record_act, record_fault, record_timer, record_fsm,
    record_dialog, record_call, record_lookup, record_auth, record_board,
    record_nat, record_media;

/* Each gives a C string that lasts as long as the telling. */
const char *tell_field(struct telling *w, const char *key); /* "?": missing */
/* The field KEY, "" where there is none: as a name, translated where
 * record_kinds.c has it; as a time; as a length of time. */
const char *tell_name(struct telling *w, const char *key);
const char *tell_time_of(struct telling *w, const char *key);
const char *tell_length_of(struct telling *w, const char *key);
const char *tell_node(struct telling *w);
const char *tell_time(struct telling *w, int64_t t_ns); /* "0.505 s" */
const char *tell_length(struct telling *w, int64_t ns); /* "500 ms" */
/* "INVITE" or "180 Ringing" of a send record. */
const char *tell_message(struct telling *w, const struct trace_rec *send);
const char *tell_list(struct telling *w, const char *key);
/* "bil (198.51.100.2:5060)" of an address that the header gives a node; ""
 * where there is none. */
const char *tell_host(struct telling *w, const char *key);
/* "bil" alone, or the address where no node has it. */
const char *tell_host_name(struct telling *w, const char *key);
const char *tell_text(struct telling *w, struct str text);
/* B as a C string that lasts as long as the telling; B is freed. */
const char *tell_buf(struct telling *w, struct buf *b);
/* All fields but the common ones, as a list: for kinds whose fields differ from
 * one writer to the next. */
const char *tell_fields(struct telling *w);

/* REC is a send, recv or drop. */
struct passage tell_passage(struct telling *w, const struct trace_rec *rec);
/* Sets W's passage to that of its record: a `prepare`, for the terms. */
tell_fn tell_prepare_passage;

bool tell_has_member(struct telling *w, const char *key);
bool tell_member_is(struct telling *w, const char *key, const char *value);

/* record_kinds.c: one row for each kind. */
extern const struct record_kind *const record_kinds[TRACE_KIND_COUNT];

#endif
