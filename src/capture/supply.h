/*
 * Where messages come from that become a trace: a capture, or a test's array.
 */
#ifndef CAPTURE_SUPPLY_H
#define CAPTURE_SUPPLY_H

#include "capture/capture.h"

/* As the functions of capture/capture.h; ARG is handed back to each. */
struct capture_supply {
	void *arg;
	size_t (*count)(void *arg);
	void (*get)(void *arg, size_t i, struct capture_message *m,
	    struct buf *scratch);
	size_t (*streams)(void *arg); /* NULL: none */
	const struct capture_stream *(*stream)(void *arg, size_t i);
	/* Where message I was seen, without reading it; NULL: get tells. */
	uint32_t (*place)(void *arg, size_t i);
	size_t (*remarks)(void *arg); /* NULL: none */
	const struct capture_remark *(*remark)(void *arg, size_t i);
};

/* Borrows C. */
struct capture_supply capture_supply_of(struct capture *c);

#endif
