/*
 * Queries to DNS and STUN servers with their answers, and the ends of
 * connections.
 */
#ifndef INSPECT_DNS_STUN_QUERIES_H
#define INSPECT_DNS_STUN_QUERIES_H

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
bool
dns_stun_is_of_sip(struct inspected_message *l, uint64_t seq, struct str asked);

/* NAME is in a message: a host's, or address and port of media. */
bool dns_stun_is_named(struct inspected_message *l, struct str name);

/* L's message, which REC sends (not of SIP), is held against the checks. */
void dns_stun_sent(struct inspected_message *l, const struct trace_rec *rec);
/* The same has come. */
void dns_stun_came(struct inspected_message *l);
/* A note, or a rejection, that may be about a frame of WebSocket. */
void dns_stun_noted(struct inspected_message *l, const struct trace_rec *rec);
/* The trace is over: each question. */
void dns_stun_ended(struct inspected_message *l);

#endif
