/*
 * The messages that were read last.  A message is built, sent, described,
 * received, kept by a transaction and read by its user: all of them read the
 * same bytes.  The result (struct msg) is kept here with a reference to the
 * bytes, for the last few messages of the whole engine.
 *
 * The result depends on the bytes alone, which never change, so a kept message
 * equals one that is read again.  Messages are copied out: a caller's copy
 * stays valid when the kept one goes.
 */
#ifndef SIP_RECENT_MESSAGES_H
#define SIP_RECENT_MESSAGES_H

#include "msg/composed_message.h"
#include "sip/bytes.h"

/* How many are kept, and of which size: up to so many header fields and bytes.
 * Larger ones are read each time. */
#define SIP_RECENT_MESSAGES       64
#define SIP_RECENT_MESSAGE_FIELDS MSG_COMPOSED_FIELDS
#define SIP_RECENT_MESSAGE_BYTES  MSG_COMPOSED_BYTES

struct sip_recent_message {
	struct sip_bytes *of; /* with a reference; NULL: unused */
	uint64_t hash;
	size_t size; /* what MSG has of a struct msg */
	_Alignas(struct msg) char msg[offsetof(struct msg, fields) +
				      SIP_RECENT_MESSAGE_FIELDS *
					  sizeof(struct msg_field)];
};

struct sip_recent_messages {
	struct sip_recent_message messages[SIP_RECENT_MESSAGES];
	unsigned next;        /* the oldest */
	uint8_t by_hash[256]; /* where one with such a hash may be */
};

/* Nothing is kept yet; the messages themselves are not cleared. */
void sip_recent_messages_init(struct sip_recent_messages *v);

/* M reads B.  The fault of msg_read. */
enum msg_fault sip_recent_messages_read(
    struct sip_recent_messages *v, struct sip_bytes *b, struct msg *m);
/* The same, and msg_judge's verdict. */
enum msg_fault sip_recent_messages_judge(struct sip_recent_messages *v,
    struct sip_bytes *b, struct msg *m, struct str *at);
/* The same, and msg_check's. */
enum msg_fault sip_recent_messages_check(
    struct sip_recent_messages *v, struct sip_bytes *b, struct msg *m);

/* M, which reads FROM, reads B afterwards, which SP has made of FROM by edits
 * within the first Via (msg_splice_move).  The fault of msg_read. */
enum msg_fault sip_recent_messages_move(struct sip_recent_messages *v,
    const struct sip_bytes *from, struct sip_bytes *b,
    const struct msg_splice *sp, struct msg *m);

/* M reads B, has its parts (msg_know) and is small. */
void sip_recent_messages_keep(
    struct sip_recent_messages *v, struct sip_bytes *b, const struct msg *m);

/* Bytes kept here that equal S, or NULL; the caller gets no reference. */
struct sip_bytes *
sip_recent_messages_find(const struct sip_recent_messages *v, struct str s);

void sip_recent_messages_free(struct sip_recent_messages *v);

#endif
