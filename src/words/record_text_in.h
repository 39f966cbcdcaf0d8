/* What the files that put records into words share. */
#ifndef WORDS_RECORD_TEXT_IN_H
#define WORDS_RECORD_TEXT_IN_H

#include "words/record_text.h"

#define WORDS 16

/* A record being told, and the words for its sentence. */
struct telling {
	const struct trace *trace;
	const struct trace_rec *rec;
	struct buf *out;
	struct buf words[WORDS]; /* each safe text; handed out as C strings */
	unsigned nwords;
	struct buf scratch;
};

/* Each gives a C string that lasts as long as the telling. */
const char *tell_field(struct telling *w, const char *key); /* "?": missing */
const char *tell_node(struct telling *w);
const char *tell_time(struct telling *w, int64_t t_ns); /* "0.505 s" */
const char *tell_length(struct telling *w, int64_t ns); /* "500 ms" */
/* "INVITE" or "180 Ringing" of a send record. */
const char *tell_message(struct telling *w, const struct trace_rec *send);
const char *tell_list(struct telling *w, const char *key);
/* "bil (198.51.100.2:5060)" of an address that the header gives a node. */
const char *tell_host(struct telling *w, const char *key);
/* "bil" alone, or the address where it is nobody's. */
const char *tell_host_name(struct telling *w, const char *key);
const char *tell_text(struct telling *w, struct str text);

/* The two ends of the message that a record is about, and the message. */
struct passage {
	const char *src, *dst, *what;
	struct trace_send send;
	struct trace_rec rec;
	bool known;
};
/* REC is a send, recv or drop. */
struct passage tell_passage(struct telling *w, const struct trace_rec *rec);

bool tell_has(struct telling *w, const char *key);
bool tell_is(struct telling *w, const char *key, const char *value);

/* record_kinds.c: one row for each kind. */
typedef void tell_fn(struct telling *w);
struct record_teller {
	tell_fn *summary, *sentence;
};
extern const struct record_teller record_tellers[TRACE_KIND_COUNT];

#endif
