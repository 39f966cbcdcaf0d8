/* Shared by the files of notifiers (agent/notif*.c). */
#ifndef AGENT_NOTIFIER_IN_H
#define AGENT_NOTIFIER_IN_H

#include "agent/notifier.h"
#include "agent/subscriber.h"

extern const struct agent_usage_ops agent_notifier_usage;

/* In no dialog yet; NAME may be NULL.  NULL when out of memory. */
struct agent_notifier *agent_notifier_new(struct agent *agent,
    const struct agent_service *service, const char *name, struct str id);
/* RFC 6665 4.4.1: the dialog of a SUBSCRIBE, or a REFER, outside of any; its
 * tag here is TAG.  As agent_dialog_accept. */
int agent_notifier_open(
    struct agent_notifier *n, const struct msg *m, struct str tag);
/* RFC 6665 6.3: rejects IN, which asks for one more, where AGENT has as many
 * subscriptions as it keeps: true. */
bool agent_notifier_refuse(struct agent *agent, const struct sip_in *in);
/* Frees N without a record. */
void agent_notifier_free(struct agent_notifier *n);
/* Its last NOTIFY is not sent yet. */
bool agent_notifier_lives(const struct agent_notifier *n);
void agent_notifier_step(
    struct agent_notifier *n, enum event_id event, enum rule_id why);
/* N lasts SECONDS from now on. */
void agent_notifier_run(struct agent_notifier *n, uint32_t seconds);

#endif
