/*
 * For msg/annotate.c: what a field's value or a description's line says, in
 * sentences.  Each explain_* looks at one line and appends to its note.
 */
#ifndef MSG_EXPLAIN_IN_H
#define MSG_EXPLAIN_IN_H

#include "base/i18n.h"
#include "msg/annotate.h"
#include "msg/sdp.h"
#include "surveillance/manscdp.h"
#include "surveillance/mansrtsp.h"

/* Values of one field that are explained one by one. */
#define EXPLAIN_VALUES 32

struct explain {
	const struct msg *m;
	const struct msg_field *f;
	size_t nth; /* how many fields of this id came before */
	struct msg_note *note;
};

/* Appends a sentence and its '\n'. FMT is in the user's language. */
void explain_say(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* "90 s", "30 min", "1 h", "2 h 5 min"; in a buffer of the caller's. */
#define EXPLAIN_TIME 48
const char *explain_time(char text[EXPLAIN_TIME], uint64_t seconds);

/* The user or thing that a URI names. */
void explain_uri(struct buf *says, struct str uri);

/* Explains a field with a row, by its id; an unknown one adds nothing. */
void explain_field(struct explain *e);
/* The fields' families, called by explain_field. */
void explain_via(struct explain *e);
void explain_party(struct explain *e);
void explain_contact(struct explain *e);
void explain_route(struct explain *e);

/* One line of a session description. */
void explain_sdp(const struct msg_sdp *s, const struct msg_sdp_line *line,
    struct msg_note *note);
/* The Subject of such a call; another adds nothing. */
void explain_subject(struct explain *e);
/* 2026-03-02T08:00:00.000, the form of a Date there (9.10). */
bool explain_is_local_time(struct str s);
/* An element of a body of GB/T 28181; a line of one that controls a playback.
 */
void
explain_manscdp(const struct manscdp *m, size_t element, struct msg_note *note);
void
explain_mansrtsp(const struct mansrtsp *r, size_t line, struct msg_note *note);
/* Of a whole body a sentence, or false. */
bool explain_manscdp_gist(struct str body, struct buf *out);
bool explain_mansrtsp_gist(struct str body, struct buf *out);
/* Which command it is, in a word. */
bool explain_manscdp_word(struct str body, struct buf *out);
bool explain_mansrtsp_word(struct str body, struct buf *out);

#endif
