/*
 * One SIP stack without a network, for tests: what it sends is kept and looked
 * at, what it is to receive is given to it as bytes.  The stack is alice at
 * 192.0.2.1, the other side bob at 192.0.2.2.
 */
#ifndef SIP_WORLD_H
#define SIP_WORLD_H

#include "base/err.h"
#include "base/mem.h"
#include "check.h"
#include "msg/parts.h"
#include "sip/build.h"
#include "sip/dialog.h"
#include "sip/forward.h"
#include "sip/transaction.h"

#include <string.h>

#define SIP_WORLD_SENT 64

/* A message that the stack has sent; its seq is 1001, 1002 … */
struct sip_sent_message {
	int64_t t;
	char *text;
	size_t n;
	struct addr dst;
	enum rule_id why;
	uint64_t fwd, retx;
};

struct sip_world {
	struct buf trace;
	struct trace_writer *writer;
	struct sim *sim;
	struct sip_engine *engine;
	struct sip_stack *stack;
	struct sip_sent_message sent[SIP_WORLD_SENT];
	size_t nsent;     /* kept */
	size_t nsent_all; /* also those that found no room */
	/* What the stack and the transactions told. */
	struct sip_transaction *server; /* of the last request */
	unsigned requests, acks, strays;
	/* Of the transactions' users. */
	unsigned responses, failures, ends, transaction_acks;
	unsigned last_status;
	unsigned moves;
	enum sip_failure last_failure;
	struct sip_transaction *moved_to;
	/* The transport: what the tests set, and what it was told. */
	enum addr_transport transport; /* of what comes and goes */
	uint32_t mtu;                  /* of every path; 0: unknown */
	bool gone;                     /* no connection is there */
	size_t padding;                /* bytes of body in requests */
	unsigned aliases;
	struct addr alias;
	bool (*take_stray)(const struct sip_in *in, void *arg);
	void (*on_request)(struct sip_world *w, const struct sip_in *in);
	void (*on_told)(
	    struct sip_world *w, struct sip_transaction *tr, const char *what);
};

extern const struct sip_transaction_ops sip_world_ops;

/* 0 or an error code; sip_world_close works either way. */
int
sip_world_try_open_as(struct sip_world *w, const char *addr, bool offer_alias);
int sip_world_try_open(struct sip_world *w, const char *addr);
void sip_world_open(struct sip_world *w);
void sip_world_forget(struct sip_world *w);
void sip_world_close(struct sip_world *w);

/* Runs to T_MS, whether or not anything lives. */
void sip_world_run(struct sip_world *w, int64_t t_ms);
void sip_world_nothing(void *arg);

/* The same, and the clock then stands at T_MS. */
void sip_world_at(struct sip_world *w, int64_t t_ms);

/* A message from SRC, its recv record being 77. */
void
sip_world_receive_bytes(struct sip_world *w, const char *src, struct str bytes);
void sip_world_receive(struct sip_world *w, const char *text);

/* A request from bob; TO_TAG may be "". */
void sip_world_request_in(struct sip_world *w, const char *method,
    const char *branch, const char *to_tag);

/* Bob answers REQUEST, which alice has sent; TAG may be "". */
void sip_world_answer(struct sip_world *w, struct sip_bytes *request,
    unsigned status, const char *tag);

/* Alice sends a request with two routes; *REQUEST has a reference.  NULL when
 * that fails. */
struct sip_transaction *sip_world_start(
    struct sip_world *w, const char *method, struct sip_bytes **request);

/* Alice answers the last request; an error code as of sip_server_respond. */
int sip_world_respond(struct sip_world *w, unsigned status);

/* How often NEEDLE stands in the trace. */
unsigned sip_world_traced(const struct sip_world *w, const char *needle);

/* Whether it has sent N messages, at these TIMES (in ms). */
bool
sip_world_sent_at(const struct sip_world *w, const int64_t *times, size_t n);

#endif
