/*
 * What a user agent is called: its address-of-record, its Contact (RFC 3261
 * 8.1.1, 10.2.1); its life, and what it says in the trace.
 */
#include "agent/agent.h"

#include "agent/requests.h"
#include "agent/self.h"
#include "base/err.h"
#include "base/mem.h"
#include "msg/chars.h"
#include "msg/parts.h"
#include "node/fields.h"
#include "node/flow.h"
#include "node/uri.h"

#include <string.h>

/*
 * What a user agent says of who it is: the hint for the proxy that knows it
 * (P-Preferred-Identity, RFC 3325 9.2), the wish not to be known to others
 * (Privacy, RFC 3323 4.2) and the From that goes with it (4.1).
 */

struct agent_identity {
	struct sip_header list[NODE_FIELDS + 2]; /* those of the spec, and the
						    two of this file */
	struct buf preferred, privacy;
};

/* Names of agents. */

/* Whether LABEL begins with a line break as DOT writes one: \n, and \l or \r
 * behind a line that is set left or right. */
static bool
is_line_break(const char *label)
{
	return label[0] == '\\' &&
	       (label[1] == 'n' || label[1] == 'l' || label[1] == 'r');
}

/* RFC 3261 25.1, quoted-string: LABEL on one line. */
static void
put_display_name(struct buf *b, const char *label)
{
	buf_putc(b, '"');
	for (const char *p = label; *p != '\0'; p++) {
		bool broken = is_line_break(p);
		bool control = (unsigned char)*p < ' ' || *p == '\177';

		if (!broken && (*p == '"' || *p == '\\'))
			buf_putc(b, '\\');
		buf_putc(b, broken || control ? ' ' : *p);
		p += broken;
	}
	buf_puts(b, "\" ");
}

/* 20.20: `"Alice" <sip:…>`, the label being the display name. */
static char *
make_identity(const struct node *n, const char *aor)
{
	const char *label = node_attr(n, "label", "");
	struct buf b = BUF_INIT;

	if (label[0] != '\0')
		put_display_name(&b, label);
	buf_printf(&b, "<%s>", aor);
	return buf_take(&b);
}

/* Requests to it shall go by BY (RFC 3263 4.1). */
static char *
agent_write_address(const struct node_face *f, const char *aor,
    enum addr_transport by, bool sips)
{
	const char *given = node_attr(f->node, "contact", NULL);
	bool nameless = node_is_nameless(f->node);
	struct buf b = BUF_INIT;
	struct msg_uri u;
	struct addr at;

	if (given != NULL) {
		buf_printf(&b, "<%s>", given);
		return buf_take(&b);
	}
	if (sips)
		by = addr_transports[by].sips;
	at = !addr_transports[by].stream && f->mapped.len != 0
		 ? f->mapped
		 : node_face_addr(f, by);
	/* RFC 7118 8.1: a browser gives sip, also by TLS, and so does a user
	 * agent that is reached over the flow that it has opened: sips would
	 * shut out callers without TLS (RFC 5630 3.1). */
	buf_printf(&b, "<%s",
	    nameless ||
		    (addr_is_secure_websocket(by) && node_has_flows(f->node))
		? "sip:"
		: addr_scheme(by));
	if (msg_uri_read(str_of(aor), &u) == 0 && u.user.n > 0) {
		buf_str(&b, u.user);
		buf_putc(&b, '@');
	}
	if (nameless)
		buf_puts(&b, f->node->nameless);
	else
		addr_write(&at, &b);
	addr_write_transport(by, &b);
	if (sips)
		node_make_sips(&b, 1);
	buf_putc(&b, '>');
	return buf_take(&b);
}

char *
agent_self_write(
    const struct node_face *f, const char *aor, enum addr_transport by)
{
	return agent_write_address(f, aor, by, node_is_sips(str_of(aor)));
}

/* RFC 5626 4.3: requests back in a dialog shall come over the flow that it is
 * begun by. */
static char *
write_own(const struct node_face *f, const char *aor, enum addr_transport by,
    bool sips)
{
	char *plain = agent_write_address(f, aor, by, sips);
	struct buf b = BUF_INIT;

	if (plain == NULL || !node_has_flows(f->node))
		return plain;
	buf_add(&b, plain, strlen(plain) - 1);
	buf_puts(&b, ";ob>");
	mem_free(plain);
	return buf_take(&b);
}

static char *
make_contact(const struct agent_self *self, const struct node_face *f,
    enum addr_transport by, bool sips)
{
	struct buf b = BUF_INIT;
	char *at;

