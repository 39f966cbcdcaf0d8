/*
 * Forwarding by splicing (RFC 3261 16.6, 16.7): what a proxy must change is
 * changed in place, all else passes byte for byte.  Bytes around the message
 * in its datagram are no part of it and stay behind (7.5, 18.3).
 */
#include "sip/forward.h"

#include "base/err.h"
#include "msg/header_names.h"
#include "msg/headers.h"
#include "msg/parts.h"
#include "msg/splice.h"
#include "sip/defaults.h"

/* Takes the first N values of the fields with ID off: a whole field where none
 * of its values is left, else up to where the next one begins. */
static void
drop_values(
    struct msg_splice *sp, const struct msg *m, enum msg_header id, size_t n)
{
	const struct msg_field *f;

	for (size_t i = 0; n > 0 && (f = msg_field(m, id, i)) != NULL; i++) {
		struct str rest = f->value;

		while (n > 0 && rest.n > 0) {
			if (msg_cut_value(&rest).n > 0)
				n--;
			rest = str_trim(rest);
		}
		if (rest.n == 0)
			msg_splice_delete(sp, f->line);
		else
			msg_splice_delete(
			    sp, (struct str){ f->value.p,
				    (size_t)(rest.p - f->value.p) });
	}
}

/* Puts "NAME: VALUE" before the first field with ID, else behind the Vias. */
static void
put_first_field(struct msg_splice *sp, const struct msg *m, enum msg_header id,
    const char *name, struct str value)
{
	const struct msg_field *f = msg_field(m, id, 0);
	LOCAL_BUF line = BUF_INIT;
	size_t after = 0;

	if (value.n == 0)
		return;
	buf_puts(&line, name);
	buf_puts(&line, ": ");
	buf_str(&line, value);
	buf_puts(&line, "\r\n");
	for (size_t i = 0; i < m->nfields; i++)
		if (m->fields[i].id == MSG_H_VIA)
			after = i;
	if (line.err != 0)
		sp->err = line.err;
	else if (f != NULL)
		msg_splice_before(sp, f->line, buf_view(&line));
	else
		msg_splice_after(sp, m->fields[after].line, buf_view(&line));
}

static struct str
in_decimal(uint32_t v, char (*digits)[STR_DIGITS])
{
	char *end = *digits + STR_DIGITS, *at = str_decimal(end, v);

	return (struct str){ at, (size_t)(end - at) };
}

static void
count_hop(struct msg_splice *sp, const struct msg *m)
{
	struct str value = msg_value(m, MSG_H_MAX_FORWARDS);
	char digits[STR_DIGITS];
	uint32_t n;

	if (value.n == 0) {
		put_first_field(sp, m, MSG_H_OTHER, "Max-Forwards",
		    in_decimal(SIP_MAX_FORWARDS, &digits));
		return;
	}
	if (str_u32(value, &n) != 0 || n == 0) {
		sp->err = ERR_RANGE;
		return;
	}
	msg_splice_replace(sp, value, in_decimal(n - 1, &digits));
}

/* The number of the field with ID, whose parameters stay; 0: as it is. */
static void
put_field_number(struct msg_splice *sp, const struct msg *m, enum msg_header id,
    uint32_t number)
{
	struct str params, value = msg_cut_params(msg_value(m, id), &params);
	char digits[STR_DIGITS];
	struct str text;

	if (number == 0)
		return;
	text = in_decimal(number, &digits);
	if (value.n > 0)
		msg_splice_replace(sp, value, text);
	else
		put_first_field(sp, m, id, msg_header_info(id)->name, text);
}

/* Vias, Routes and the like have places of their own: none of them is in
 * CHANGE. */
static void
change_fields(
    struct msg_splice *sp, const struct msg *m, const struct sip_change *change)
{
	const struct msg_field *f;

	struct msg_addr contact;

	if (change == NULL)
		return;
	if (change->contact.n > 0 &&
	    msg_addr_read(msg_value(m, MSG_H_CONTACT), &contact) == 0)
		msg_splice_after(sp, contact.uri, change->contact);
	for (size_t i = 0; i < change->ndrop; i++)
		for (size_t n = 0;
		     (f = msg_field(m, change->drop[i], n)) != NULL; n++)
			msg_splice_delete(sp, f->line);
	if (change->add.n > 0)
		msg_splice_after(
		    sp, m->fields[m->nfields - 1].line, change->add);
}

/* RFC 7339 4: the parameters of a Via that say something of its hop alone. */
static bool
is_overload_param(struct str name)
{
	static const char *const names[] = { "oc", "oc-algo", "oc-validity",
		"oc-seq" };

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (str_iis(name, names[i]))
			return true;
	return false;
}

/* VIA without those, and with MORE behind. */
static void
bare_via(struct msg_splice *sp, struct str via, struct str more)
{
	LOCAL_BUF kept = BUF_INIT;
	struct str rest, at, name, value;
	struct msg_via v;
	bool any = false;

	if (msg_via_read(via, &v) != 0)
		return;
	for (rest = at = v.params; msg_next_param(&rest, &name, &value);
	     at = rest) {
		if (is_overload_param(name))
			any = true;
		else
			buf_add(&kept, at.p, (size_t)(rest.p - at.p));
	}
	buf_str(&kept, more);
	if (kept.err != 0)
		sp->err = kept.err;
	else if (any)
		msg_splice_replace(sp,
		    (struct str){ v.params.p, (size_t)(at.p - v.params.p) },
		    buf_view(&kept));
	else if (more.n > 0)
		msg_splice_after(sp, via, more);
}

