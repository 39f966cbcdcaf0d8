/*
 * Voice mail: an agent that answers the calls that people did not take.  What
 * the files of the role share.
 *
 *   voicemail.c          the role: its life, its mailboxes, which one is meant
 *   voicemail_call.c     calls: it answers, and keeps what was said, or lets
 *                        the owner hear it
 *   voicemail_summary.c  what waits in a mailbox, to its owner (RFC 3842)
 *
 * A message is the time for which the caller talked; with media=true, how much
 * of that was heard. */
#ifndef ROLES_VOICEMAIL_VOICEMAIL_IN_H
#define ROLES_VOICEMAIL_VOICEMAIL_IN_H

#include "agent/requests.h"
#include "msg/bodies.h"

/* The methods, in the order of its Allow. */
#define VOICEMAIL_METHODS(X, AND)                          \
	X(INVITE, agent_call_reinvited, voicemail_invited) \
	AND X(ACK, NULL, NULL)                             \
	AND X(BYE, agent_call_bye_received, NULL)          \
	AND X(CANCEL, NULL, NULL)                          \
	AND X(OPTIONS, agent_described, agent_asked)       \
	AND X(INFO, voicemail_informed, NULL)              \
	AND X(SUBSCRIBE, NULL, agent_subscribed)           \
	AND X(PRACK, agent_reliable_acked, NULL)           \
	AND X(UPDATE, agent_call_updated, NULL)
#define VOICEMAIL_ALLOW VOICEMAIL_METHODS(AGENT_METHOD_NAME, ", ")

extern const struct node_role role_voicemail;

struct voicemail_box {
	struct list link; /* in voicemail->boxes, as in the topology */
	char *name;       /* user part of its URI: "bob" */
	char *owner;      /* a canonical address-of-record */
	struct message_count voice, urgent;
};

struct voicemail {
	struct agent agent;
	struct list boxes;
};

struct voicemail *voicemail_of(const struct agent *agent);
/* The mailbox that URI names, by its own name here or by its owner, or NULL. */
struct voicemail_box *voicemail_find(struct voicemail *v, struct str uri);
/* The mailbox whose owner M says it is from, or NULL. */
struct voicemail_box *
voicemail_of_caller(struct voicemail *v, const struct msg *m);
/* The mailbox of the one whom M, an INVITE, was for before it came here, or
 * NULL. */
struct voicemail_box *voicemail_meant(struct voicemail *v, const struct msg *m);
/* The URI of BOX, appended to OUT. */
void voicemail_write_uri(const struct voicemail *v,
    const struct voicemail_box *box, struct buf *out);

/* voicemail_call.c */
void voicemail_informed(struct agent_call *c, const struct sip_in *in);
void voicemail_invited(struct agent *agent, const struct sip_in *in);

/* voicemail_summary.c */
extern const struct agent_service voicemail_summary;
/* BOX has changed: notifies its subscribers. */
void voicemail_tell(struct voicemail *v, const struct voicemail_box *box);

#endif
