/*
 * Where a request goes, by the DNS (RFC 3263): which transport (4.1), which
 * servers in which order (4.2), which addresses these have, asked for when
 * their turn comes (4.3).
 *
 * Each step asks the resolver; where that does not know yet, the question
 * waits, and is gone through again from its beginning when there is an answer:
 * what was known then is known still.  Nothing is drawn before all is known.
 */
#include "node/locate_dns_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "node/uri.h"
#include "node/world.h"
#include "rules/rule_names.h"
#include "sip/dialog.h"
#include "trace/json.h"

#include <stdarg.h>

/* ---- lists in records ---- */

void
locate_add_item(struct buf *items, const char *fmt, ...)
{
	struct buf text = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&text, fmt, ap);
	va_end(ap);
	if (items->n > 0)
		buf_putc(items, ',');
	json_put_str(items, buf_view(&text));
	buf_free(&text);
}

void
locate_put_items(
    struct trace_writer *w, const char *key, const struct buf *items)
{
	struct buf list = BUF_INIT;

	if (items->n == 0)
		return;
	buf_putc(&list, '[');
	buf_str(&list, buf_view(items));
	buf_putc(&list, ']');
	trace_put_json(w, key, buf_view(&list));
	buf_free(&list);
}

/* ---- addresses of a host ---- */

/* What addresses HOST has. */
static void
record_addresses(
    struct node *n, const char *host, const struct addr *list, size_t count)
{
	struct trace_writer *w = node_record(n, TRACE_LOOKUP, RULE_DNS_HOST);
	struct buf all = BUF_INIT, one = BUF_INIT;

	trace_put_cstr(w, "op", "addresses");
	trace_put_cstr(w, "aor", host);
	trace_put_cstr(w, "status", count > 0 ? "ok" : "none");
	for (size_t i = 0; i < count; i++) {
		buf_clear(&one);
		addr_write_host(&list[i], &one);
		locate_add_item(&all, "%s", buf_cstr(&one));
	}
	locate_put_items(w, "targets", &all);
	buf_free(&all);
	buf_free(&one);
	node_record_cause(n);
}

/* RFC 6157 5.1: IPv6 first, for who has it. */
static bool
has_family(const struct node *n, uint8_t len)
{
	for (size_t i = 0; i < n->nfaces; i++)
		if (n->faces[i].addr.len == len)
			return true;
	return false;
}

#define ADDRESSES 16

/* HOST's addresses: 0 (*COUNT, maybe none), ERR_STOPPED, ERR_NOMEM. */
static int
find_addresses(struct looking *k, const struct dns_name *host,
    struct addr list[ADDRESSES], size_t *count)
{
	static const struct {
		uint8_t len;
		unsigned type;
	} families[] = { { 16, DNS_TYPE_AAAA }, { 4, DNS_TYPE_A } };
	struct node *n = k->q->node;
	int err = 0;

	*count = 0;
	for (size_t f = 0; err == 0 && f < 2; f++) {
		struct resolver_answer a = { 0 };

		if (has_family(n, families[f].len))
			err = resolver_get(
			    n, host, families[f].type, &k->wait, &a);
		for (size_t i = 0; i < a.n && *count < ADDRESSES; i++)
			*count +=
			    dns_record_addr(&a.records[i], &list[*count]) == 0;
	}
	return err;
}

/* As find_host of the locator. */
static int
find_host_addresses(struct looking *k, struct addr *dst)
{
	struct addr list[ADDRESSES];
	struct dns_name host;
	size_t count = 0;
	int err = dns_name_read(str_of(k->host), NULL, &host);

	if (err == 0)
		err = find_addresses(k, &host, list, &count);
	if (err != 0)
		return err == ERR_SYNTAX ? ERR_NOTFOUND : err;
	record_addresses(k->q->node, k->host, list, count);
	for (size_t i = 0; i < count; i++) {
		list[i].port = dst->port;
		list[i].transport = dst->transport;
		if (i > 0 && node_locate_add(k->q, &list[i]) != 0)
			return ERR_NOMEM;
	}
	if (count == 0)
		return ERR_NOTFOUND;
	*dst = list[0];
	return 0;
}

/* ---- questions that wait ---- */

static void
forget_looking(struct looking *k)
{
	resolver_forget(&k->wait);
	mem_free(k->uri);
	mem_free(k->host);
	k->q->locator = NULL;
	mem_free(k);
}

static int
look_up(struct looking *k, struct addr *dst)
{
	return k->uri != NULL || k->by.port == 0 ? locate_servers(k)
						 : find_host_addresses(k, dst);
}

/* There is an answer: all is gone through again. */
static void
on_name(void *arg)
{
	struct looking *k = arg;
	struct node_question *q = k->q;
	struct addr dst = k->by;
	int err = look_up(k, &dst);

	if (err == ERR_STOPPED)
		return;
	forget_looking(k);
	if (err == ERR_NOMEM)
		node_fail_memory(q->node);
	node_locate_answer(q, err == 0 ? 0 : ERR_NOTFOUND, &dst);
}

/* Looks up URI or HOST, of which one is empty, now or, with ERR_STOPPED, later.
 */
static int
begin_look_up(
    struct node_question *q, struct str uri, struct str host, struct addr *dst)
{
	struct looking *k = mem_zalloc(1, sizeof(*k));
	int err = k != NULL ? 0 : ERR_NOMEM;

	if (k != NULL) {
		resolver_begin(q->node, &k->wait, on_name, k);
		k->q = q;
		k->by = *dst;
		k->uri = uri.n > 0 ? mem_dup(uri.p, uri.n) : NULL;
		k->host = host.n > 0 ? mem_dup(host.p, host.n) : NULL;
		q->locator = k;
		err = k->uri != NULL || k->host != NULL ? look_up(k, dst)
							: ERR_NOMEM;
		if (err != ERR_STOPPED)
			forget_looking(k);
	}
	if (err == ERR_NOMEM)
		node_fail_memory(q->node);
	return err == 0 || err == ERR_STOPPED ? err : ERR_NOTFOUND;
}

/* ---- the locator ---- */

static int
ask_dns(struct node_question *q, struct str uri, struct addr *dst)
{
	struct msg_uri u;

	if (sip_next_hop(uri, dst) == 0)
		return 0;
	if (msg_uri_read(uri, &u) != 0 || !node_speaks(q->node, &u))
		return ERR_NOTFOUND;
	if (!resolver_has_servers(q->node))
		return node_directory.ask(q, uri, dst);
	q->chosen = true;
	return begin_look_up(q, uri, STR_NULL, dst);
}

static int
find_host(struct node_question *q, const char *host, struct addr *dst)
{
	return begin_look_up(q, STR_NULL, str_of(host), dst);
}

static void
forget_dns(struct node_question *q)
{
	if (q->locator != NULL)
		forget_looking(q->locator);
}

const struct node_locator node_dns = {
	.ask = ask_dns, .forget = forget_dns, .find_host = find_host
};
