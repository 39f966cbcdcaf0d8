/*
 * Ladders of the RFCs' example flows as text: repetitions and challenges
 * included, media left out.  "after" names the message that one follows from,
 * by its place in the flow; what somebody does of his own accord (a call, a
 * BYE, a CANCEL) has none.
 */
#ifndef RFC_FLOWS_H
#define RFC_FLOWS_H

struct flow {
	const char *name; /* of its lab, and of the reference */
	const char *lines;
};

#endif
