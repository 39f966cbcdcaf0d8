/*
 * Messages that were read lately.  A message is built, sent, described,
 * received, kept by a transaction and looked at by its user: all of them read
 * the same bytes.  What reading them found is kept here with a reference to
 * them, for the last few messages of the whole engine.
 *
 * A view is a function of its bytes, which never change, so a kept view and
 * one that is read again are equal.  Views are copied out: a caller's view
 * stays valid when the kept one goes.
 */
#ifndef SIP_RECENT_MESSAGES_H
#define SIP_RECENT_MESSAGES_H

#include "msg/written.h"
#include "sip/bytes.h"

/* How many are kept, and of which size: up to so many header fields and bytes.
 * Larger ones are read each time. */
#define SIP_RECENT_MESSAGES       64
#define SIP_RECENT_MESSAGE_FIELDS MSG_WRITTEN_FIELDS
#define SIP_RECENT_MESSAGE_BYTES  MSG_WRITTEN_BYTES

struct sip_recent_message {
	struct sip_bytes *of; /* with a reference; NULL: unused */
	uint64_t hash;
	size_t size; /* what MSG has of a struct msg */
	_Alignas(struct msg) char msg[offsetof(struct msg, fields) +
				      SIP_RECENT_MESSAGE_FIELDS *
					  sizeof(struct msg_field)];
};

struct sip_recent_messages {
	struct sip_recent_message views[SIP_RECENT_MESSAGES];
	unsigned next;        /* the oldest */
	uint8_t by_hash[256]; /* where one with such a hash may be */
};

/* Nothing is kept yet; the views themselves are not cleared. */
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

/* Makes M, a view of FROM, one of B, which SP has made of FROM by edits within
 * the first Via (msg_splice_move).  The fault of msg_read. */
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
