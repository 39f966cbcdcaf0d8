/*
 * What the boot loader tells the firmware: words of "key=value", as
 * firmware/README.md lists them.  A value with spaces is in double quotes; a
 * double quote within one is left out.
 */
#include "roles/handset/handset_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/param.h"
#include "emu/s3c2410a.h"
#include "sim/rng.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void
handset_config_put_word(struct buf *out, const char *key, const char *value)
{
	bool quoted = strpbrk(value, " ;") != NULL;

	buf_printf(
	    out, "%s%s=%s", out->n > 0 ? " " : "", key, quoted ? "\"" : "");
	for (; *value != '\0'; value++)
		if (*value != '"' && (unsigned char)*value >= ' ')
			buf_putc(out, *value);
	if (quoted)
		buf_putc(out, '"');
}

static void
handset_config_put_addr(
    struct buf *out, const char *key, const struct addr *a, bool port)
{
	LOCAL_BUF text = BUF_INIT;

	if (port)
		addr_write(a, &text);
	else
		addr_write_host(a, &text);
	if (text.err != 0)
		out->err = text.err;
	else
		handset_config_put_word(out, key, buf_cstr(&text));
}

/* Attributes that the firmware gets as they are. */
static const struct {
	const char *attr, *key;
} plain[] = {
	{ "password", "password" },
	{ "label", "display" },
	{ "phonebook", "phonebook" },
	{ "codecs", "codecs" },
	{ "language", "lang" },
	{ "transport", "transport" },
};

/* Yes or no. */
static const char *const switches[] = { "register", "compact", "media" };

static void
put_outbound(const struct handset *h, struct buf *out)
{
	struct str names = str_of(node_attr(h->node, "outbound", ""));
	const struct node *proxy =
	    map_get(h->node->world->nodes, str_cut(names, ' ', &names));

	if (proxy != NULL)
		handset_config_put_addr(out, "outbound",
		    &node_face_for(proxy, h->node)->addr, true);
}

/* Where each domain is: what a phone's administrator writes into it, since it
 * asks no name server. */
static void
put_hosts(const struct handset *h, struct buf *out)
{
	LOCAL_BUF list = BUF_INIT;
	size_t at = 0;
	struct str domain;
	void *value;

	while (map_next(h->node->world->domains, &at, &domain, &value)) {
		const struct node *entry = value;

		if (node_face_for(entry, h->node)->addr.len != 4)
			continue;
		buf_printf(
		    &list, "%s%.*s=", list.n > 0 ? " " : "", STR_ARG(domain));
		addr_write(&node_face_for(entry, h->node)->addr, &list);
	}
	if (list.err != 0)
		out->err = list.err;
	else if (list.n > 0)
		handset_config_put_word(out, "hosts", buf_cstr(&list));
}

static void
handset_config_put_seconds(
    const struct handset *h, const char *key, struct buf *out)
{
	const char *text = node_attr(h->node, key, NULL);
	char number[24];
	int64_t ns;

	if (text == NULL)
		return;
	if (param_time(str_of(text), &ns) == 0) {
		snprintf(number, sizeof(number), "%" PRId64, ns / SIM_S);
		text = number;
	}
	handset_config_put_word(out, key, text);
}

static void
put_seed(const struct handset *h, struct buf *out)
{
	const struct node *n = h->node;
	char purpose[32], text[17];
	struct rng r;

	snprintf(purpose, sizeof(purpose), "board/%u", n->lives);
	rng_init(&r, sim_seed(node_sim(n)), n->name, purpose);
	snprintf(text, sizeof(text), "%016" PRIx64, rng_u64(&r));
	handset_config_put_word(out, "seed", text);
}

int
handset_config(const struct handset *h, struct buf *out)
{
	const struct node *n = h->node;
	char *aor = node_aor(n);

	if (aor == NULL)
		return ERR_NOMEM;
	handset_config_put_addr(
	    out, "ip", node_addr(n), node_addr(n)->port != ADDR_PORT_SIP);
	handset_config_put_addr(out, "gw", &h->gateway, false);
	handset_config_put_word(out, "aor", aor);
	mem_free(aor);
	for (size_t i = 0; i < COUNT_OF(plain); i++)
		if (node_attr(n, plain[i].attr, NULL) != NULL)
			handset_config_put_word(
			    out, plain[i].key, node_attr(n, plain[i].attr, ""));
	for (size_t i = 0; i < COUNT_OF(switches); i++)
		if (node_attr_bool(n, switches[i], false))
			handset_config_put_word(out, switches[i], "yes");
	put_outbound(h, out);
	put_hosts(h, out);
	handset_config_put_seconds(h, "expires", out);
	handset_config_put_seconds(h, "answer", out);
	put_seed(h, out);
	if (out->err != 0)
		return ERR_NOMEM;
	return out->n < S3C_CMDLINE_MAX ? 0 : ERR_LIMIT;
}
