/* Nodes and links, each link an interface of the capture. */
#include <stdio.h>

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "packets/keys.h"
#include "writing/pcapng_in.h"

/* So that the delays of a way can be added. */
#define DELAY_MOST (INT64_MAX / 1024)

uint32_t
pcapng_node(struct pcapng *p, struct str name)
{
	uint32_t known = key_number(p->by_name, name);
	struct str row;

	if (known != 0)
		return known - 1;
	row = (struct str){ mem_dup(name.p, name.n), name.n };
	if (row.p == NULL ||
	    ARRAY_ROOM(&p->names, &p->names_cap, p->nnames + 1) != 0 ||
	    key_set_number(p->by_name, name, p->nnames + 1) != 0) {
		mem_free((char *)row.p);
		pcapng_fail(p, ERR_NOMEM);
		return PCAPNG_NOBODY;
	}
	p->names[p->nnames++] = row;
	return (uint32_t)(p->nnames - 1);
}

/* "a>b" as a key. */
static struct str
link_key(struct pcapng *p, struct str a, struct str b)
{
	buf_clear(&p->key);
	buf_str(&p->key, a);
	buf_putc(&p->key, '>');
	buf_str(&p->key, b);
	return buf_view(&p->key);
}

/* Both directions of a link under their names; the first that has one keeps
 * it.  Their numbers: twice the link's, one more for the way back. */
static bool
name_link(struct pcapng *p, struct str a, struct str b, uint32_t value)
{
	struct str key = link_key(p, a, b);

	return p->key.err == 0 &&
	       (map_get(p->by_link, key) != NULL ||
		   key_set_number(p->by_link, key, value) == 0);
}

/* A and B live as long as P. */
static uint32_t
pcapng_link_add(struct pcapng *p, struct str a, struct str b)
{
	uint32_t number = (uint32_t)p->nlinks + 1;

	if (ARRAY_ROOM(&p->links, &p->links_cap, p->nlinks + 1) != 0 ||
	    !name_link(p, a, b, 2 * number) ||
	    !name_link(p, b, a, 2 * number + 1)) {
		pcapng_fail(p, ERR_NOMEM);
		return 0;
	}
	p->links[p->nlinks++] = (struct pcapng_link){
		.a = a, .b = b, .na = pcapng_node(p, a), .nb = pcapng_node(p, b)
	};
	return number;
}

int
pcapng_links_create(struct pcapng *p)
{
	const struct trace_head *h = trace_head(p->t);

	if (map_create(&p->by_name) != 0 || map_create(&p->by_link) != 0)
		return ERR_NOMEM;
	for (size_t i = 0; i < h->nnodes; i++)
		pcapng_node(p, h->nodes[i].name);
	for (size_t i = 0; i < h->nlinks && p->err == 0; i++) {
		const struct trace_link *l = &h->links[i];
		uint32_t n = pcapng_link_add(p, l->a, l->b);

		if (n == 0)
			break;
		pcapng_link(p, n)->declared = true;
		pcapng_link(p, n)->delay = l->delay < 0            ? 0
					   : l->delay > DELAY_MOST ? DELAY_MOST
								   : l->delay;
	}
	return p->err;
}

static uint32_t
pcapng_link_find(struct pcapng *p, struct str key, bool *back)
{
	uint32_t known = key_number(p->by_link, key);

	*back = known & 1;
	return known / 2;
}

/* The name as P keeps it. */
static struct str
keep_node_name(struct pcapng *p, struct str name)
{
	uint32_t n = pcapng_node(p, name);

	return n != PCAPNG_NOBODY ? p->names[n] : STR_NULL;
}

uint32_t
pcapng_link_between(struct pcapng *p, struct str a, struct str b)
{
	bool back;
	uint32_t n = pcapng_link_find(p, link_key(p, a, b), &back);

	if (n != 0)
		return n;
	a = keep_node_name(p, a);
	b = keep_node_name(p, b);
	return p->err == 0 ? pcapng_link_add(p, a, b) : 0;
}

uint32_t
pcapng_link_named(struct pcapng *p, struct str name, bool *back)
{
	uint32_t n = pcapng_link_find(p, name, back);
	struct str a, b;

	if (n != 0)
		return n;
	a = keep_node_name(p, str_cut(name, '>', &b));
	b = keep_node_name(p, b);
	*back = false;
	return p->err == 0 ? pcapng_link_add(p, a, b) : 0;
}

bool
pcapng_is_asked(const struct pcapng *p, struct str node)
{
	for (size_t i = 0; i < p->o->nnodes; i++)
		if (str_is(node, p->o->nodes[i]))
			return true;
	return false;
}

static bool
is_link_shown(const struct pcapng *p, const struct pcapng_link *l)
{
	return p->o->nnodes == 0 || pcapng_is_asked(p, l->a) ||
	       pcapng_is_asked(p, l->b);
}

/* "a packet takes 2.5 ms" */
static void
put_delay(struct buf *text, int64_t ns)
{
	char fraction[8] = "";

	if (ns % 1000000 != 0) {
		int n = snprintf(
		    fraction, sizeof(fraction), ".%06d", (int)(ns % 1000000));

		while (n > 0 && fraction[n - 1] == '0')
			fraction[--n] = '\0';
	}
	buf_printf(text, _("a packet takes %lld%s ms"),
	    (long long)(ns / 1000000), fraction);
}

static void
describe_link(const struct pcapng_link *l, struct buf *name, struct buf *text)
{
	bool own = str_eq(l->a, l->b);

	buf_str(name, l->a);
	buf_puts(name, own ? ":lo" : "--");
	if (!own)
		buf_str(name, l->b);
	if (own)
		buf_puts(text, _("what this node sends to itself"));
	else if (!l->declared)
		buf_puts(text, _("no link in the trace's header"));
	else
		put_delay(text, l->delay);
	if (name->err != 0 || text->err != 0)
		text->err = ERR_NOMEM;
}

bool
pcapng_interface(struct pcapng *p, uint32_t link, uint32_t *number)
{
	struct pcapng_link *l = pcapng_link(p, link);
	LOCAL_BUF name = BUF_INIT, text = BUF_INIT;

	if (!is_link_shown(p, l))
		return false;
	if (l->interface == 0) {
		describe_link(l, &name, &text);
		pcapng_fail(p, text.err);
		pcapng_put_interface(
		    &p->file, buf_view(&name), buf_view(&text));
		l->interface = ++p->written;
	}
	*number = l->interface - 1;
	return true;
}
