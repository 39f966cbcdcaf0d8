/* Which header fields pass through a pair: machine/passing.h. */
#include "pair/pair_in.h"

#include "machine/passing.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "sip/defaults.h"

/* NAME is one of WORDS, with spaces between them. */
static bool
is_listed(struct str name, const char *words)
{
	struct str rest = str_of(words);

	while (rest.n > 0)
		if (str_ieq(str_cut(rest, ' ', &rest), name))
			return true;
	return false;
}

static bool
describes_body(enum msg_header id)
{
	return id == MSG_H_CONTENT_TYPE || id == MSG_H_CONTENT_ENCODING ||
	       id == MSG_H_CONTENT_DISPOSITION ||
	       id == MSG_H_CONTENT_LANGUAGE || id == MSG_H_MIME_VERSION;
}

/* What of a message goes on: `hides`, and the attributes `strip` (fields that
 * do not) and `allow` (only these do), or NULL. */
struct sieve {
	bool hides;
	const char *strip, *only;
};

static bool
pair_field_is_carried(const struct sieve *y, const struct msg *m, bool body,
    const struct msg_field *f)
{
	/* 21.3: whom a redirection names is for the caller. */
	bool names = f->id == MSG_H_CONTACT && !m->request &&
		     m->status / 100 == 3 && !y->hides;

	if (describes_body(f->id))
		return body;
	if (!m->request && pass_refusal_needs(m->status, f->id))
		return true;
	if (!names && pass_way_of(f->id, m->request, false) != PASS_CARRIED)
		return false;
	if (y->hides && pass_field_of(f->id)->hiding == PASS_HIDDEN)
		return false;
	if (y->strip != NULL && is_listed(f->name, y->strip))
		return false;
	return y->only == NULL || is_listed(f->name, y->only);
}

/* "Name: value" on one line (7.3.1). */
static void
pair_field_put_line(struct str name, struct str value, struct buf *out)
{
	buf_str(out, name);
	buf_puts(out, ": ");
	for (size_t i = 0; i < value.n; i++) {
		char c = value.p[i];

		if (c != '\r')
			buf_putc(out, c == '\n' ? ' ' : c);
	}
	buf_putc(out, '\n');
}

/* 19.1.1: the host of URI is an address, which tells where its user is. */
static bool
pair_field_names_address(struct str uri, struct msg_uri *u)
{
	struct addr a;

	return msg_uri_read(uri, u) == 0 && addr_parse(u->host, &a) == 0;
}

/* PARTY, "Alice <sip:alice@10.0.0.7:5070>;tag=…", says FACE's address, if its
 * URI has one; that is all that is left behind the user. */
static void
name_box(const struct node_face *face, struct buf *party)
{
	struct msg_addr addr;
	struct msg_uri u;
	struct buf out = BUF_INIT;
	struct str all = buf_view(party);
	size_t at;

	if (msg_addr_read(all, &addr) != 0 ||
	    !pair_field_names_address(addr.uri, &u))
		return;
	at = (size_t)(u.host.p - all.p);
	/* 25.1: an IPv6 address is in brackets. */
	if (at > 0 && all.p[at - 1] == '[')
		at--;
	buf_str(&out, str_slice(all, 0, at));
	addr_write_host(&face->addr, &out);
	at = (size_t)(addr.uri.p - all.p) + addr.uri.n;
	buf_str(&out, str_slice(all, at, all.n));
	buf_free(party);
	*party = out;
}

void
pair_hide_party(
    const struct pairs *pairs, const struct node_face *face, struct buf *party)
{
	if (pair_hides(pairs))
		name_box(face, party);
}

/* The same with FACE's address in the place of addresses that tell a user's
 * location. */
static void
pair_field_put_named(
    const struct msg_field *f, const struct node_face *face, struct buf *out)
{
	struct str rest = f->value;
	LOCAL_BUF party = BUF_INIT;

	while (rest.n > 0) {
		buf_clear(&party);
		buf_str(&party, msg_cut_value(&rest));
		name_box(face, &party);
		pair_field_put_line(f->name, buf_view(&party), out);
	}
}

/* F as a box that hides its network says it at FACE.  0, ERR_NOMEM,
 * ERR_LIMIT. */
static int
put_hidden(struct pairs *pairs, const struct msg_field *f,
    const struct node_face *face, struct buf *out)
{
	enum pass_hiding hiding = pass_field_of(f->id)->hiding;
	LOCAL_BUF value = BUF_INIT;
	int err = 0;

	if (hiding == PASS_NAMED) {
		pair_field_put_named(f, face, out);
	} else if (hiding == PASS_BOUND) {
		err = pair_bind_referred(pairs, f->value, face, &value);
		pair_field_put_line(f->name, buf_view(&value), out);
	} else {
		pair_field_put_line(f->name, f->value, out);
	}
	return err != 0 ? err : out->err;
}

int
pair_fields_carry(struct pairs *pairs, const struct msg *m, bool body,
    const struct node_face *face, struct node_fields *out)
{
	const struct node *n = pairs->agent.node;
	struct sieve sieve = {
		.hides = pair_hides(pairs),
		.strip = node_attr(n, "strip", NULL),
		.only = node_attr(n, "allow", NULL),
	};
	LOCAL_BUF lines = BUF_INIT;
	size_t count = 0;
	uint32_t hops;
	int err = 0;

	node_fields_free(out);
	for (size_t i = 0;
	     err == 0 && i < m->nfields && count < NODE_FIELDS - 4; i++) {
		if (!pair_field_is_carried(&sieve, m, body, &m->fields[i]))
			continue;
		if (sieve.hides)
			err = put_hidden(pairs, &m->fields[i], face, &lines);
		else
			pair_field_put_line(
			    m->fields[i].name, m->fields[i].value, &lines);
		count++;
	}
	if (m->request && pair_next_hops(m, &hops) &&
	    (pair_faults(pairs) & PAIR_FAULT_BIT(PAIR_FAULT_HOPS)) == 0)
		buf_printf(&lines, "Max-Forwards: %u\n", hops);
	if (err == 0)
		err = lines.err;
	if (err == 0)
		err = node_fields_read(out, buf_view(&lines), NULL);
	return err;
}

void
pair_add_field(struct node_fields *f, const char *name, struct str value)
{
	if (f->n < NODE_FIELDS)
		f->list[f->n++] = (struct sip_header){ name, value };
}

void
pair_write_party(const struct msg *m, enum msg_header id, struct buf *out)
{
	msg_write_untagged(msg_value(m, id), out);
}

void
pair_write_called(const struct pairs *pairs, const struct msg *m,
    const struct node_face *face, struct buf *out)
{
	pair_write_party(m, MSG_H_TO, out);
	if (node_is_uri(pairs->agent.node, msg_addr_uri(buf_view(out))))
		pair_hide_party(pairs, face, out);
}

bool
pair_next_hops(const struct msg *m, uint32_t *hops)
{
	struct str value = msg_value(m, MSG_H_MAX_FORWARDS);

	*hops = SIP_MAX_FORWARDS;
	if (value.n == 0 || str_u32(value, hops) != 0)
		return true;
	if (*hops == 0)
		return false;
	--*hops;
	return true;
}
