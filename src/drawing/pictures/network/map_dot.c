/* The nodes that talk to each other; see pictures/network/map_dot.h. */
#include "pictures/network/map_dot.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/mem.h"
#include "draw/graphviz.h"
#include "pictures/network/network_dot_in.h"
#include "role/role.h"
#include "words/state_words.h"
#include "words/trace_words.h"

#define INK   "#1b1f24"
#define GREY  "#5b636e"
#define PAPER "#f4f6f8"

/* Layers where the topology names none. */
enum { SERVICE, CONTROL, ACCESS, USUAL_LAYERS };

/* What a node does; with whom others register is their server. */
enum { TALKS = 1, REGISTERS = 2, IS_ASKED = 4 };

struct pair {
	uint32_t a, b; /* a < b */
	/* How many messages, and media that have begun. */
	uint32_t messages[TRACE_PROTO_COUNT];
};

struct map_figure {
	const struct trace *t;
	const struct trace_head *head;
	const char **ids; /* by node, its name as an ID; of `texts` */
	struct arena *texts;
	const struct network_dot_options *o;
	struct pair *pairs;
	size_t npairs, room;
	size_t nlines;  /* that have been put */
	unsigned *does; /* by node, bits: */
	size_t *layer;  /* of each node: an index of its first's, or as above */
	bool named;     /* all of them are in clusters with labels */
	/* By node: how many others of its layer it talks to; lines along the
	 * row join it to a string of nodes, one at its left and its right. */
	struct map_tie {
		size_t others, string;
		bool left, right;
	} * ties;
	struct buf *out, text, scratch;
	int err;
};

/* ---- who says what ---- */

static struct pair *
map_find_pair(struct map_figure *f, uint32_t a, uint32_t b)
{
	struct pair *more;
	size_t room = f->room == 0 ? 32 : f->room * 2;

	for (size_t i = 0; i < f->npairs; i++)
		if (f->pairs[i].a == a && f->pairs[i].b == b)
			return &f->pairs[i];
	if (f->npairs == f->room) {
		more = mem_realloc(f->pairs, room * sizeof(*more));
		if (more == NULL) {
			f->err = ERR_NOMEM;
			return NULL;
		}
		f->pairs = more;
		f->room = room;
	}
	f->pairs[f->npairs] = (struct pair){ .a = a, .b = b };
	return &f->pairs[f->npairs++];
}

static void
map_count_all(
    struct map_figure *f, uint32_t from, uint32_t to, enum trace_proto proto)
{
	struct pair *p;

	if (from >= f->head->nnodes || to >= f->head->nnodes || from == to ||
	    proto == TRACE_PROTO_COUNT)
		return;
	p = map_find_pair(f, from < to ? from : to, from < to ? to : from);
	if (p == NULL)
		return;
	p->messages[proto]++;
	f->does[from] |= TALKS;
	f->does[to] |= TALKS;
}

/* The number of the node that has the address TEXT, "ip:port". */
static uint32_t
map_find_host(struct map_figure *f, struct str text)
{
	struct addr a;
	LOCAL_BUF host = BUF_INIT;
	uint32_t i = 0;

	if (addr_parse(text, &a) != 0)
		return TRACE_NO_NODE;
	addr_write_bare(&a, &host);
	while (i < f->head->nnodes &&
	       !trace_node_has_addr(&f->head->nodes[i], buf_view(&host)))
		i++;
	if (host.err != 0)
		f->err = ERR_NOMEM;
	return i;
}

/* Packets have no records as a rule: what flows has one. */
static void
count_media(struct map_figure *f, const struct trace_rec *rec)
{
	uint32_t from = trace_node_of(f->t, rec->seq);

	if (str_is(trace_str(rec, "op", &f->scratch), "flow"))
		map_count_all(f, from,
		    map_find_host(f, trace_str(rec, "peer", &f->scratch)),
		    TRACE_PROTO_RTP);
}

static void
map_count_message(struct map_figure *f, const struct trace_rec *rec)
{
	uint32_t from = trace_node_of(f->t, rec->seq), to;
	struct trace_send send;

	if (trace_get_send_parts(rec,
		TRACE_SEND_DST | TRACE_SEND_PROTO | TRACE_SEND_START, &send,
		&f->scratch) != 0 ||
	    trace_class_of(send.proto) == TRACE_CLASS_MEDIA)
		return;
	to = trace_find_name(f->t, send.dst);
	map_count_all(f, from, to, trace_proto_find(send.proto));
	if (str_is(send.method, "REGISTER") && from < f->head->nnodes &&
	    to < f->head->nnodes) {
		f->does[from] |= REGISTERS;
		f->does[to] |= IS_ASKED;
	}
}

