/* Which call questions about names serve; see serving.c. */
#include "story/serving_in.h"

#include "base/err.h"
#include "dns/message.h"

/* What names a domain, its services left out ("_sip._udp"), as text. */
static struct str
bare_name(struct serving *s, const struct dns_name *name)
{
	struct dns_name rest = *name;

	while (rest.n > 2 && rest.b[1] == '_')
		dns_name_cut(&rest, 1, &rest);
	buf_clear(&s->name);
	dns_name_write(&rest, &s->name);
	if (s->name.err != 0)
		s->err = ERR_NOMEM;
	return buf_view(&s->name);
}

static struct str
host_of_uri(struct str text)
{
	struct msg_uri uri;

	return msg_uri_read(text, &uri) == 0 && uri.sip ? uri.host : STR_NULL;
}

/* The Call-ID of a request that came to HOST for NAME, the last of a few. */
static struct str
asked_by(const struct trace *t, const struct host *host, struct str name,
    struct story_message *m)
{
	size_t least = host->n > REQUESTS ? host->n - REQUESTS : 0;

	for (size_t i = host->n; i > least; i--)
		if (story_read(m, t, host->requests[(i - 1) % REQUESTS]) == 0 &&
		    story_read_text(m) != ERR_NOMEM && m->msg.request &&
		    str_ieq(host_of_uri(m->msg.uri), name))
			return m->send.call_id;
	return STR_NULL;
}

static void
find_asking(struct serving *s, const struct trace *t, struct group *g,
    struct str asker, struct str name)
{
	const struct host *host = map_get(s->hosts, asker);
	struct story_message m = STORY_MESSAGE_INIT;
	struct str id;

	if (host == NULL)
		return;
	id = asked_by(t, host, name, &m);
	if (id.n > 0)
		serving_claim(s, g, id);
	story_free(&m);
}

/* ASKER has asked SERVER: for whom it was asked itself, or on its own. */
static void
take_question(struct serving *s, const struct trace *t, struct str asker,
    struct str server, const struct dns_message *dm)
{
	struct str name = bare_name(s, &dm->question);
	struct group *g =
	    map_get(s->groups, serving_join_key(s, 'q', asker, name));

	if (g == NULL)
		g = map_get(s->groups, serving_join_key(s, 'n', asker, name));
	if (g == NULL || (g->call != NULL && g->asker == str_hash(asker))) {
		g = serving_new_group(s);
		if (g == NULL)
			return;
		g->asker = str_hash(asker);
		g->names = true;
		s->unclaimed++;
		find_asking(s, t, g, asker, name);
	}
	serving_put_group(s, serving_join_key(s, 'n', asker, name), g);
	serving_put_group(s, serving_join_key(s, 'q', server, name), g);
	serving_join_group(s, g);
}

/* The host in "!^.*$!sip:info@example.com!" (RFC 3402 3.2). */
static struct str
host_of_regexp(struct str regexp)
{
	ptrdiff_t at = str_chr(regexp, '@');
	struct str rest, host;

	host = str_cut(
	    str_slice(regexp, at < 0 ? regexp.n : (size_t)at + 1, regexp.n),
	    '!', &rest);
	return str_cut(host, ';', &rest);
}

/* The name that R leads to: of a server, of another domain, in a URI. */
static struct str
name_led_to(struct serving *s, const struct dns_record *r)
{
	struct dns_naptr naptr;
	struct dns_name name;
	struct dns_srv srv;

	if (dns_record_naptr(r, &naptr) == 0)
		return naptr.regexp.n > 0 ? host_of_regexp(naptr.regexp)
					  : bare_name(s, &naptr.replacement);
	if (dns_record_srv(r, &srv) == 0)
		return bare_name(s, &srv.target);
	return dns_record_target(r, &name) == 0 ? bare_name(s, &name)
						: STR_NULL;
}

static void
lead_to(struct serving *s, struct group *g, struct str asker,
    const struct dns_record *r)
{
	struct addr addr;
	struct str name;

	if (dns_record_addr(r, &addr) == 0) {
		buf_clear(&s->name);
		addr_write_host(&addr, &s->name);
		serving_put_group(
		    s, serving_join_key(s, 'a', asker, buf_view(&s->name)), g);
		return;
	}
	name = name_led_to(s, r);
	if (name.n > 0)
		serving_put_group(s, serving_join_key(s, 'n', asker, name), g);
}

void
serving_take_dns(struct serving *s, const struct trace *t)
{
	struct str asker = s->m.send.src, server = s->m.send.dst;
	struct str bytes = trace_bytes(&s->m.sent, &s->bytes);
	struct dns_message m = DNS_MESSAGE_INIT;
	enum dns_fault fault;
	struct group *g;
	int err = dns_message_read(dns_message_unframe(bytes), &m, &fault);

	if (err == 0 && m.has_question && !m.response) {
		take_question(s, t, asker, server, &m);
	} else if (err == 0 && m.has_question) {
		asker = s->m.send.dst;
		g = map_get(s->groups,
		    serving_join_key(s, 'n', asker, bare_name(s, &m.question)));
		if (g != NULL)
			serving_join_group(s, g);
		for (size_t i = 0, n = dns_message_count(&m);
		     g != NULL && i < n; i++)
			lead_to(s, g, asker, &m.records[i]);
	}
	if (err == ERR_NOMEM)
		s->err = err;
	dns_message_free(&m);
}

void
serving_claim_names(struct serving *s)
{
	const struct trace_send *m = &s->m.send;
	struct msg_values iter = { 0 };
	struct str route;
	struct addr dst;

	if (addr_parse(m->dst_addr, &dst) == 0) {
		buf_clear(&s->name);
		addr_write_host(&dst, &s->name);
		serving_claim(s,
		    map_get(s->groups,
			serving_join_key(s, 'a', m->src, buf_view(&s->name))),
		    m->call_id);
	}
	if (story_read_text(&s->m) == ERR_NOMEM)
		return;
	serving_claim(s,
	    map_get(s->groups,
		serving_join_key(s, 'n', m->src, host_of_uri(s->m.msg.uri))),
	    m->call_id);
	if (msg_next_value(&s->m.msg, MSG_H_ROUTE, &iter, &route))
		serving_claim(s,
		    map_get(s->groups, serving_join_key(s, 'n', m->src,
					   host_of_uri(msg_addr_uri(route)))),
		    m->call_id);
}
