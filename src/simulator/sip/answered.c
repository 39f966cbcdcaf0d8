/*
 * The INVITEs that were refused without a transaction, lately: malformed or too
 * large ones, those of a stateless proxy, those that a fault answers in the
 * node's place.  The ACK for such an answer finds no transaction, and would be
 * taken for one of a 2xx, which a proxy forwards.  RFC 3261 8.2.7: who answers
 * like that ignores ACK requests.
 *
 * Nobody repeats an answer of that kind by itself, so what lies 64*T1 back is
 * as good as forgotten; of more than SIP_ANSWERED at once the oldest are.
 */
#include "sip/transaction_in.h"

/* STACK->key becomes M's, with that of its INVITE for an ACK. */
static bool
write_key(struct sip_stack *s, const struct msg *m)
{
	struct msg_via via;

	return msg_top_via(m, &via) == 0 &&
	       sip_key_server(s, m, &via, sip_key_method(m)) == 0;
}

void
sip_answered_add(struct sip_stack *s, const struct msg *m, unsigned status)
{
	struct sip_answered *a;

	if (m->method != MSG_INVITE || status < 300 || !write_key(s, m))
		return;
	a = &s->answered[s->nanswered++ % SIP_ANSWERED];
	a->t = sim_now(s->config.engine->sim);
	a->key = str_hash(buf_view(&s->key));
}

bool
sip_answered_is(struct sip_stack *s, const struct msg *ack)
{
	int64_t now = sim_now(s->config.engine->sim);
	size_t n = s->nanswered < SIP_ANSWERED ? s->nanswered : SIP_ANSWERED;
	uint64_t key;

	if (n == 0 || !write_key(s, ack))
		return false;
	key = str_hash(buf_view(&s->key));
	for (size_t i = 0; i < n; i++)
		if (s->answered[i].key == key &&
		    now - s->answered[i].t <= SIP_64T1_NS)
			return true;
	return false;
}