static void
count_all(struct map_figure *f)
{
	for (uint64_t seq = 1; seq <= trace_count(f->t) && f->err == 0; seq++) {
		enum trace_kind kind = trace_kind_of(f->t, seq);
		struct trace_rec rec;

		if (kind != TRACE_SEND && kind != TRACE_MEDIA)
			continue;
		trace_get(f->t, seq, &rec);
		if (kind == TRACE_MEDIA)
			count_media(f, &rec);
		else
			map_count_message(f, &rec);
	}
}

/* ---- layers ---- */

/* It registers, and speaks SIP with one server alone. */
static bool
has_one_server(const struct map_figure *f, size_t i)
{
	size_t others = 0;

	for (size_t k = 0; k < f->npairs; k++)
		others += (f->pairs[k].a == i || f->pairs[k].b == i) &&
			  f->pairs[k].messages[TRACE_PROTO_SIP] > 0;
	return (f->does[i] & REGISTERS) != 0 && others == 1;
}

/* Servers alone speak SIP with it, for their users: an application server. */
static bool
serves_servers(const struct map_figure *f, size_t i)
{
	bool all = (f->does[i] & REGISTERS) == 0;

	for (size_t k = 0; k < f->npairs && all; k++) {
		const struct pair *p = &f->pairs[k];
		uint32_t other = p->a == i ? p->b : p->a;

		all = (p->a != i && p->b != i) ||
		      (role_traits(f->head->nodes[other].role) &
			  TRAIT_SERVER) != 0;
	}
	return all;
}

/* Phones are behind it. */
static bool
map_is_edge(const struct trace_node *n)
{
	return role_plays(n->role, "nat") || role_plays(n->role, "mg") ||
	       role_plays(n->role, "switch");
}

static size_t
usual_layer(const struct map_figure *f, size_t i)
{
	const struct trace_node *n = &f->head->nodes[i];
	unsigned traits = role_traits(n->role);

	if ((traits & TRAIT_USER) != 0 && (traits & TRAIT_PHONE) == 0 &&
	    (traits & TRAIT_SERVER) == 0 && serves_servers(f, i))
		return SERVICE;
	if ((traits & TRAIT_SERVER) != 0 || (f->does[i] & IS_ASKED) != 0)
		return CONTROL;
	if ((traits & TRAIT_PHONE) != 0 || map_is_edge(n) || n->role.n == 0 ||
	    (role_plays(n->role, "script") && has_one_server(f, i)))
		return ACCESS;
	return (traits & TRAIT_AGENT) != 0 ? CONTROL : SERVICE;
}

static void
find_layers(struct map_figure *f)
{
	const struct trace_head *h = f->head;

	f->named = true;
	for (size_t i = 0; i < h->nnodes; i++)
		f->named &=
		    (f->does[i] & TALKS) == 0 || h->nodes[i].group.n > 0;
	for (size_t i = 0; i < h->nnodes; i++)
		f->layer[i] =
		    f->named ? h->nodes[i].frame_first : usual_layer(f, i);
}

static struct str
layer_name(const struct map_figure *f, size_t layer)
{
	static const char *const usual[USUAL_LAYERS] = { [SERVICE] =
							     N_("services"),
		[CONTROL] = N_("control"),
		[ACCESS] = N_("access") };

	return f->named ? f->head->nodes[layer].frame
			: str_of(i18n_text(usual[layer]));
}

/* ---- the figure ---- */

static void
put_map_node(struct map_figure *f, size_t i)
{
	const struct trace_node *n = &f->head->nodes[i];
	struct str label = node_caption(n->name, n->label);

	buf_printf(f->out, "\t\t%s [label=<" DOT_HTML_TABLE, f->ids[i]);
	dot_html_row(f->out, n->name, 13, INK, true);
	if (label.n > 0 && !node_label_is_role(label, n->role))
		dot_html_row(f->out, label, 10, INK, false);
	buf_clear(&f->text);
	role_put(&f->text, n->role, " · ");
	if (f->text.n > 0)
		dot_html_row(f->out, buf_view(&f->text), 9, GREY, false);
	buf_puts(f->out, "</table>>]\n");
}

