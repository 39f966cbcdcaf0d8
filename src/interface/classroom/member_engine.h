/*
 * A member's own engine: a process that answers requests of the service a line
 * each.  One member's work costs the others neither memory nor time, and can't
 * be seen by them.
 */
#ifndef CLASSROOM_DESK_H
#define CLASSROOM_DESK_H

#include "base/buf.h"
#include "base/diag.h"
#include "jobs/child.h"

/* Bytes of addresses that an engine may have. */
#define DESK_MEMORY ((uint64_t)1 << 30)
/* An answer that takes longer never comes. */
#define DESK_PATIENCE_MS 20000
/* Behind the server, the teacher's engine and other programs of the machine. */
#define DESK_NICE 10

struct desk {
	struct child child;
	int fd;
	struct buf out, in; /* bytes to write, bytes read */
	size_t written;
	bool busy; /* an answer is to come */
	int nice;
	uint64_t weight; /* when it was weighed last; 0: it has changed */
	int64_t since_ms;
};

#define DESK_INIT ((struct desk){ .fd = -1 })

/* Asks for LINE, without its end, of an idle desk; begins its process where
 * there is none.  0 or D's error. */
int
desk_ask(struct desk *desk, struct str line, int64_t now_ms, struct diag *d);
/* What poll is to look for. */
short desk_events(const struct desk *desk);
/* Writes and reads as far as that goes.  *WHOLE: desk->in is an answer, with
 * its end, to be taken before anything else is asked.  0, or ERR_IO: the engine
 * has ended, or took too long. */
int desk_go_on(struct desk *desk, int64_t now_ms, bool *whole);
/* Bytes that it has of the machine's memory, no less; EXACT: no more, either.
 */
uint64_t desk_weigh(struct desk *desk, bool exact);
/* Half of what the machine has. */
uint64_t desk_half_of_memory(void);
/* The process ends; desk_ask begins another. */
void desk_end(struct desk *desk);

#endif
