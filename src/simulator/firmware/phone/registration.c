/*
 * REGISTER, its refresh when nine tenths of the time have gone, and its
 * repetition after a failure: 1 min, doubling to half an hour, of which between
 * a half and the whole is waited (RFC 5626 4.5: 30 s times two for the first).
 */
#include "firmware/phone/phone_in.h"

#include "firmware/phone/heap.h"
#include "firmware/phone/report.h"

#define WAIT_FIRST_S 60u
#define WAIT_MOST_S  1800u

static void on_register_response(
    struct tx *tx, enum tx_event event, osip_message_t *m, void *arg);

/* EVENT as the tables of machines write it; NULL: nothing that is told. */
static void
enter(struct registration *r, enum registration_state state, const char *event)
{
	static const char *const names[] = {
		[UNREGISTERED] = "unregistered",
		[REGISTERING] = "registering",
		[REGISTERED] = "registered",
		[UNREGISTERING] = "unregistering",
		[REGISTRATION_FAILED] = "failed",
	};

	if (event != NULL)
		report_registration(names[state], event);
	if (r->state == state)
		return;
	r->state = state;
	screens_changed(r->phone);
}

/* ---- the request ---- */

static osip_message_t *
build(struct registration *r, bool remove)
{
	struct phone *phone = r->phone;
	const struct config *c = &phone->config;
	char uri[CONFIG_URI + 8], aor[CONFIG_URI + 4], from[CONFIG_URI + 32];
	struct text u = TEXT_IN(uri), a = TEXT_IN(aor), f = TEXT_IN(from);
	char expires[12];
	struct text e = TEXT_IN(expires);
	osip_message_t *m;

	text_s(&u, "sip:");
	text_s(&u, c->domain);
	text_c(&a, '<');
	text_s(&a, c->aor);
	text_c(&a, '>');
	text_s(&f, aor);
	text_s(&f, ";tag=");
	text_s(&f, r->tag);
	text_u(&e, remove ? 0 : r->expires_s);
	m = sip_build(
	    &phone->sip, &(struct sip_request){ "REGISTER", uri, from, aor,
			     r->call_id, ++r->cseq, true, NULL, NULL });
	if (m != NULL) {
		sip_add(m, "Expires", expires);
		sip_preload(&phone->sip, m);
		auth_add(&r->auth, &phone->sip, m);
	}
	return m;
}

static void on_time(void *arg);

static void
fail_registration(struct registration *r, const char *event)
{
	uint32_t wait_s = WAIT_FIRST_S;

	if (!r->wanted) {
		enter(r, REGISTRATION_FAILED, event);
		enter(r, UNREGISTERED, NULL);
		return;
	}
	for (unsigned i = 0; i < r->failures && wait_s < WAIT_MOST_S; i++)
		wait_s *= 2;
	if (wait_s > WAIT_MOST_S)
		wait_s = WAIT_MOST_S;
	r->failures++;
	wait_s -= rng_below(&r->phone->rng, wait_s / 2 + 1);
	timer_in(
	    &r->phone->timers, &r->timer, (uint64_t)wait_s * S_US, on_time, r);
	enter(r, REGISTRATION_FAILED, event);
}

static void
send_register(struct registration *r, const char *event)
{
	struct sip *sip = &r->phone->sip;
	osip_message_t *m = build(r, !r->wanted);
	struct where to;

	if (r->tx != NULL)
		tx_user(r->tx, NULL, NULL);
	r->tx = NULL;
	timer_stop(&r->phone->timers, &r->timer);
	enter(r, r->wanted ? REGISTERING : UNREGISTERING, event);
	if (m != NULL && sip_next_hop(sip, m, &to)) {
		r->tx = tx_request(
		    sip, m, &to, r->refresh, on_register_response, r);
	} else {
		report_log("no registrar", NULL);
		osip_message_free(m);
	}
	if (r->tx == NULL)
		fail_registration(r, "not sent");
}

static void
on_time(void *arg)
{
	struct registration *r = arg;

	/* A refresh, for which no user waits, does not keep the phone busy. */
	r->refresh = true;
	send_register(r, r->state == REGISTERED ? "Timer refresh" : "register");
}

