/*
 * One request of a user agent, from its first sending to its true final answer:
 * RFC 3261 8.1.3 (what a response makes a client do), 22.2 and 22.3
 * (challenges), RFC 3263 4.3 (the next server).  It may take several attempts,
 * each a transaction of its own.  Whatever a user agent originates goes this
 * way, but ACK and CANCEL.
 *
 *   client.c    its life: attempts and what responses make of them
 *   client_attempt.c   the bytes of the next attempt
 *   redirect.c  the target set of 8.1.3.4
 *   agent_auth.c      challenges and credentials
 */
#ifndef AGENT_CLIENT_H
#define AGENT_CLIENT_H

#include "agent/agent_auth.h"
#include "base/list.h"
#include "node/locate.h"
#include "sip/transaction.h"

/* What a request may cost at most: attempts, and targets to which redirections
 * lead. */
#define AGENT_ATTEMPTS 70
#define AGENT_TARGETS  70

struct agent_client;
struct agent_dialog;

/* What a request tells its user; any may be NULL.  Except for `sending` and
 * `sent` none is called before agent_client_start has returned. */
struct agent_client_ops {
	/* It is known where to: an attempt (the first: Q->attempts is 0) goes
	 * out to Q->dst now. */
	void (*sending)(struct agent_client *q, void *arg);
	/* It is out. */
	void (*sent)(struct agent_client *q, void *arg);
	/* A provisional response, a 2xx (of an INVITE several), or the final
	 * response. */
	void (*response)(
	    struct agent_client *q, const struct sip_in *in, void *arg);
	/* No final response came: as if STATUS had, 408 or 503 (8.1.3.1). */
	void (*failed)(struct agent_client *q, unsigned status, void *arg);
	/* STATUS (408 and 503 included) makes the request go out again, by WHY,
	 * if there is a place to go to. */
	void (*again)(struct agent_client *q, unsigned status, enum rule_id why,
	    void *arg);
	/* STATUS leads to URI: its user is asked (agent_client_follow).  NULL:
	 * the response is handled as final. */
	void (*asked)(struct agent_client *q, unsigned status, const char *uri,
	    void *arg);
	/* The last word: Q is freed after this. */
	void (*ended)(struct agent_client *q, void *arg);
};

/* What of a request's Contact depends on the way that the request takes. */
enum agent_contact_rule {
	AGENT_CONTACT_GIVEN, /* nothing */
	AGENT_CONTACT_FACE,  /* it is at the face that the request goes from */
	AGENT_CONTACT_WAY,   /* and asks for the transport by which that goes */
	AGENT_CONTACT_NONE,  /* it has none */
};

/* A request as it was built. */
struct agent_request {
	struct sip_bytes *bytes;     /* a reference is taken */
	struct agent_identity *self; /* who sends it, likewise; NULL: it has no
				    Contact */
	struct agent_dialog *dialog; /* it is within; NULL: none */
	bool strict; /* its Request-URI is a strict router's (12.2.1.1) */
	enum agent_contact_rule contact;
	/* The CSeq counter that the request takes its number from: that of the
	 * last request; NULL: it is the first of its kind.  Borrowed until the
	 * end, or that of its dialog. */
	uint32_t *cseq;
	uint32_t realms; /* that have challenged this Call-ID before */
	uint64_t fwd; /* the recv of the request that it is a copy of, or 0 */
	bool flow; /* it goes by the outbound proxy that it was built for alone
		    */
	bool hears_late; /* that no address is known is not an error of its
			    start: its user hears so at once, as in a response
			    (8.1.3.1); the world's `lost` says why */
};

/* Why a request goes where it goes, for its route record. */
struct agent_way {
	const char *how; /* NULL: none is written */
	enum rule_id why;
};

/* A target of the request. */
struct agent_target {
	char *uri;
	unsigned q; /* 0 to 1000 */
	bool proxy; /* of a 305: the way, not the target */
	bool tried;
};

