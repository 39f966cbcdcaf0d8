/*
 * Messages by hand, in any order, as a trace.  A line for each that is sent,
 * and one for each that comes:
 *
 *	TIME a>b INVITE b1 1 ta/- sdp     a sends b a request: its branch, CSeq,
 *	                                  tags of From and To
 *	TIME b>a 200/INVITE b1 1 ta/tb    a response
 *	TIME @3                           the message of line 3 comes
 *	TIME a>b! …                       it comes at once
 *
 * Behind that: sdp (it has a description), retx (its sender says that it is a
 * repetition), fwd=3 (it forwards what line 3 brings, and has a Via more, or
 * what is left), route (a Route), c=X (its Call-ID, "c1"), vias=N, no=Via
 *(without that field), long=Call-ID (a value of 60,000 bytes).  Nodes are a, b,
 *c, p, q. Times are in ms, and go where they like.
 */
#ifndef FOLLOWER_MADE_H
#define FOLLOWER_MADE_H

#include "follower/follower.h"

/* The trace, of a run (WHOLE) or of a capture; STILL: all at time 0. */
struct trace *follower_made(const char *lines, bool whole, bool still);

/* A message's text: START is "INVITE" or "200/INVITE". */
struct made_words {
	char src, dst;
	char start[32], branch[32], from[16], to[16], call[16], no[16],
	    lengthy[16];
	unsigned cseq, vias, fwd;
	bool sdp, route, retx;
};
void follower_made_text(const struct made_words *w, struct buf *out);

/* A message of W, or of the bytes TEXT, as record SEQ at time T: it is sent;
 * follower_made_arrives: the same, with record SEQ, comes to its node.  M and S
 * are whose they stay. */
void follower_made_send(struct follower *f, uint64_t seq, int64_t t,
    const struct made_words *w, struct str text, struct msg *m,
    struct followed_message *s);
void follower_made_arrives(
    struct follower *f, uint64_t seq, int64_t t, struct followed_message *s);

#endif
