/*
 * Shows what a B2BUA (RFC 7092) has done to a message.  struct b2bua_passage
 * has the message of the other leg from which a sent message was made.  struct
 * b2bua_changes has what was copied, changed, dropped, or is the B2BUA's own.
 * The chain of causes shows the first, at a queue also the machine of the
 * waiting call (b2bua_changes.c); the two messages and the rows of
 * machine/passing.h show the second.  In a capture the causes are inferred, and
 * so is the passage.
 */
#ifndef FOLLOWER_B2BUA_CHANGES_H
#define FOLLOWER_B2BUA_CHANGES_H

#include "machine/passing.h"
#include "msg/sdp.h"
#include "follower/sent_message.h"

/* X(ID, word): what became of a part of the message. */
#define B2BUA_CHANGE_FATES(X)     \
	X(KEPT, N_("same"))       \
	X(CHANGED, N_("changed")) \
	X(OWN, N_("its own"))     \
	X(DROPPED, N_("dropped")) \
	X(NEW, N_("new"))

enum b2bua_change_fate {
#define X(id, word) B2BUA_CHANGE_##id,
	B2BUA_CHANGE_FATES(X)
#undef X
	    B2BUA_CHANGE_FATE_COUNT
};
extern const char *const b2bua_change_fate_words[B2BUA_CHANGE_FATE_COUNT];

/* The passage of a message through a B2BUA: the two messages. */
struct b2bua_passage {
	uint64_t recv,
	    from;      /* the message received: its arrival and its `send` */
	uint64_t to;   /* the `send` of what was made of it */
	bool same;     /* both are requests of one method, or responses to such
			  requests: one is a copy of the other */
	bool inferred; /* the trace is that of a capture … */
	bool proved;   /* … and both have something that passes through boxes;
			  or the trace is that of a run */
};

/* T has such a node. */
bool b2bua_passage_has_box(const struct trace *t);

/*
 * The passage of the message that record SEQ is about, if a box has made it of
 * one that came in another call.  0, ERR_NOTFOUND or ERR_NOMEM.
 */
int b2bua_passage_find(
    struct b2bua_passage *p, const struct trace *t, uint64_t seq);
/* The same of what a box has made of that message, up to record LAST. */
int b2bua_passage_find_next(struct b2bua_passage *p, const struct trace *t,
    uint64_t seq, uint64_t last);

/* A message received, or sent. */
struct b2bua_passage_end {
	struct trace_rec rec; /* that the bytes are of */
	struct buf memory;
	struct msg msg;
	struct msg_sdp sdp;
	bool described; /* sdp is that of the body */
};

/* A header field, a line of the session description, or what the start line
 * says; slices of the two messages. */
struct b2bua_change {
	enum b2bua_change_fate fate;
	struct str name;          /* "Max-Forwards", "o=", "a=ptime"; */
	const char *part;         /* else, to be translated */
	struct str before, after; /* empty: not there */
	bool there[2];            /* whether it is in either */
	bool sdp;                 /* of the session description */
	unsigned media;           /* of its stream, from 1; 0: of the session */
	bool odd;                 /* that is not what its row says */
	enum rule_id rule;
	const char *text; /* what its row says, to be translated; or NULL */
};

/* Large; made by b2bua_changes_compare. */
struct b2bua_changes {
	struct b2bua_passage_end
	    end[2]; /* the message received, the one made of it */
	struct b2bua_change *rows;
	size_t n, cap;
	enum pass_box box; /* what these two show, at the least */
	bool judged;       /* they show something */
	bool other_body;   /* they have bodies that differ, not both of SDP */
	const struct pass_method *method; /* of the message received; or NULL */
};

/* *S becomes the comparison of P's two messages.  0 or ERR_NOMEM; frees what it
 * has made then.  Else the caller calls b2bua_changes_free. */
int b2bua_changes_compare(struct b2bua_changes **s, const struct trace *t,
    const struct b2bua_passage *p);
void b2bua_changes_free(struct b2bua_changes *s); /* may be NULL */

#endif