struct agent_client {
	struct list link;   /* in agent->clients */
	struct list mate;   /* in a list of its user, if that has several */
	struct list within; /* in its dialog's `clients`, while that lives */
	struct agent_client **slot; /* of agent_client_replace; NULL: none */
	struct agent *agent;
	struct agent_identity *self; /* who sends it; or NULL */
	const struct agent_client_ops *ops;
	void *arg;
	struct sip_transaction *tr; /* of the live attempt */
	struct sip_bytes *base;     /* the request as it was built */
	/* Where the next attempt goes, and what it goes out for. */
	struct node_question where;
	struct agent_way way;
	enum rule_id why;
	bool another; /* the attempt takes a new CSeq number (22.2, 8.1.3.5) */
	int result;   /* of asking, and of sending it */
	struct addr dst;
	uint32_t number; /* its CSeq number now */
	uint32_t *cseq;
	unsigned attempts;
	/* Status of the 3xx about which its user was asked, until that is
	 * decided; 0: none. */
	unsigned status;
	unsigned last; /* the last status that was not the final answer; 0: none
			  yet */
	bool dialog, strict;
	enum agent_contact_rule contact;
	bool seeking;   /* its destination is being looked up: `result` is read
			 * by the caller, and not reported to its user */
	bool answered;  /* the live attempt has a provisional response */
	bool final;     /* its user has the final answer */
	bool accepted;  /* which is a 2xx */
	bool given_up;  /* whatever comes is final */
	bool passed_on; /* … but that a place fails, which has others */
	bool starting;  /* agent_client_start is at work: no callbacks yet */
	bool dropped;   /* its user has done with it */
	sim_event late; /* a failure that came while it started */
	/* 22: realms that have challenged its Call-ID, that it has answered,
	 * that have credentials in the live attempt. */
	uint32_t realms, answers, carried;
	/* RFC 4028 7.3: the session interval that a 422 has asked for; 0: none
	 * has. */
	uint32_t min_se;
	uint64_t fwd; /* as in its request */
	size_t ways;  /* of `where`, when the last attempt went out */
	struct agent_target *targets; /* none before the first 3xx */
	size_t ntargets;
	struct agent_target *target; /* the one it goes to */
};

/* Asks where R goes, and sends it for the first time, now or when that is
 * known: the result in *Q, set before `sending` is called.  0, or why it can't
 * be sent: ERR_NOTFOUND (no address is known), ERR_NOMEM, ERR_SYNTAX. */
int agent_client_start(struct agent *agent, const struct agent_request *r,
    enum rule_id why, const struct agent_client_ops *ops, void *arg,
    struct agent_client **q);
/* The same for a user that has one request of a kind at a time, in *SLOT: the
 * one before is dropped, and *SLOT is NULL again once this one is gone.  Frees
 * R's bytes. */
int agent_client_replace(struct agent *agent, struct agent_request *r,
    enum rule_id why, const struct agent_client_ops *ops, void *arg,
    struct agent_client **slot);
/* Frees Q, whose user hears no more of it; its transaction runs out by itself.
 * NULL is fine. */
void agent_client_drop(struct agent_client *q);
/* The same, and its transaction ends now. */
void agent_client_abort(struct agent_client *q);
/* Hands Q, made by agent_client_replace, to another user: OPS, ARG and SLOT
 * replace the former ones. */
void agent_client_pass(struct agent_client *q,
    const struct agent_client_ops *ops, void *arg, struct agent_client **slot);
/* Its dialog is gone: it can't go out again. */
void agent_client_orphan(struct agent_client *q);
/* From now on every final answer is the final answer (it is cancelled). */
void agent_client_give_up(struct agent_client *q);
/* The request is forwarded for another node: all answers go to its user, except
 * for the failure of one of several destinations (RFC 3263 4.3). */
void agent_client_pass_on(struct agent_client *q);
/* It has no transaction: it waits for agent_client_follow, or for an
 * address. */
bool agent_client_is_idle(const struct agent_client *q);
/* Its user agrees to the redirection: it goes there. */
void agent_client_follow(struct agent_client *q);
/* Neither its final answer nor its failure has come. */
bool agent_client_is_pending(const struct agent_client *q);
/* The live attempt as it was sent; NULL where there is none. */
struct sip_bytes *agent_client_request(const struct agent_client *q);
/* Whom it asks: its Request-URI, or where it was redirected to. */
struct str agent_client_uri(const struct agent_client *q);

/* While `sending` is at work: the request has SDP in the place of its session
 * description from this attempt on (agent/multipart.c).  What fails stops the
 * run. */
void agent_client_set_body(struct agent_client *q, struct str sdp);

/* agent/client_attempt.c: the bytes of the next attempt, one reference in *OUT:
 * as built, but with a new branch (unless it is the first), its number, its
 * target and credentials.  0, ERR_NOMEM, ERR_SYNTAX, ERR_LIMIT. */
int agent_attempt_make(struct agent_client *q, struct sip_bytes **out);

/* redirect.c */
/* Puts the Contacts of a 3xx into the target set.  0 or ERR_NOMEM. */
int agent_redirect_take(struct agent_client *q, const struct msg *response);
/* The target that is next, NULL when there is none. */
struct agent_target *agent_redirect_next(const struct agent_client *q);
/* Makes the next target Q's own and marks it as tried; false when there is
 * none. */
bool agent_redirect_step(struct agent_client *q);
void agent_redirect_free(struct agent_client *q);

#endif
