/*
 * Whose question it is.  A capture of a host has questions of its other
 * programs, too: SIP's are those for a name that its messages have, or whose
 * answers lead to one, and those that nobody else asks (RFC 3263 4.1, RFC 6116
 * 3.2).  What goes to an address of a session description is no question to a
 * server: it keeps a NAT's binding open (RFC 6263 4).
 */
#include "inspect/service.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/multipart.h"
#include "story/serving.h"

static void
put_name(struct inspect *in, struct str name)
{
	buf_clear(&in->bytes2);
	for (size_t i = 0; i < name.n; i++)
		buf_putc(&in->bytes2, chr_lower(name.p[i]));
	if (name.n > 1 && name.p[name.n - 1] == '.')
		in->bytes2.n--;
	inspect_put_number(
	    in, inspect_key(in, "named", buf_view(&in->bytes2)), 1);
}

/* ---- what messages have ---- */

static void
put_uri(struct inspect *in, struct str text)
{
	struct msg_uri uri;

	if (msg_uri_read(text, &uri) == 0 && uri.sip)
		put_name(in, uri.host);
}

static void
put_field(struct inspect *in, const struct msg *m, enum msg_header id)
{
	struct msg_values iter = { 0 };
	struct str value;
	struct msg_via via;

	while (msg_next_value(m, id, &iter, &value))
		if (id != MSG_H_VIA)
			put_uri(in, msg_addr_uri(value));
		else if (msg_via_read(value, &via) == 0)
			put_name(in, via.host);
}

static void
put_media(struct inspect *in, struct str sdp)
{
	struct buf text = BUF_INIT;
	struct str at;
	struct addr a;

	if (sdp.n == 0 || msg_sdp_read(in->sdp, sdp, &at) != 0)
		return;
	for (size_t i = 0; i < in->sdp->nmedia; i++) {
		if (addr_parse(in->sdp->media[i].address, &a) != 0)
			continue;
		a.port = in->sdp->media[i].port;
		buf_clear(&text);
		addr_write(&a, &text);
		put_name(in, buf_view(&text));
	}
	buf_end(&text, &in->err);
}

static void
put_message(struct inspect *in, const struct msg *m)
{
	static const enum msg_header fields[] = { MSG_H_VIA, MSG_H_ROUTE,
		MSG_H_RECORD_ROUTE, MSG_H_FROM, MSG_H_TO, MSG_H_CONTACT,
		MSG_H_PATH, MSG_H_SERVICE_ROUTE, MSG_H_REFER_TO };

	if (m->request)
		put_uri(in, m->uri);
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		put_field(in, m, fields[i]);
	put_media(in, msg_sdp_of(m));
}

/* All of the trace: a name is asked for before a message goes there. */
static int
read_names(struct inspect *in, const struct trace *t)
{
	struct story_message *m = mem_zalloc(1, sizeof(*m));
	int err = m != NULL ? 0 : ERR_NOMEM;

	for (uint64_t seq = 1; err == 0 && seq <= trace_count(t); seq++) {
		if (trace_kind_of(t, seq) != TRACE_SEND)
			continue;
		err = story_read(m, t, seq);
		if (err == 0 && m->sip)
			err = story_read_text(m);
		if (err == 0 && m->sip)
			put_message(in, &m->msg);
		err = err == ERR_NOMEM ? err : in->err;
	}
	if (m != NULL)
		story_free(m);
	mem_free(m);
	return err;
}

bool
service_is_named(struct look *l, struct str name)
{
	struct inspect *in = l->in;

	if (!in->names_read)
		in->err = read_names(in, l->t);
	in->names_read = true;
	return inspect_number(in, inspect_key(in, "named", name)) != 0;
}

/* ---- whose it is ---- */

/* Nobody else asks for that. */
static bool
is_sip_only(struct str name)
{
	return str_starts(name, "_sip.") || str_starts(name, "_sips.") ||
	       str_ends(name, ".e164.arpa");
}

void
service_note_target(struct inspect *in, struct str asked, struct str target)
{
	struct str name;

	str_cut(asked, ' ', &name);
	if (is_sip_only(name) || str_starts(asked, "NAPTR "))
		put_name(in, target);
}

bool
service_is_of_sip(struct look *l, uint64_t seq, struct str asked)
{
	struct str name;

	str_cut(asked, ' ', &name);
	return l->in->whole || is_sip_only(name) ||
	       serving_call(l->in->serving, seq).n > 0 ||
	       service_is_named(l, name);
}