/* ---- the answer ---- */

/* 10.2.4: what the registrar grants our contact, else what it says in all. */
static unsigned long
granted(const struct registration *r, const osip_message_t *m)
{
	const struct config *c = &r->phone->config;
	unsigned long s = sip_number(m, "expires", r->expires_s);
	char own[16];
	struct text t = TEXT_IN(own);

	text_ip(&t, c->own.ip);
	for (int i = 0; i < osip_list_size(&m->contacts); i++) {
		osip_contact_t *contact = osip_list_get(&m->contacts, i);
		osip_generic_param_t *expires = NULL;
		unsigned long port = 5060, value;

		if (contact->url == NULL || !text_same(contact->url->host, own))
			continue;
		if (contact->url->port != NULL)
			text_read_u(contact->url->port, &port);
		osip_contact_param_get_byname(
		    contact, OSIP_NAME("expires"), &expires);
		if (port == c->own.port && expires != NULL &&
		    text_read_u(expires->gvalue, &value))
			return value;
	}
	return s;
}

static void
take_registered(struct registration *r, const osip_message_t *m)
{
	unsigned long s = granted(r, m);

	auth_well(&r->auth);
	r->failures = 0;
	if (r->state == UNREGISTERING || !r->wanted) {
		enter(r, UNREGISTERED, "2xx");
		/* The user may have changed his mind meanwhile. */
		if (r->wanted)
			send_register(r, "register");
		return;
	}
	enter(r, REGISTERED, "2xx");
	if (s < 2)
		s = 2;
	timer_in(&r->phone->timers, &r->timer, (uint64_t)s * S_US * 9 / 10,
	    on_time, r);
}

static void
on_final(struct registration *r, const osip_message_t *m)
{
	int status = m->status_code;
	unsigned long least;

	if (status < 300) {
		take_registered(r, m);
		return;
	}
	if ((status == 401 || status == 407) &&
	    auth_learn(&r->auth, &r->phone->config, m)) {
		send_register(r, status == 401 ? "401" : "407");
		return;
	}
	/* 10.2.8: too brief. */
	least = sip_number(m, "min-expires", 0);
	if (status == 423 && r->wanted && least > r->expires_s) {
		r->expires_s = (uint32_t)least;
		send_register(r, "423");
		return;
	}
	report_log("not registered", m->reason_phrase);
	/* The next attempt is fresh: what was rejected is forgotten. */
	memset(&r->auth, 0, sizeof(r->auth));
	fail_registration(r, "300-699");
}

static void
on_register_response(
    struct tx *tx, enum tx_event event, osip_message_t *m, void *arg)
{
	struct registration *r = arg;

	if (event == TX_RESPONSE && m->status_code < 200)
		return;
	if (r->tx == tx)
		r->tx = NULL;
	/* It waits for copies, without callbacks. */
	tx_user(tx, NULL, NULL);
	if (event == TX_RESPONSE)
		on_final(r, m);
	else if (event == TX_TIMEOUT)
		fail_registration(r, "timeout");
}

/* ---- the user's ---- */

void
registration_start(struct registration *r, struct phone *phone)
{
	char id[64], tag[20];
	struct text i = TEXT_IN(id), t = TEXT_IN(tag);

	r->phone = phone;
	r->expires_s = phone->config.expires_s;
	rng_word(&phone->rng, &i);
	text_c(&i, '@');
	text_ip(&i, phone->config.own.ip);
	rng_word(&phone->rng, &t);
	r->call_id = heap_copy(id);
	r->tag = heap_copy(tag);
	registration_want(r, phone->settings.registers);
}

void
registration_stop(struct registration *r)
{
	heap_put(r->call_id);
	heap_put(r->tag);
}

void
registration_want(struct registration *r, bool wanted)
{
	if (r->wanted == wanted)
		return;
	r->wanted = wanted;
	r->refresh = false;
	if (wanted ? r->state != UNREGISTERING : r->state == REGISTERED) {
		send_register(r, wanted ? "register" : "unregister");
	} else if (!wanted && r->tx == NULL) {
		timer_stop(&r->phone->timers, &r->timer);
		enter(r, UNREGISTERED, NULL);
	}
}