/* Those of all Vias behind the first N, the first of which gets MORE; of so
 * many that there is room for other changes as well. */
static void
bare_vias(
    struct msg_splice *sp, const struct msg *m, unsigned n, struct str more)
{
	struct msg_values it = { 0 };
	struct str via;

	for (unsigned i = 0;
	     sp->n < MSG_SPLICES / 2 && msg_next_value(m, MSG_H_VIA, &it, &via);
	     i++)
		if (i >= n)
			bare_via(sp, via, i == n ? more : STR_NULL);
}

/* M without the empty lines before it and what follows its body. */
static struct str
forwarding_message_of(const struct msg *m)
{
	const char *end =
	    m->body.p != NULL ? m->body.p + m->body.n : m->bytes.p + m->bytes.n;

	return (struct str){ m->start_line.p, (size_t)(end - m->start_line.p) };
}

/* Reserves room once for the usual insertions. */
static void
begin_splice(struct msg_splice *sp, const struct msg *m)
{
	msg_splice_init(sp, forwarding_message_of(m));
	if (buf_reserve(&sp->text, 256) != 0)
		sp->err = ERR_NOMEM;
}

/* The Route value behind the N that are taken off, if any. */
static struct str
next_route(const struct msg *m, unsigned n)
{
	struct msg_values it = { 0 };
	struct str v = STR_NULL;

	for (unsigned i = 0; i <= n; i++)
		if (!msg_next_value(m, MSG_H_ROUTE, &it, &v))
			return STR_NULL;
	return v;
}

/*
 * Step 6: where the next Route is a strict router's (its URI has no lr), the
 * Request-URI becomes the last Route and that URI the Request-URI.  True where
 * this was done.
 */
static bool
route_strictly(
    struct msg_splice *sp, const struct msg *m, const struct sip_forward *f)
{
	struct str uri = f->uri.n > 0 ? f->uri : m->uri, lr;
	struct str next = next_route(m, f->drop_routes);
	const struct msg_field *field, *last = NULL;
	LOCAL_BUF route = BUF_INIT;
	struct msg_addr a;
	struct msg_uri u;

	if (f->strict || f->routes.n > 0 || next.n == 0 ||
	    msg_addr_read(next, &a) != 0 || msg_uri_read(a.uri, &u) != 0 ||
	    !u.sip || msg_param(u.params, "lr", &lr))
		return false;
	for (size_t n = 0; (field = msg_field(m, MSG_H_ROUTE, n)) != NULL; n++)
		last = field;
	buf_puts(&route, "Route: <");
	buf_str(&route, uri);
	buf_puts(&route, ">\r\n");
	msg_splice_replace(sp, m->uri, a.uri);
	drop_values(sp, m, MSG_H_ROUTE, f->drop_routes + 1);
	if (route.err != 0)
		sp->err = route.err;
	else if (last != NULL)
		msg_splice_after(sp, last->line, buf_view(&route));
	return true;
}

int
sip_forward_request(struct sim *sim, const struct msg *m,
    const struct sip_forward *f, struct sip_bytes **out)
{
	struct msg_splice sp;

	begin_splice(&sp, m);
	put_first_field(&sp, m, MSG_H_VIA, "Via", f->via);
	if (f->bare_vias)
		bare_vias(&sp, m, 0, STR_NULL);
	put_first_field(
	    &sp, m, MSG_H_RECORD_ROUTE, "Record-Route", f->record_route);
	put_first_field(&sp, m, MSG_H_PATH, "Path", f->path);
	put_first_field(&sp, m, MSG_H_ROUTE, "Route", f->routes);
	if (!route_strictly(&sp, m, f)) {
		if (f->uri.n > 0)
			msg_splice_replace(&sp, m->uri, f->uri);
		drop_values(&sp, m, MSG_H_ROUTE, f->drop_routes);
	}
	count_hop(&sp, m);
	put_field_number(&sp, m, MSG_H_MAX_BREADTH, f->breadth);
	put_field_number(&sp, m, MSG_H_SESSION_EXPIRES, f->session_expires);
	put_field_number(&sp, m, MSG_H_MIN_SE, f->min_se);
	change_fields(&sp, m, f->change);
	return sip_bytes_splice(sim, &sp, out);
}

int
sip_forward_response(struct sim *sim, const struct msg *m,
    const struct sip_change *change, struct sip_bytes **out)
{
	struct msg_splice sp;

	begin_splice(&sp, m);
	drop_values(&sp, m, MSG_H_VIA, 1);
	if (change != NULL && change->bare_vias)
		bare_vias(&sp, m, 1, change->via_params);
	change_fields(&sp, m, change);
	return sip_bytes_splice(sim, &sp, out);
}
