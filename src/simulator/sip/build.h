/*
 * Building the messages that originate at a node, with libosip2.  RFC 3261
 * 8.1.1 (requests), 8.2.6 (responses).
 */
#ifndef SIP_BUILD_H
#define SIP_BUILD_H

#include "sip/stack.h"

struct sip_header {
	const char *name;
	struct str value;
};

/* Empty slices are left out. */
struct sip_request_spec {
	struct str method, uri;
	/* Whole values, tags included; agent_request_build takes them without,
	 * and may take none. */
	struct str from, to;
	bool direct; /* for agent_request_build: past the outbound proxies */
	struct str call_id;
	uint32_t cseq;
	struct str branch;        /* empty: a new one */
	struct str contact;       /* whole value; several with commas */
	const struct str *routes; /* whole values, "<sip:…;lr>" */
	size_t nroutes;
	const struct sip_header *headers;
	size_t nheaders;
	struct str content_type, body;
};

/* One reference in *OUT. 0, ERR_NOMEM, ERR_SYNTAX (libosip2 rejects a value).
 */
int sip_build_request(struct sip_stack *s, const struct sip_request_spec *spec,
    struct sip_bytes **out);

/* 9.1: the CANCEL of a request that was sent, with its top Via, Request-URI,
 * Route, From, To, Call-ID and CSeq number.  REASON, values of RFC 3326, may
 * be empty. */
int sip_build_cancel(struct sip_stack *s, const struct msg *request,
    struct str reason, struct sip_bytes **out);
/* 17.1.1.3: the ACK for RESPONSE, not a 2xx, to INVITE: with its top Via,
 * Request-URI, Route, From, Call-ID and CSeq number and credentials (22.1),
 * and RESPONSE's To. */
int sip_build_ack(struct sip_stack *s, const struct msg *invite,
    const struct msg *response, struct sip_bytes **out);

struct sip_response_spec {
	unsigned status;
	struct str reason;  /* empty: the status's own */
	struct str to_tag;  /* empty: none is added */
	struct str contact; /* whole value; several separated by commas */
	bool record_route;  /* copies Record-Route (12.1.1) */
	const struct sip_header *headers;
	size_t nheaders;
	struct str content_type, body;
};

int sip_build_response(struct sip_stack *s, const struct msg *request,
    const struct sip_response_spec *spec, struct sip_bytes **out);

/* Builds a response to IN and sends it through IN's transaction; without a
 * To tag in SPEC a final response gets a new one (8.2.6.2). */
int sip_reply(struct sip_stack *s, const struct sip_in *in,
    const struct sip_response_spec *spec, enum rule_id why);

#endif
