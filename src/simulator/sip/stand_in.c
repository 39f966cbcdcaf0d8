/*
 * Stand-ins.  What this node sends goes out as the bytes it has; of it
 * libosip2's machines (RFC 3261 17) need no more than shows them what it is:
 * method or status, and a topmost Via.  Of an INVITE they copy URI, From, To,
 * Call-ID and CSeq into the ACK for a refusal, and ask nothing of them but to
 * be there; the ACK that goes out is ours.  So nothing that was written here is
 * parsed again.
 */
#include "sip/stand_in.h"

#include <stdlib.h> /* libosip2's macros want it */
#include <string.h>

static char *
copy(struct str s)
{
	char *p = osip_malloc(s.n + 1);

	if (p != NULL) {
		memcpy(p, s.p, s.n);
		p[s.n] = '\0';
	}
	return p;
}

/* libosip2 keeps, and frees, what its fields are set to.
 * NOLINTBEGIN(clang-analyzer-unix.Malloc) */
static osip_uri_t *
nowhere(void)
{
	osip_uri_t *u;

	if (osip_uri_init(&u) != 0)
		return NULL;
	osip_uri_set_scheme(u, copy(STR("sip")));
	osip_uri_set_host(u, copy(STR("invalid")));
	return u;
}

static bool
put_via(osip_message_t *o, struct str transport)
{
	osip_via_t *via;

	if (osip_via_init(&via) != 0)
		return false;
	/* libosip2 5.3.1 has other names for what sets these, in a library of
	 * the same name: a program that calls either runs with one version
	 * alone. */
	via->version = copy(STR("2.0"));
	via->protocol = copy(transport);
	via->host = copy(STR("invalid"));
	return osip_list_add(&o->vias, via, 0) > 0;
}

/* What osip_transaction_init and the ACK for a refused INVITE copy. */
static bool
add_identity(osip_message_t *o, struct str method)
{
	if (osip_from_init(&o->from) != 0 || osip_to_init(&o->to) != 0 ||
	    osip_call_id_init(&o->call_id) != 0 ||
	    osip_cseq_init(&o->cseq) != 0)
		return false;
	osip_message_set_uri(o, nowhere());
	o->from->url = nowhere();
	o->to->url = nowhere();
	osip_call_id_set_number(o->call_id, copy(STR("stand-in")));
	osip_cseq_set_number(o->cseq, copy(STR("1")));
	osip_cseq_set_method(o->cseq, copy(method));
	return o->req_uri != NULL && o->from->url != NULL && o->to->url != NULL;
}

/* An empty message, or NULL. */
static osip_message_t *
begin_stand_in_message(struct sip_engine *e)
{
	osip_message_t *o;

	if (sip_engine_enter(e) != 0)
		return NULL;
	if (osip_message_init(&o) != 0) {
		sip_no_memory(e);
		return NULL;
	}
	osip_message_set_version(o, copy(STR("SIP/2.0")));
	return o;
}

static osip_message_t *
end(struct sip_engine *e, osip_message_t *o, bool ok)
{
	if (ok)
		return o;
	osip_message_free(o);
	sip_no_memory(e);
	return NULL;
}

osip_message_t *
sip_stand_in_request(
    struct sip_engine *e, struct str method, struct str transport)
{
	osip_message_t *o = begin_stand_in_message(e);

	if (o == NULL)
		return NULL;
	osip_message_set_method(o, copy(method));
	return end(e, o,
	    put_via(o, transport) &&
		(!str_eq(method, STR("INVITE")) || add_identity(o, method)));
}

osip_message_t *
sip_stand_in_response(struct sip_engine *e, unsigned status)
{
	osip_message_t *o = begin_stand_in_message(e);

	if (o == NULL)
		return NULL;
	osip_message_set_status_code(o, (int)status);
	/* They say where it would go; where it goes is our business. */
	return end(
	    e, o, put_via(o, str_of(addr_transports[ADDR_DEFAULT].name)));
}
/* NOLINTEND(clang-analyzer-unix.Malloc) */
