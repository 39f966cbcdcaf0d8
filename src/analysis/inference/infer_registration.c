/*
 * Registrations, as the user agent has them: RFC 3261 10.2. The sender of a
 * REGISTER with no Via but its own registers; the 2xx says for how long. That a
 * further REGISTER of a registered user is sent by a timer is inferred.
 */
#include "inference/infer_usage.h"
#include "msg/header_names.h"

struct registration {
	struct infer_usage u;
	uint32_t contact; /* text of the first one that it asks for */
	int64_t asked;    /* ns, or -1 */
};

/* The one of NODE for the address-of-record in f->co->msg. */
static struct registration *
get_registration(struct infer *f, uint32_t node, uint32_t call, bool make)
{
	uint32_t key[4] = { INFER_REGISTRATION, node, infer_aor(f), 0 };
	struct registration *r;

	if (key[2] == 0)
		return NULL;
	r = infer_usage_find(f, key);
	if (r != NULL || !make)
		return r;
	r = infer_usage_new(f, key, sizeof(*r), "registration", node, call);
	if (r != NULL)
		r->u.id = key[2];
	return r;
}

/* What a REGISTER asks for: false where it only asks which bindings there are
 * (10.2.3).  *NS is the longest time of a Contact, 0: it removes them, -1: the
 * registrar may choose. */
static bool
reg_usage_read_register(struct infer *f, int64_t *ns, uint32_t *contact)
{
	const struct msg *msg = &f->co->msg;
	int64_t rest = infer_seconds(msg_value(msg, MSG_H_EXPIRES));
	struct msg_values it = { 0 };
	struct msg_addr a;
	struct str v, text;
	bool any = false;

	*ns = 0;
	while (msg_next_value(msg, MSG_H_CONTACT, &it, &v)) {
		int64_t its = rest;

		if (msg_addr_read(v, &a) != 0)
			continue;
		if (!any && !a.star)
			*contact = infer_number(f, a.uri);
		any = true;
		if (msg_param(a.params, "expires", &text))
			its = infer_seconds(text);
		if (*ns == 0 || its > *ns)
			*ns = its;
	}
	return any;
}

/* The event by which a REGISTER leaves that adds or refreshes (REMOVES:
 * removes); EVENT_NONE where the table has no step for it, as for the removal
 * of a missing binding. */
static enum event_id
reg_usage_event_of(const struct registration *r, bool removes)
{
	enum event_id event = removes ? EVENT_UNREGISTER
			      : infer_usage_is_in(&r->u, STATE_REGISTERED)
				  ? EVENT_TIMER_REFRESH
				  : EVENT_REGISTER;
	const struct machine_edge *e = machine_next(r->u.m, r->u.state, event);

	return e != NULL && removes == (e->to == STATE_UNREGISTERING)
		   ? event
		   : EVENT_NONE;
}

static void
note_register_sent(struct infer *f, uint32_t i)
{
	const struct correlation_message *m = &f->co->m[i];
	struct infer_tx *tx = infer_find_tx(f, m->src, m->tx, true);
	uint32_t contact = 0;
	struct registration *r;
	enum event_id event;
	int64_t ns;

	if (!reg_usage_read_register(f, &ns, &contact) ||
	    (r = get_registration(f, m->src, m->call, true)) == NULL)
		return;
	if (ns != 0) {
		r->contact = contact;
		r->asked = ns;
	}
	r->u.cseq = m->cseq;
	r->u.call = m->call;
	event = reg_usage_event_of(r, ns == 0);
	if (event != EVENT_NONE)
		infer_usage_step(f, &r->u, m->t, f->place[i].send, event, 0);
	if (tx != NULL) {
		tx->usage = &r->u;
		tx->usage_state = r->u.state;
	}
}

/* What the 2xx grants to R's contact (10.2.4). */
static int64_t
read_granted_expiry(struct infer *f, const struct registration *r)
{
	const struct msg *msg = &f->co->msg;
	struct str mine = numbers_text(f->co->texts, r->contact), v, text;
	struct msg_values it = { 0 };
	struct msg_addr a;
	int64_t ns;

	while (msg_next_value(msg, MSG_H_CONTACT, &it, &v))
		if (msg_addr_read(v, &a) == 0 && msg_uri_equal(a.uri, mine) &&
		    msg_param(a.params, "expires", &text))
			return infer_seconds(text);
	ns = infer_seconds(msg_value(msg, MSG_H_EXPIRES));
	return ns >= 0 ? ns : r->asked;
}

/* It asks for something, and gets it with the next REGISTER. */
static void
note_challenge(struct infer *f, struct registration *r,
    const struct correlation_message *m, uint64_t cause)
{
	enum event_id event = m->status == 401   ? EVENT_401
			      : m->status == 407 ? EVENT_407
			      : m->status == 423 ? EVENT_423
						 : EVENT_ELSEWHERE;

	infer_usage_step(f, &r->u, m->t_last, cause, event, 0);
}

static void
note_register_response(struct infer *f, uint32_t i)
{
	const struct correlation_message *m = &f->co->m[i];
	struct registration *r = get_registration(f, m->dst, m->call, false);
	uint64_t cause = f->place[i].effect;
	int64_t ns;

	if (r == NULL || m->cseq != r->u.cseq || m->call != r->u.call)
		return;
	if (infer_goes_on(f, i)) {
		note_challenge(f, r, m, cause);
		return;
	}
	cause = infer_usage_step(f, &r->u, m->t_last, cause,
	    m->status < 300 ? EVENT_2XX : EVENT_300_699, 0);
	if (m->status >= 300)
		return;
	ns = read_granted_expiry(f, r);
	if (!infer_usage_is_in(&r->u, STATE_REGISTERED))
		infer_usage_stop(f, &r->u, "expire", m->t_last, cause);
	else if (ns > 0)
		infer_usage_set(f, &r->u, "expire", m->t_last, cause, ns);
}

void
infer_registration_sent(struct infer *f, uint32_t i)
{
	const struct correlation_message *m = &f->co->m[i];

	if (m->method == MSG_REGISTER && m->status == 0 && m->nvias == 1 &&
	    m->fwd == CORRELATION_NONE && m->retx == CORRELATION_NONE &&
	    f->err == 0)
		note_register_sent(f, i);
}

void
infer_registration_received(struct infer *f, uint32_t i)
{
	const struct correlation_message *m = &f->co->m[i];

	if (m->method == MSG_REGISTER && m->status >= 200 && m->nvias == 1 &&
	    f->err == 0)
		note_register_response(f, i);
}
