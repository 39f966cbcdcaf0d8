/*
 * The calls of a capture without its trace: for captures of which the trace
 * would be too large.
 */
#ifndef INFERENCE_CALLS_H
#define INFERENCE_CALLS_H

#include "inference/correlation.h"
#include "packets/address_names.h"
#include "packets/reader.h"

#define CAPTURE_CALL_NODES 8

struct capture_call {
	uint32_t number; /* of the Call-ID, in the correlation */
	struct str call_id;
	struct str method;   /* of its first message */
	struct str from, to; /* URIs of the first message; may be empty */
	struct str of_call;  /* this is another leg of that call; or empty */
	int64_t t, t_last;   /* ns from the first message of the capture */
	uint64_t messages, retx; /* retx: repetitions, counted in both */
	unsigned status;   /* of the last response to a `method`; 0: none */
	struct str reason; /* the reason phrase of `heard`, else of `status` */

	/* As seen by the node that began the call. */
	unsigned heard; /* response to the latest `method`: the final one, else
			 * the last provisional above 100; 0: none */
	int64_t asked;  /* the latest such request, without a response; -1 */
	int64_t told;   /* the first response above 100 to it; -1 */
	bool cancelled; /* CANCEL was sent before the final response */
	bool ended;     /* BYE in the dialog that was answered first */
	int64_t talk_from, talk_to; /* of INVITE: the first 2xx, BYE; -1 */

	/* Names, in order of appearance. */
	const char *nodes[CAPTURE_CALL_NODES];
	size_t nnodes;
	bool more; /* there are others */
};

/* Takes call C, whose slices last until it returns.  0 or an error code. */
typedef int capture_call_fn(const struct capture_call *c, void *arg);

/* Calls FN for each Call-ID, in the order of their first message.  0, or D's
 * error. */
int
capture_calls(const struct capture_reader *s, const struct address_names *names,
    capture_call_fn *fn, void *arg, struct diag *d);
/* The same for a capture that CO has correlated already. */
int capture_calls_correlated(
    struct correlation *co, capture_call_fn *fn, void *arg, struct diag *d);

#endif
