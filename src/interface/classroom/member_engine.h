/*
 * The engine of a member of a class: a process that answers requests of the
 * service, one line each.  One member's work costs the others neither memory
 * nor time, and they can't see it.
 */
#ifndef CLASSROOM_MEMBER_ENGINE_H
#define CLASSROOM_MEMBER_ENGINE_H

#include "base/buf.h"
#include "base/diag.h"
#include "jobs/child.h"

/* Bytes of addresses that an engine may have. */
#define MEMBER_ENGINE_MEMORY ((uint64_t)1 << 30)
/* An answer that takes longer never comes. */
#define MEMBER_ENGINE_PATIENCE_MS 20000
/* Behind the server, the teacher's engine and other programs of the machine. */
#define MEMBER_ENGINE_NICE 10

struct member_engine {
	struct child child;
	int fd;
	struct buf out, in; /* bytes to write, bytes read */
	size_t written;
	bool busy; /* an answer is to come */
	int nice;
	uint64_t weight; /* when it was weighed last; 0: it has changed */
	int64_t since_ms;
};

#define MEMBER_ENGINE_INIT ((struct member_engine){ .fd = -1 })

/* Sends LINE, a request without its line end, to ENGINE, which must not be
 * busy; begins its process if there is none.  0 or D's error. */
int member_engine_ask(struct member_engine *engine, struct str line,
    int64_t now_ms, struct diag *d);
/* The events that poll has to wait for. */
short member_engine_events(const struct member_engine *engine);
/* Writes and reads as much as it can without waiting.  *WHOLE: engine->in is
 * an answer with its line end, to be taken before the next request.  0, or
 * ERR_IO: the engine has ended, or took too long. */
int
member_engine_go_on(struct member_engine *engine, int64_t now_ms, bool *whole);
/* Bytes that ENGINE has of the machine's memory, no less; EXACT: no more,
 * either. */
uint64_t member_engine_weigh(struct member_engine *engine, bool exact);
/* Half of what the machine has. */
uint64_t member_engine_half_of_memory(void);
/* The process ends; member_engine_ask begins another. */
void member_engine_end(struct member_engine *engine);

#endif
