/*
 * A sent message: the message on its hop that a record of a trace is about,
 * with its content, its sender and its receiver, and the key of its
 * transaction.  It is read from the `send` record and the bytes.  Records of a
 * simulation's machines are not read, so a capture gives as much as a run.
 */
#ifndef FOLLOWER_SENT_MESSAGE_H
#define FOLLOWER_SENT_MESSAGE_H

#include "msg/message.h"
#include "trace/reader.h"

/*
 * A message on its hop, one at a time: read again, the slices of the one before
 * are gone.  Begins as SENT_MESSAGE_INIT; owns its buffers until
 * sent_message_free.
 */
struct sent_message {
	uint64_t seq;           /* its `send` */
	struct trace_rec sent;  /* the same */
	struct trace_send send; /* what that says */
	bool sip;               /* it is of SIP, not of another protocol */
	/* sent_message_read_text: */
	struct msg msg;
	uint32_t cseq; /* 0: none can be read */
	struct str from_tag, to_tag;
	struct buf fields, bytes; /* what slices may point into */
};
#define SENT_MESSAGE_INIT ((struct sent_message){ .seq = 0 })

/*
 * The message that record SEQ of T sends, or that arrives or is lost with it.
 * 0, ERR_NOTFOUND where it is about none, or ERR_NOMEM.
 */
int
sent_message_read(struct sent_message *m, const struct trace *t, uint64_t seq);
/* The same of a record that was got already. */
int sent_message_read_record(
    struct sent_message *m, const struct trace *t, const struct trace_rec *rec);
/* Its bytes, as they were sent.  0; ERR_SYNTAX where they are not there or are
 * damaged, and what can be read of them serves; or ERR_NOMEM. */
int sent_message_read_text(struct sent_message *m);
void sent_message_free(struct sent_message *m);

/* The method of the request that it is or answers. */
static inline struct str
sent_message_method(const struct trace_send *s)
{
	return s->status != 0 ? s->cseq_method : s->method;
}

/*
 * What names a client transaction (RFC 3261 17.1.3), into KEY; empty where
 * there was no memory.  CLIENT is a number of the follower's for its node.  Of
 * two that share a branch one is an INVITE's, the ACK to a rejection with it,
 * and the other its CANCEL's (9.1).
 */
struct str sent_message_transaction_key(
    struct buf *key, size_t client, bool invite, struct str branch);

/* A response after which the client may send the request again: with a
 * password, or elsewhere (RFC 6076 4.1, 4.3.2). */
bool sent_message_goes_on_after(unsigned status);
bool sent_message_is_challenge(unsigned status); /* 401, 402, 407 */

#endif
