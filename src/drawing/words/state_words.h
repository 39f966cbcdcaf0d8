/* Words for what lives at a moment, for all that show it. */
#ifndef WORDS_STATE_WORDS_H
#define WORDS_STATE_WORDS_H

#include "base/buf.h"
#include "machine/machine.h"
#include "trace/state_at.h"
#include "trace/reader.h"

/* "since 0.505 s" */
void state_put_since(struct buf *b, int64_t since);
/* "3599.5 s left" at NOW, or "due at 3600 s" where that is past: behind the end
 * of a trace nothing fires.  Nothing where DUE is not known (-1). */
void state_put_left(struct buf *b, int64_t due, int64_t now);
/* "q 0.7 3599.5 s left": the text behind a binding's contact. */
void
state_put_binding(struct buf *b, const struct state_at_binding *e, int64_t now);

/* The name that is shown for a state of M (NULL: unknown).  States of
 * registrations and publications are in the user's language, names of RFCs
 * stay.  libosip2's are shown if they are chosen (machine_vocabulary_choose).
 */
struct str state_name(const struct machine *m, struct str state);
/* The same of the event of E, an edge of M. */
const char *event_name(const struct machine *m, const struct machine_edge *e);
/* … of an EVENT that a record names, in state FROM of M. */
const char *
event_name_at(const struct machine *m, struct str from, const char *event);

/* The machine that records call NAME: "INVITE client transaction", "machine of
 * its program"; one that is not known has its name. */
struct str machine_words(struct str name);

/* What has to be said beside a call's state, NULL where nothing: that the
 * callee has sent its 2xx and waits for the ACK (RFC 3261 13.3.1.4), or
 * that the call is being transferred (RFC 3515). */
const char *
state_call_waits(const struct state_at *f, const struct state_at_call *c);

/* The method of TR: that of the request that it sent, or that made it.  Empty
 * where that is not known; else a slice that stays or into SCRATCH. */
struct str state_method(const struct trace *t, const struct state_at *f,
    const struct state_at_transaction *tr, struct buf *scratch);

/* TIMER is one of TR's; or with TR NULL, that of the call ID itself, not of its
 * subscription. */
bool state_owns_timer(const struct state_at_transaction *tr, struct str id,
    const struct state_at_timer *timer);

/* What TR's last record tells beside its state, one after the other from *AT, 0
 * at first, on: a label, and the VALUE, in SCRATCH or of T.  NULL at the end.
 */
const char *
state_next_told(const struct trace *t, const struct state_at_transaction *tr,
    size_t *at, struct str *value, struct buf *scratch);

/* How the stream M is (RFC 3264 5.1, 6.1): "sending", "receiving", "sending and
 * receiving"; "inactive", as agreed; "agreed on": nothing flows yet, or no
 * more. */
const char *
state_stream_word(const struct state_at *f, const struct state_at_media *m);
/* Its codec and where it goes, or is to go. */
void state_put_stream(struct buf *b, const struct state_at_media *m);
/* The newest record that tells how it is. */
uint64_t state_stream_record(const struct state_at_media *m);
/* The stream of the side that hears S; NULL: nothing is known of one. */
const struct state_at_media *
state_stream_of(const struct state_at *f, const struct state_at_source *s);

struct str state_without_scheme(struct str uri);

/* ---- what nodes are called ---- */

/* The line below the name of node NAME: its LABEL where that says more than the
 * name, else empty.  A label of one of rung's own networks is in the user's
 * language. */
struct str node_caption(struct str name, struct str label);

/* LABEL says what a node that plays ROLE is called anyway. */
bool node_label_is_role(struct str label, struct str role);

/*
 * What people call a timer: RFC 3261's letters, and words for the timers of
 * user agents, which the RFC gives no letters. Begins a sentence: "Timer A",
 * "The refresh timer".
 */
void timer_put_title(struct buf *b, struct str name);
/* Stands in a list: "Timer A", "refresh timer". */
void timer_put_short(struct buf *b, struct str name);
/* The text where it fired, LENGTH (ns; 0: not known) after it was set: "Timer A
 * 500 ms", "2xx again after 500 ms". */
void timer_put_row(struct buf *b, struct str name, int64_t length);

#endif
