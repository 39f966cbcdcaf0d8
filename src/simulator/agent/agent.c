/*
 * A user agent's life, its words in the trace, and its identity (RFC 3323, RFC
 * 3325).
 */
#include "agent/agent.h"

#include "agent/requests.h"
#include "base/err.h"
#include "base/mem.h"
#include "msg/chars.h"
#include "msg/parts.h"
#include "node/fields.h"

#include <string.h>

struct privacy_fields {
	struct sip_header list[NODE_FIELDS + 2]; /* those of the spec, and the
						    two of this file */
	struct buf preferred, privacy;
};

/* ---- Identity: RFC 3323 4.1, 4.2, RFC 3325 9.2 ---- */

/* RFC 3323 4.1.1.3: the anonymous address. */
#define ANONYMOUS "\"Anonymous\" <sip:anonymous@anonymous.invalid>"

/* The values of the attribute `privacy`, with spaces or semicolons between, as
 * the field has them.  Words that are no tokens are left out. */
static void
write_privacy(const struct agent *agent, struct buf *out)
{
	const char *said = node_attr(agent->node, "privacy", "");
	bool between = false;

	for (const char *p = said; *p != '\0'; p++) {
		if (!chars_are(*p, CHARS_TOKEN)) {
			between = true;
			continue;
		}
		if (between && out->n > 0)
			buf_putc(out, ';');
		between = false;
		buf_putc(out, *p);
	}
}

/* The From of the requests that AGENT sends as SELF, except for its tag. */
static const char *
agent_from(const struct agent *agent, const struct agent_identity *self)
{
	const char *said = node_attr(agent->node, "privacy", "");

	/* RFC 3323 4.2: "none" stands alone. */
	return said[0] == '\0' || strcmp(said, "none") == 0 ? self->identity
							    : ANONYMOUS;
}

/* Adds the two fields to SPEC, of a request outside of dialogs.  SPEC then
 * points into ID, which is freed after the request was built.  0 or ERR_NOMEM.
 */
static int
agent_identify(const struct agent *agent, struct privacy_fields *id,
    struct sip_request_spec *spec)
{
	const char *preferred = node_attr(agent->node, "preferred", NULL);
	size_t n = spec->nheaders < NODE_FIELDS ? spec->nheaders : NODE_FIELDS;

	id->preferred = id->privacy = BUF_INIT;
	if (n > 0)
		memcpy(id->list, spec->headers, n * sizeof(id->list[0]));
	if (preferred != NULL) {
		buf_printf(&id->preferred, "<%s>", preferred);
		id->list[n++] = (struct sip_header){ "P-Preferred-Identity",
			buf_view(&id->preferred) };
	}
	write_privacy(agent, &id->privacy);
	if (id->privacy.n > 0)
		id->list[n++] =
		    (struct sip_header){ "Privacy", buf_view(&id->privacy) };
	spec->headers = id->list;
	spec->nheaders = n;
	return id->preferred.err != 0 ? id->preferred.err : id->privacy.err;
}

static void
privacy_fields_free(struct privacy_fields *id)
{
	buf_free(&id->preferred);
	buf_free(&id->privacy);
}

struct sim *
agent_sim(const struct agent *agent)
{
	return agent->node->world->sim;
}

void
agent_fail_memory(const struct agent *agent)
{
	node_fail_memory(agent->node);
}

void
agent_tell(struct agent *agent, const char *state)
{
	const struct world_watch *watch = &agent->node->world->watch;

	if (watch->changed != NULL)
		watch->changed(agent->node->name, state, watch->arg);
}

void
agent_note_bad(struct agent *agent, enum rule_id why,
    enum trace_refusal refusal, struct str at)
{
	node_note_bad(agent->node, why, refusal, at);
}

void
agent_note_act(struct agent *agent, const char *verb, const char *object)
{
	struct sim *sim = agent_sim(agent);
	struct trace_writer *w = sim_trace(sim);

	sim_open(sim, TRACE_ACT, agent->node->name, RULE_NONE);
	trace_put_cstr(w, "by", "config");
	trace_put_cstr(w, "verb", verb);
	trace_put_cstr(w, "on", object);
	sim_set_cause(sim, trace_close(w));
}

struct str
agent_write_key(struct agent *agent, struct str a, struct str b, struct str c)
{
	buf_clear(&agent->key);
	buf_str(&agent->key, a);
	buf_putc(&agent->key, '\n');
	buf_str(&agent->key, b);
	buf_putc(&agent->key, '\n');
	buf_str(&agent->key, c);
	return buf_view(&agent->key);
}

int
agent_send(struct agent *agent, struct sip_bytes *request,
    const struct addr *dst, const struct sip_origin *origin,
    const struct sip_transaction_ops *ops, void *arg,
    struct sip_transaction **tr)
{
	int err = sip_client_create(
	    agent->node->stack, request, dst, origin, ops, arg, tr);

	if (err == ERR_NOMEM)
		agent_fail_memory(agent);
	else if (err != 0)
		agent_note_bad(agent, origin->why, TRACE_REFUSAL_REQUEST,
		    world_read(agent->node->world, request)->uri);
	return err;
}

