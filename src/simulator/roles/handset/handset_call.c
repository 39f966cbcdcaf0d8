/*
 * Calls: which step of a user agent's call it was.  The firmware says in which
 * state a call is (firmware/README.md), not why; what it was working on says
 * that: a message that came, else its user or a timer.
 */
#include "roles/handset/handset_in.h"

#include "msg/message.h"
#include "rules/rule_names.h"

#include <stdio.h>

void
handset_heard(struct handset *h, uint64_t recv, struct str bytes)
{
	struct handset_heard *heard = &h->heard[h->nheard % HANDSET_HEARD];

	if (msg_read(&h->view, bytes, NULL) != MSG_FAULT_NONE)
		return;
	handset_media_message(h, &h->view, recv, false);
	h->nheard++;
	*heard = (struct handset_heard){ .recv = recv };
	if (h->view.request)
		snprintf(heard->event, sizeof(heard->event), "%s",
		    msg_method_name(h->view.method));
	else
		snprintf(
		    heard->event, sizeof(heard->event), "%u", h->view.status);
}

/* FROM → TO by the message that is being worked on; NULL: by none. */
static const struct machine_edge *
edge_heard(const struct handset *h, const struct machine *m, struct str from,
    struct str to)
{
	const struct machine_edge *e;
	char received[32];

	for (size_t i = 0; i < HANDSET_HEARD; i++) {
		const struct handset_heard *heard = &h->heard[i];

		if (heard->recv == 0 || (uint32_t)heard->recv != h->given)
			continue;
		e = machine_step(m, from, str_of(heard->event), to);
		if (e != NULL)
			return e;
		snprintf(
		    received, sizeof(received), "%s received", heard->event);
		return machine_step(m, from, str_of(received), to);
	}
	return NULL;
}

/* FROM → TO by what the phone does itself. */
static const struct machine_edge *
edge_own(const struct machine *m, enum state_id from, enum state_id to)
{
	static const enum event_id own[] = { EVENT_INVITE_SENT, EVENT_1XX_SENT,
		EVENT_2XX_SENT, EVENT_300_699_SENT, EVENT_BYE, EVENT_CANCEL,
		EVENT_CANCEL_UNSENT, EVENT_NO_ACK, EVENT_TIMEOUT,
		EVENT_NOT_SENT };

	for (size_t i = 0; i < COUNT_OF(own); i++) {
		const struct machine_edge *e = machine_next(m, from, own[i]);

		if (e != NULL && e->to == to)
			return e;
	}
	return NULL;
}

/* The status of the response that is being worked on; 0: there is none. */
static unsigned
status_heard(const struct handset *h)
{
	uint32_t status;

	for (size_t i = 0; i < HANDSET_HEARD; i++)
		if (h->heard[i].recv != 0 &&
		    (uint32_t)h->heard[i].recv == h->given &&
		    str_u32(str_of(h->heard[i].event), &status) == 0)
			return status;
	return 0;
}

enum rule_id
handset_call_rule(const struct handset *h, const struct machine *m,
    enum state_id from, enum state_id to)
{
	struct str a = str_of(state_word(from)), b = str_of(state_word(to));
	const struct machine_edge *e = edge_heard(h, m, a, b);

	if (e == NULL)
		e = edge_own(m, from, to);
	if (e != NULL && e->rule == RULE_AUTH_ANSWER)
		return rule_of_retry(status_heard(h), e->rule);
	return e != NULL ? e->rule : RULE_NONE;
}
