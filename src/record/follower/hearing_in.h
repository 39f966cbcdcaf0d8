/* Hearing: declarations shared by the files of follower/hearing.h. */
#ifndef FOLLOWER_HEARING_IN_H
#define FOLLOWER_HEARING_IN_H

#include "follower/hearing.h"

struct reading {
	struct hearings *h;
	const struct trace *t;
	const struct state_at *f;
	size_t most;
	int err;
};

/* The offer and the answer that led to record OF, into ROW. */
void hearing_read_exchange(struct reading *r, uint64_t of, struct hearing *row);

/* The last OP of SSRC at NODE up to record SEQ; 0: none. */
uint64_t hearing_find_op(const struct trace *t, uint64_t seq, const char *op,
    struct str node, int64_t ssrc);
/* The media of S where they are sent, before boxes forward them; NULL: the
 * stream has ended, or no record tells of it. */
const struct state_at_media *
hearing_find_stream(const struct reading *r, const struct state_at_source *s);
/* By which record the box that has passed M on to S's node has stopped; 0: none
 * has. */
uint64_t hearing_find_cut(const struct reading *r,
    const struct state_at_source *s, const struct state_at_media *m);
/* The last that passes M on towards LISTENER; M where no box does. */
const struct state_at_media *hearing_find_last(const struct reading *r,
    const struct state_at_media *m, struct str listener);
/* The most probable other side of L, whose ROW has its exchange; NULL: none. */
const struct state_at_media *hearing_find_side(struct reading *r,
    const struct state_at_media *l, const struct hearing *row);
/* M is of the call from which ROW's listener has its description.  Not known is
 * taken for that. */
bool hearing_is_of_call(struct reading *r, const struct state_at_media *m,
    const struct hearing *row);
/* The address to which M sends: a new agreement moves a stream that flows. */
struct str hearing_goes(const struct state_at_media *m);
/* The act by which node NAME has left the address of GOES; 0: it has not. */
uint64_t
hearing_find_move(const struct reading *r, struct str name, struct str goes);
/* The record by which a link or a node went down without which nothing that
 * node FROM sends gets to node TO; 0: there is none. */
uint64_t hearing_find_break(struct reading *r, struct str from, struct str to);
/* Of what M sends the first packet is on its way to LISTENER. */
bool hearing_is_coming(const struct reading *r, const struct state_at_media *m,
    struct str listener);
/* GOES is a private address to which nothing that node NAME sends finds its
 * way. */
bool
hearing_is_out_of_reach(struct reading *r, struct str name, struct str goes);

/* The node's state, as far as it matters: it has agreed on media in call C;
 * it is down. */
bool hearing_has_media(const struct reading *r, const struct state_at_call *c);
/* It is a program, of whose calls no record tells. */
bool hearing_is_program(const struct reading *r, struct str node);
bool hearing_is_down(const struct reading *r, struct str node);
/* DIRECTION has ONE ("sendonly") in it. */
bool hearing_has_way(struct str direction, const char *one);

/* hearing_why.c: ROW's state, and record BY that decides it. */
void hearing_decide(struct hearing *row, enum hearing_state state, uint64_t by);
/* Either LISTENER does not want to hear, or SPEAKER is not to send, and an
 * answer has to follow its offer (RFC 3264 6.1). */
void
hearing_decide_held(struct hearing *row, const struct exchange_side *listener,
    const struct exchange_side *speaker, uint64_t by);
/* Where by the two descriptions of ROW's exchange nothing is to be heard: that,
 * and true. */
bool hearing_decide_if_held(struct hearing *row);
/* L, which wants to, hears nothing of M; NULL: of an unknown speaker. */
void hearing_decide_silent(struct reading *r, struct hearing *row,
    const struct state_at_media *l, const struct state_at_media *m);
/* M flows to ROW's listener, and nothing of it is heard. */
void hearing_decide_lost(
    struct reading *r, struct hearing *row, const struct state_at_media *m);
/* S is a source that M, if it is known, still sends. */
void hearing_decide_heard(struct reading *r, struct hearing *row,
    const struct state_at_source *s, const struct state_at_media *m);

#endif