/* One row: its name, and its nodes side by side. */
static void
map_put_layer(struct map_figure *f, size_t layer, size_t *before)
{
	buf_printf(f->out,
	    "\t{ rank=same\n\t\t\"layer %zu\" [shape=none,style=\"\",label=<",
	    layer);
	dot_html_font(f->out, layer_name(f, layer), 12, GREY, true);
	buf_puts(f->out, ">]\n");
	for (size_t i = 0; i < f->head->nnodes; i++)
		if ((f->does[i] & TALKS) != 0 && f->layer[i] == layer)
			put_map_node(f, i);
	buf_puts(f->out, "\t}\n");
	if (*before != SIZE_MAX)
		buf_printf(f->out,
		    "\t\"layer %zu\" -- \"layer %zu\" [style=invis,minlen=2]\n",
		    *before, layer);
	*before = layer;
}

static void
map_put_layers(struct map_figure *f)
{
	size_t before = SIZE_MAX;
	size_t n = f->named ? f->head->nnodes : USUAL_LAYERS;

	for (size_t layer = 0; layer < n; layer++) {
		size_t i = 0;

		while (i < f->head->nnodes &&
		       ((f->does[i] & TALKS) == 0 || f->layer[i] != layer))
			i++;
		if (i < f->head->nnodes)
			map_put_layer(f, layer, &before);
	}
}

/* How the line of a class is drawn. */
static const char *const styles[] = {
	[TRACE_CLASS_SIP] = "style=solid,penwidth=1.6,color=\"" INK "\"",
	[TRACE_CLASS_LOOKUP] = "style=dashed,color=\"#2f6f9f\"",
	[TRACE_CLASS_MEDIA] = "style=bold,color=\"#8a5a00\"",
	[TRACE_CLASS_CONTROL] = "style=dotted,penwidth=1.6,color=\"#5b636e\"",
};

/* "SIP", "Diameter" */
static void
put_protocol_name(struct map_figure *f, struct str name)
{
	for (size_t i = 0; i < name.n; i++)
		buf_putc(
		    &f->text, chr_is_alpha(name.p[i]) && (i == 0 || name.n <= 5)
				  ? (char)(name.p[i] - 'a' + 'A')
				  : name.p[i]);
}

static size_t
map_string_of(const struct map_figure *f, size_t i)
{
	while (f->ties[i].string != i)
		i = f->ties[i].string;
	return i;
}

/* Each of a row of nodes has a place for so many. */
#define TIED_MOST 2

/* A is drawn left of B in their row, joined by a line along it; false where
 * something else is there. */
static bool
map_tie(struct map_figure *f, unsigned a, unsigned b)
{
	if (f->ties[a].others > TIED_MOST || f->ties[a].right ||
	    f->ties[b].left || map_string_of(f, a) == map_string_of(f, b))
		return false;
	f->ties[a].right = f->ties[b].left = true;
	f->ties[map_string_of(f, a)].string = map_string_of(f, b);
	return true;
}

/* A line is two, with a node for its text between them: Graphviz leads lines
 * around nodes, not around labels.  Those of one layer go along the row where
 * it has room, else they meet below it. */
static void
put_pair_line(
    struct map_figure *f, const struct pair *p, enum trace_proto proto)
{
	struct str name = str_of(trace_proto_name(proto));
	const char *style = styles[trace_class_of(name)];
	bool level = f->layer[p->a] == f->layer[p->b];
	bool turned = f->layer[p->a] > f->layer[p->b];
	bool along = level && map_tie(f, p->a, p->b);
	bool back = level && !along && map_tie(f, p->b, p->a);
	unsigned above = turned || back ? p->b : p->a;
	unsigned below = turned || back ? p->a : p->b;
	size_t k = f->nlines++;

	buf_clear(&f->text);
	put_protocol_name(f, name);
	if (trace_class_of(name) != TRACE_CLASS_MEDIA)
		buf_printf(&f->text, " %u", p->messages[proto]);
	buf_printf(f->out,
	    "\t\"line %zu\" "
	    "[shape=none,style=\"\",margin=0,width=0,height=0,label="
	    "<" DOT_HTML_TABLE,
	    k);
	dot_html_row(f->out, buf_view(&f->text), 9, INK, false);
	buf_printf(f->out, "</table>>]\n\t%s -- \"line %zu\" [%s]\n",
	    f->ids[above], k, style);
	if (along || back)
		buf_printf(f->out, "\t{ rank=same; %s; \"line %zu\" }\n",
		    f->ids[above], k);
	if (level && !along && !back)
		buf_printf(f->out, "\t%s -- \"line %zu\" [%s]\n", f->ids[below],
		    k, style);
	else
		buf_printf(f->out, "\t\"line %zu\" -- %s [%s]\n", k,
		    f->ids[below], style);
}

