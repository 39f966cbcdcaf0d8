/*
 * Transactions (RFC 3261 section 17), each on one of four machines: ICT, NICT,
 * IST, NIST (machine/transactions.c).  RFC 6026 adds the state `accepted` to
 * those of an INVITE: after a 2xx the transaction lives on for 64*T1 to absorb
 * repeated INVITEs and to pass ACKs and further 2xx.
 */
#ifndef SIP_TRANSACTION_H
#define SIP_TRANSACTION_H

#include "sip/stack.h"

enum sip_machine { SIP_ICT, SIP_NICT, SIP_IST, SIP_NIST, SIP_MACHINES };

enum sip_failure {
	SIP_TIMEOUT,   /* Timer B or F; at an IST Timer H (no ACK came) */
	SIP_TRANSPORT, /* the request or the response could not be sent */
};

/* What a transaction tells its user. Any may be NULL. */
struct sip_transaction_ops {
	/* Client: a response that the machine passes up. */
	void (*response)(
	    struct sip_transaction *tr, const struct sip_in *in, void *arg);
	/* Server, after a 2xx to INVITE: the ACK, if it has the same branch. */
	void (*ack)(
	    struct sip_transaction *tr, const struct sip_in *in, void *arg);
	void (*failed)(
	    struct sip_transaction *tr, enum sip_failure why, void *arg);
	/* Client, 18.1.1: what was too large for UDP did not get through by
	 * TCP either.  TR has been sent again by UDP as NEXT, with the same ops
	 * and ARG; nothing more is heard of TR. */
	void (*moved)(struct sip_transaction *tr, struct sip_transaction *next,
	    void *arg);
	/* The last word: TR is freed after this. */
	void (*ended)(struct sip_transaction *tr, void *arg);
};

/*
 * Starts a client transaction: REQUEST is sent to DST and repeated as its
 * machine says.  Its top Via is made to name the transport by which it goes,
 * which is TCP for one that is too large for UDP (18.1.1): what was sent is
 * sip_transaction_request, where it was sent sip_transaction_peer.  0,
 * ERR_NOMEM, or ERR_SYNTAX where the request is none or its branch is in use.
 */
int sip_client_create(struct sip_stack *s, struct sip_bytes *request,
    const struct addr *dst, const struct sip_origin *origin,
    const struct sip_transaction_ops *ops, void *arg,
    struct sip_transaction **tr);

/*
 * Answers the request of a server transaction.  RESPONSE: a reference is
 * taken.  0, ERR_NOMEM, ERR_SYNTAX (no response), or ERR_STATE when a final
 * response was sent before; a further 2xx after a 2xx is sent (RFC 6026 7.1).
 */
int sip_server_respond(struct sip_transaction *tr, struct sip_bytes *response,
    const struct sip_origin *origin);

void sip_transaction_set_user(struct sip_transaction *tr,
    const struct sip_transaction_ops *ops, void *arg);
/* Ends TR now, by WHY, without a callback to its user.  NULL is fine. */
void sip_transaction_give_up(struct sip_transaction *tr, enum rule_id why);

/* The request as sent or received (with received/rport put in). */
struct sip_bytes *sip_transaction_request(const struct sip_transaction *tr);
/* The last response of a server's; NULL: none yet.  Borrowed. */
struct sip_bytes *sip_transaction_response(const struct sip_transaction *tr);
const struct addr *sip_transaction_peer(const struct sip_transaction *tr);
/* The own address that a server's request came to; len 0: not known. */
const struct addr *sip_transaction_local(const struct sip_transaction *tr);
/* The first `send` of the last response of a server's, 0: there is none. */
uint64_t sip_transaction_responded(const struct sip_transaction *tr);
void *sip_transaction_user(const struct sip_transaction *tr);
/* A text of its user's by which the user finds what it keeps of TR; it stays
 * when the user changes.  Borrowed; STR_NULL at first. */
void sip_transaction_set_mark(struct sip_transaction *tr, struct str mark);
struct str sip_transaction_mark(const struct sip_transaction *tr);

/* A client transaction with this branch lives: what carries it in a Via was
 * sent from here. */
bool
sip_client_exists(struct sip_stack *s, struct str branch, struct str method);

/* The server transaction of any method that has the CANCEL's branch (9.2), or
 * NULL. */
struct sip_transaction *
sip_find_by_cancel(struct sip_stack *s, const struct msg *cancel);
/* The INVITE server transaction that a CANCEL means (9.2), or NULL. */
struct sip_transaction *
sip_find_cancelled(struct sip_stack *s, const struct msg *cancel);

#endif