int
agent_request_build(struct agent *agent, struct sip_request_spec spec,
    struct str tag, struct agent_request *r)
{
	LOCAL_BUF from = BUF_INIT, to = BUF_INIT, call_id = BUF_INIT;
	struct sip_stack *stack = agent->node->stack;
	const struct node_face *face =
	    agent_face_toward(agent, spec.uri, spec.direct);
	struct privacy_fields id;
	struct agent_routes routes;
	int err = agent_preload(
	    agent, agent_outbound(agent, 0), spec.uri, true, &routes);

	if (spec.direct)
		routes.n = 0;
	if (r->self == NULL)
		r->self = agent->self;
	buf_str(&from,
	    spec.from.n > 0 ? spec.from : str_of(agent_from(agent, r->self)));
	buf_puts(&from, ";tag=");
	buf_str(&from, tag);
	if (spec.to.n > 0)
		buf_str(&to, spec.to);
	else
		buf_printf(&to, "<%.*s>", STR_ARG(spec.uri));
	if (spec.call_id.n > 0) {
		buf_str(&call_id, spec.call_id);
	} else {
		sip_stack_token(stack, SIP_STREAM_CALL_ID, 12, &call_id);
		buf_putc(&call_id, '@');
		node_face_write_host(face, &call_id);
	}
	if (agent_identify(agent, &id, &spec) != 0 || from.err != 0 ||
	    to.err != 0 || call_id.err != 0)
		err = ERR_NOMEM;
	spec.from = buf_view(&from);
	spec.to = buf_view(&to);
	spec.call_id = buf_view(&call_id);
	if (spec.cseq == 0)
		spec.cseq = 1;
	/* RFC 3428 4, RFC 3903 table 1: these two have none. */
	if (spec.contact.n == 0 && r->contact != AGENT_CONTACT_NONE &&
	    !str_is(spec.method, "MESSAGE") &&
	    !str_is(spec.method, "PUBLISH")) {
		spec.contact =
		    str_of(agent_identity_contact(r->self, face, ADDR_DEFAULT));
		if (r->contact == AGENT_CONTACT_GIVEN)
			r->contact = AGENT_CONTACT_FACE;
	}
	if (spec.nroutes == 0) {
		spec.routes = routes.list;
		spec.nroutes = routes.n;
	}
	if (err == 0)
		err = sip_build_request(stack, &spec, &r->bytes);
	buf_free(&routes.text);
	privacy_fields_free(&id);
	return err;
}

/* ---- names ---- */

static char *
make_canonical(const char *aor)
{
	struct buf b = BUF_INIT;

	if (msg_uri_aor(str_of(aor), &b) != 0) {
		buf_clear(&b);
		buf_puts(&b, aor);
	}
	return buf_take(&b);
}

char *
agent_contact_of(const struct node *n, const struct node *asker)
{
	LOCAL_MEM char *aor = node_aor(n);

	return aor != NULL ? agent_identity_write(node_face_for(n, asker), aor,
				 node_transport(n))
			   : NULL;
}

const char *
agent_contact(const struct agent *agent, const struct node_face *face)
{
	return agent_identity_contact(agent->self, face, ADDR_DEFAULT);
}

const struct node_face *
agent_face_of(const struct agent *agent, const struct sip_in *in)
{
	const struct node_face *f = node_face_at(agent->node, &in->at);

	return f != NULL ? f : node_face_toward(agent->node, &in->src);
}

int
agent_moved(struct agent *agent)
{
	return agent_identity_moved(agent->self, agent->node);
}

struct agent_identity *
agent_identity_for(struct agent *agent, struct str uri)
{
	struct agent_identity *self = agent->ops->self_for != NULL
					  ? agent->ops->self_for(agent, uri)
					  : NULL;

	return self != NULL ? self : agent->self;
}

/* ---- life ---- */

int
agent_begin(struct agent *agent, struct node *n, const struct agent_ops *ops)
{
	agent->ops = ops;
	agent->node = n;
	list_init(&agent->clients);
	list_init(&agent->calls);
	list_init(&agent->over);
	list_init(&agent->mortals);
	list_init(&agent->subscribers);
	list_init(&agent->notifiers);
	list_init(&agent->recent_calls.order);
	agent->self = agent_identity_new(n, node_aor(n), false, "");
	if (agent->self == NULL)
		return ERR_NOMEM;
	agent->aor = agent->self->aor;
	agent->canonical = make_canonical(agent->aor);
	if (agent->canonical == NULL)
		return ERR_NOMEM;
	if (agent_recent_calls_begin(&agent->recent_calls) != 0 ||
	    map_create(&agent->by_request) != 0 ||
	    map_create(&agent->by_prack) != 0 ||
	    map_create(&agent->by_name) != 0 ||
	    map_create(&agent->by_ask) != 0 ||
	    map_create(&agent->by_subscription) != 0)
		return ERR_NOMEM;
	return map_create(&agent->by_dialog);
}

void
agent_end(struct agent *agent)
{
	list_each (struct agent_client, q, &agent->clients, link)
		agent_client_drop(q);
	agent_auth_stop(agent);
	map_destroy(agent->by_request);
	map_destroy(agent->by_prack);
	map_destroy(agent->by_name);
	map_destroy(agent->by_dialog);
	agent_recent_calls_free(agent);
	map_destroy(agent->by_ask);
	map_destroy(agent->by_subscription);
	buf_free(&agent->key);
	mem_free(agent->canonical);
	ref_drop(agent->self);
	mem_free(agent->service_route);
}