/* What a node with more than two others is joined to, from one to the next, is
 * a star, and no row: Graphviz puts them where it likes. */
static void
map_find_stars(struct map_figure *f)
{
	bool more = true;

	for (size_t i = 0; i < f->npairs; i++) {
		const struct pair *p = &f->pairs[i];
		bool level = f->layer[p->a] == f->layer[p->b];

		f->ties[p->a].others += level;
		f->ties[p->b].others += level;
	}
	while (more) {
		more = false;
		for (size_t i = 0; i < f->npairs; i++) {
			const struct pair *p = &f->pairs[i];
			size_t *a = &f->ties[p->a].others;
			size_t *b = &f->ties[p->b].others;

			if (f->layer[p->a] != f->layer[p->b] ||
			    (*a > TIED_MOST) == (*b > TIED_MOST))
				continue;
			*a = *b = TIED_MOST + 1;
			more = true;
		}
	}
}

static void
put_lines(struct map_figure *f)
{
	map_find_stars(f);
	for (size_t i = 0; i < f->npairs; i++)
		for (unsigned k = 0; k < TRACE_PROTO_COUNT; k++)
			if (f->pairs[i].messages[k] > 0)
				put_pair_line(
				    f, &f->pairs[i], (enum trace_proto)k);
}

static void
map_put_figure(struct map_figure *f)
{
	struct str title = f->o->title != NULL
			       ? str_of(f->o->title)
			       : title_translate(f->head->title);

	buf_puts(f->out, "graph ");
	dot_quote(f->out, title);
	buf_puts(f->out,
	    " {\n"
	    "\tgraph [layout=dot,charset=\"UTF-8\",bgcolor=white,pad=0.1,"
	    "nodesep=0.5,ranksep=0.35,fontname=\"" DOT_HTML_FAMILY
	    "\",labelloc=t,label=<" DOT_HTML_TABLE);
	dot_html_row(
	    f->out, title.n > 0 ? title : str_of(_("network")), 15, INK, true);
	if (f->o->footer != NULL)
		dot_html_row(f->out, str_of(f->o->footer), 8, GREY, false);
	buf_puts(f->out,
	    "</table>>]\n"
	    "\tnode [shape=box,style=\"rounded,filled\",fillcolor=\"" PAPER
	    "\",margin=\"0.12,0.05\",color=\"" INK
	    "\",fontname=\"" DOT_HTML_FAMILY "\"]\n"
	    "\tedge [fontname=\"" DOT_HTML_FAMILY "\"]\n");
	map_put_layers(f);
	put_lines(f);
	buf_puts(f->out, "}\n");
}

int
map_dot_write(const struct trace *t, const struct network_dot_options *o,
    struct buf *out, struct diag *d)
{
	static const struct network_dot_options none;
	struct map_figure f = { .t = t,
		.head = trace_head(t),
		.o = o != NULL ? o : &none,
		.out = out,
		.text = BUF_INIT,
		.scratch = BUF_INIT };

	if (f.head->nnodes > NETWORK_DOT_MOST)
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("a map of %zu nodes is too large for a figure; the "
		      "maximum is %d"),
		    f.head->nnodes, NETWORK_DOT_MOST);
	f.does = mem_zalloc(f.head->nnodes, sizeof(*f.does));
	f.layer = mem_zalloc(f.head->nnodes, sizeof(*f.layer));
	f.ties = mem_zalloc(f.head->nnodes, sizeof(*f.ties));
	f.err = network_dot_name_nodes(f.head, &f.texts, &f.ids);
	if (f.err != 0 || f.does == NULL || f.layer == NULL || f.ties == NULL) {
		f.err = ERR_NOMEM;
	} else {
		for (size_t i = 0; i < f.head->nnodes; i++)
			f.ties[i].string = i;
		count_all(&f);
		find_layers(&f);
		map_put_figure(&f);
		f.err = f.err != 0        ? f.err
			: f.text.err != 0 ? f.text.err
					  : out->err;
	}
	mem_free(f.does);
	mem_free(f.layer);
	mem_free(f.ties);
	arena_destroy(f.texts);
	mem_free(f.pairs);
	buf_free(&f.text);
	buf_free(&f.scratch);
	return f.err;
}