	/* RFC 5630 5.1.1.4: a GRUU has both schemes. */
	if (self->gruu != NULL) {
		buf_printf(&b, "<%s", self->gruu);
		if (sips)
			node_make_sips(&b, 1);
		else
			node_make_sip(&b, 1);
		buf_putc(&b, '>');
		return buf_take(&b);
	}
	if (self->uri == NULL && self->params[0] == '\0')
		return write_own(f, self->aor, by, sips);
	if (self->uri != NULL) {
		buf_printf(&b, "<%s>", self->uri);
	} else {
		at = agent_write_address(f, self->aor, by, sips);
		if (at == NULL)
			return NULL;
		buf_puts(&b, at);
		mem_free(at);
	}
	buf_puts(&b, self->params);
	return buf_take(&b);
}

static int
make_contacts(struct agent_self *self, const struct node *n, size_t face)
{
	char **contacts = self->contacts[face];
	uint8_t end = node_has_tls(n) ? AGENT_CONTACTS : ADDR_TRANSPORTS;

	for (uint8_t i = 0; i < end; i++) {
		bool sips = i >= ADDR_TRANSPORTS;
		uint8_t named = sips ? i - ADDR_TRANSPORTS : i;
		enum addr_transport by =
		    named == ADDR_DEFAULT ? node_transport(n) : named;
		char *contact = make_contact(self, &n->faces[face], by, sips);

		if (contact == NULL)
			return ERR_NOMEM;
		mem_free(contacts[i]);
		contacts[i] = contact;
	}
	return 0;
}

int
agent_self_moved(struct agent_self *self, const struct node *n)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < n->nfaces; i++)
		err = make_contacts(self, n, i);
	return err;
}

static void
free_self(void *p)
{
	struct agent_self *self = p;

	mem_free(self->aor);
	mem_free(self->identity);
	mem_free(self->gruu);
	for (size_t i = 0; i < NODE_FACES; i++)
		for (size_t k = 0; k < AGENT_CONTACTS; k++)
			mem_free(self->contacts[i][k]);
}

int
agent_self_call(struct agent_self *self, const struct node *n, struct str gruu)
{
	int err = str_keep(&self->gruu, gruu);

	return err == 0 ? agent_self_moved(self, n) : err;
}

struct agent_self *
agent_self_new(const struct node *n, char *aor, bool named, const char *params)
{
	struct agent_self *self =
	    aor != NULL ? ref_alloc(sizeof(*self), free_self) : NULL;

	if (self == NULL) {
		mem_free(aor);
		return NULL;
	}
	self->aor = aor;
	self->uri = named ? aor : NULL;
	self->params = params;
	self->identity = make_identity(n, aor);
	if (self->identity != NULL && agent_self_moved(self, n) == 0)
		return self;
	ref_drop(self);
	return NULL;
}

uint8_t
agent_contact_by(enum addr_transport transport, struct str uri)
{
	return (uint8_t)(transport + (node_is_sips(uri) ? ADDR_TRANSPORTS : 0));
}

const char *
agent_self_contact(
    const struct agent_self *self, const struct node_face *face, uint8_t by)
{
	char *const *contacts = self->contacts[face - face->node->faces];

	return contacts[contacts[by] != NULL ? by : by % ADDR_TRANSPORTS];
}

/* RFC 3323 4.1, 4.2, RFC 3325 9.2. */

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

/* The From of the requests that AGENT sends as SELF, but for its tag. */
static const char *
agent_from(const struct agent *agent, const struct agent_self *self)
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
agent_identify(const struct agent *agent, struct agent_identity *id,
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
agent_identity_free(struct agent_identity *id)
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
	const struct node_face *face = agent_face_toward(agent, spec.uri);
	struct agent_identity id;
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
		    str_of(agent_self_contact(r->self, face, ADDR_DEFAULT));
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
	agent_identity_free(&id);
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
	char *aor = node_aor(n);
	char *contact = aor != NULL ? agent_self_write(node_face_for(n, asker),
					  aor, node_transport(n))
				    : NULL;

	mem_free(aor);
	return contact;
}

const char *
agent_contact(const struct agent *agent, const struct node_face *face)
{
	return agent_self_contact(agent->self, face, ADDR_DEFAULT);
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
	return agent_self_moved(agent->self, agent->node);
}

struct agent_self *
agent_self_for(struct agent *agent, struct str uri)
{
	struct agent_self *self = agent->ops->self_for != NULL
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
	list_init(&agent->ended.order);
	agent->self = agent_self_new(n, node_aor(n), false, "");
	if (agent->self == NULL)
		return ERR_NOMEM;
	agent->aor = agent->self->aor;
	agent->canonical = make_canonical(agent->aor);
	if (agent->canonical == NULL)
		return ERR_NOMEM;
	if (agent_ended_begin(&agent->ended) != 0 ||
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
	agent_ended_free(agent);
	map_destroy(agent->by_ask);
	map_destroy(agent->by_subscription);
	buf_free(&agent->key);
	mem_free(agent->canonical);
	ref_drop(agent->self);
	mem_free(agent->service_route);
}
