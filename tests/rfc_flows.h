/*
 * Ladders of the RFCs' example flows as text: repetitions and challenges
 * included, media left out.  "after" names the message that one follows from,
 * by its place in the flow; what somebody does of his own accord (a call, a
 * BYE, a CANCEL) has none.
 *
 * What a message has in it may follow, each fact behind a bar:
 *
 *	alice -> bob PRACK after 2 | RAck: 1 * INVITE | -sdp
 *
 *	sdp          a session description; -sdp: none
 *	-Event       no such field
 *	Event: reg   the first such field has this value; likewise `uri`, the
 *	             Request-URI, and `body`
 *
 * A flow may begin with a line "once": neither repetitions nor 100 Trying are
 * drawn; and then with "among alice bob": the lab has more nodes than the
 * figure, only what passes between these is compared.
 *
 * In a value * is anything, and $a is one word (of a parameter, without
 * separators) which is the same wherever the flow says $a.
 */
#ifndef RFC_FLOWS_H
#define RFC_FLOWS_H

struct flow {
	const char *name; /* of its lab, and of the reference */
	const char *lines;
};

#endif
