/*
 * Names of agents: address-of-record, Contact (RFC 3261 8.1.1, 10.2.1); see
 * agent/agent_identity.h.
 */
#include "agent/agent_identity.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "node/flow.h"
#include "node/uri.h"

#include <string.h>

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
agent_identity_write(
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
make_contact(const struct agent_identity *self, const struct node_face *f,
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
make_contacts(struct agent_identity *self, const struct node *n, size_t face)
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
agent_identity_moved(struct agent_identity *self, const struct node *n)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < n->nfaces; i++)
		err = make_contacts(self, n, i);
	return err;
}

static void
free_self(void *p)
{
	struct agent_identity *self = p;

	mem_free(self->aor);
	mem_free(self->identity);
	mem_free(self->gruu);
	for (size_t i = 0; i < NODE_FACES; i++)
		for (size_t k = 0; k < AGENT_CONTACTS; k++)
			mem_free(self->contacts[i][k]);
}

int
agent_identity_call(
    struct agent_identity *self, const struct node *n, struct str gruu)
{
	int err = str_keep(&self->gruu, gruu);

	return err == 0 ? agent_identity_moved(self, n) : err;
}

struct agent_identity *
agent_identity_new(
    const struct node *n, char *aor, bool named, const char *params)
{
	struct agent_identity *self =
	    aor != NULL ? ref_alloc(sizeof(*self), free_self) : NULL;

	if (self == NULL) {
		mem_free(aor);
		return NULL;
	}
	self->aor = aor;
	self->uri = named ? aor : NULL;
	self->params = params;
	self->identity = make_identity(n, aor);
	if (self->identity != NULL && agent_identity_moved(self, n) == 0)
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
agent_identity_contact(
    const struct agent_identity *self, const struct node_face *face, uint8_t by)
{
	char *const *contacts = self->contacts[face - face->node->faces];

	return contacts[contacts[by] != NULL ? by : by % ADDR_TRANSPORTS];
}
