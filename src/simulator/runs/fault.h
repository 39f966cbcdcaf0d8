/*
 * Faults: treatments of messages on their way, chosen by method or status,
 * sender, receiver and count. docs/SCENARIO.md has the fields.
 */
#ifndef RUNS_FAULT_H
#define RUNS_FAULT_H

#include "node/world.h"

struct faults;

/* Writes into OUT the replacement of BYTES; REF is the fault's `rewrite`.  0,
 * or an error that stops the run. */
typedef int
fault_rewrite_fn(struct str bytes, int ref, struct buf *out, void *arg);

struct fault_spec {
	/* Which messages; empty: any. */
	char method[32]; /* matches requests only */
	char cseq[32];   /* CSeq's method, of requests and responses; without
			    CSeq (location protocol) the message's own */
	unsigned status; /* 200; 0: any */
	unsigned class;  /* 2 for "2xx"; 0: any */
	char src[64], dst[64];
	uint64_t seq; /* only the send with this number: a person's act on
			 that message; 0: any */
	/* Which of those. */
	uint64_t nth, every;
	double probability; /* negative: not given */
	bool first;         /* leaves retransmissions out */
	/* The treatment. */
	bool drop;
	int64_t delay_ns;
	unsigned duplicate;
	unsigned corrupt; /* bytes to change */
	unsigned respond; /* a status */
	bool cut;         /* breaks a TCP connection off … */
	uint32_t cut_at;  /* … after so many bytes of the message */
	int rewrite;      /* reference for the rewriter; 0: none */
	struct str edit;  /* these bytes instead, borrowed; p NULL: none */
	char where[128];  /* "lab.lua:6": what added it; "" for a person */
};

int faults_create(struct faults **f, struct world *w);
void faults_destroy(struct faults *f);
/* Copies SPEC. 0, ERR_NOMEM. */
int faults_add(struct faults *f, const struct fault_spec *spec);

/* The I-th fault of the script (from 0), and how many messages it was for until
 * now; false behind the last.  *STRUCK: it has done something to one. */
bool faults_tell(const struct faults *f, size_t i,
    const struct fault_spec **spec, uint64_t *matched, bool *struck);

/* Whether a fault whose `seq` is SEQ has been applied to that message. */
bool faults_struck(const struct faults *f, uint64_t seq);

#endif
