/*
 * The messages that serve calls: queries to name servers and STUN servers with
 * their answers, and the ends of connections.
 */
#ifndef INSPECT_SERVICE_H
#define INSPECT_SERVICE_H

#include "inspect/inspect_in.h"

/* A question and what became of it.  Numbers of records; 0: none. */
struct question {
	struct question *next;
	enum trace_proto proto;
	uint32_t asker, server;
	uint64_t seq, answer, came;
	int64_t t, t_came;
	struct str name; /* "SRV _sip._udp.example.com"; of STUN the server's
			    address */
	uint64_t asked;  /* hash of that */
	bool may_fail;   /* it is asked to learn that */
	uint64_t struck; /* the fault that struck it, or its answer */
};

/* ASKED ("SRV _sip._udp.example.com"), of record SEQ, is a query for SIP, not
 * for another program; in a run each is.  TARGET was answered. */
bool service_is_of_sip(struct look *l, uint64_t seq, struct str asked);

/* NAME is in a message: a host's, or address and port of media. */
bool service_is_named(struct look *l, struct str name);

/* L's message, which REC sends (not of SIP), is held against the checks. */
void service_sent(struct look *l, const struct trace_rec *rec);
/* The same has come. */
void service_came(struct look *l);
/* A note, or a rejection, that may be about a frame of WebSocket. */
void service_noted(struct look *l, const struct trace_rec *rec);
/* The trace is over: each question. */
void service_ended(struct look *l);

#endif
