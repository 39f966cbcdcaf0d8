/*
 * Stand-ins.  Of an INVITE and its refusal libosip2's machine copies URI, From,
 * To, Call-ID and CSeq into the ACK that it makes, and asks nothing of them but
 * to be there: the ACK that goes out is ours (17.1.1.3).
 */
#include "sip/stand_in.h"

#include <stdlib.h> /* libosip2's macros want it */

static osip_uri_t *
nowhere(void)
{
	osip_uri_t *u;

	if (osip_uri_init(&u) != 0)
		return NULL;
	osip_uri_set_scheme(u, osip_strdup("sip"));
	osip_uri_set_host(u, osip_strdup("invalid"));
	return u;
}

static bool
add_via(osip_message_t *o, const char *transport)
{
	osip_via_t *via;

	if (osip_via_init(&via) != 0)
		return false;
	osip_via_set_version(via, osip_strdup("2.0"));
	osip_via_set_protocol(via, osip_strdup(transport));
	osip_via_set_host(via, osip_strdup("invalid"));
	return osip_list_add(&o->vias, via, 0) > 0;
}

/* What osip_transaction_init and the ACK for a refused INVITE copy. */
static bool
add_identity(osip_message_t *o)
{
	if (osip_from_init(&o->from) != 0 || osip_to_init(&o->to) != 0 ||
	    osip_call_id_init(&o->call_id) != 0 ||
	    osip_cseq_init(&o->cseq) != 0)
		return false;
	osip_message_set_uri(o, nowhere());
	o->from->url = nowhere();
	o->to->url = nowhere();
	osip_call_id_set_number(o->call_id, osip_strdup("stand-in"));
	osip_cseq_set_number(o->cseq, osip_strdup("1"));
	osip_cseq_set_method(o->cseq, osip_strdup("INVITE"));
	return o->req_uri != NULL && o->from->url != NULL && o->to->url != NULL;
}

/* An empty message, or NULL. */
static osip_message_t *
begin_stand_in(struct sip_engine *e)
{
	osip_message_t *o;

	if (sip_engine_enter(e) != 0)
		return NULL;
	if (osip_message_init(&o) != 0) {
		sip_no_memory(e);
		return NULL;
	}
	osip_message_set_version(o, osip_strdup("SIP/2.0"));
	return o;
}

static osip_message_t *
end_stand_in(struct sip_engine *e, osip_message_t *o, bool ok)
{
	if (ok)
		return o;
	osip_message_free(o);
	sip_no_memory(e);
	return NULL;
}

osip_message_t *
sip_stand_in_invite(struct sip_engine *e, const char *transport)
{
	osip_message_t *o = begin_stand_in(e);

	if (o == NULL)
		return NULL;
	osip_message_set_method(o, osip_strdup("INVITE"));
	return end_stand_in(e, o, add_via(o, transport) && add_identity(o));
}

/* Responses by their class; requests have none. */
static const int statuses[] = {
	[SIP_IN_1XX] = 100,
	[SIP_IN_2XX] = 200,
	[SIP_IN_FINAL] = 300,
	[SIP_IN_SEND_1XX] = 100,
	[SIP_IN_SEND_2XX] = 200,
	[SIP_IN_SEND_FINAL] = 300,
	[SIP_IN_TIMER] = 0,
};

osip_message_t *
sip_stand_in(const struct sip_transaction *tr, enum sip_input input)
{
	bool invite = tr->machine == SIP_ICT || tr->machine == SIP_IST;
	const char *transport = addr_transports[tr->peer.transport].name;
	struct sip_engine *e = tr->stack->config.engine;
	osip_message_t *o;

	if (invite && (input == SIP_IN_SEND_REQUEST || input == SIP_IN_REQUEST))
		return sip_stand_in_invite(e, transport);
	o = begin_stand_in(e);
	if (o == NULL)
		return NULL;
	if (statuses[input] != 0)
		osip_message_set_status_code(o, statuses[input]);
	else
		osip_message_set_method(
		    o, osip_strdup(input == SIP_IN_ACK ? "ACK" : "OPTIONS"));
	return end_stand_in(e, o,
	    add_via(o, transport) &&
		(tr->machine != SIP_ICT || input != SIP_IN_FINAL ||
		    add_identity(o)));
}
