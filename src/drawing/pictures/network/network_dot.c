/* The network for Graphviz; see pictures/network/network_dot.h. */
#include "pictures/network/network_dot_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "draw/dot_html.h"
#include "draw/dot_put.h"
#include "role/role.h"
#include "words/state_words.h"
#include "words/trace_words.h"

#include <string.h>

/* With so many links Graphviz is not to look for the best of all places; with
 * less than ten rounds for each node it does not come to places that links can
 * be led around. */
#define LINKS_QUICK 100

#define INK    "#1b1f24"
#define GREY   "#5b636e"
#define PALE   "#aeb6c0"
#define PAPER  "#f4f6f8"
#define SERVER "#dbe8f6"

/* Where there are no links, as of a capture, there are hosts alone; of some of
 * them no role was seen. */
static bool
is_router_node(const struct network_figure *f, const struct trace_node *n)
{
	return n->role.n == 0 && f->head->nlinks > 0;
}

static enum network_level
level_of(const struct network_figure *f, const struct trace_node *n)
{
	if (is_router_node(f, n))
		return LEVEL_BACKBONE; /* until a host is found at it */
	if (n->role.n == 0)
		return LEVEL_PHONE;
	return (role_traits(n->role) & TRAIT_PHONE) != 0 ? LEVEL_PHONE
							 : LEVEL_SERVER;
}

static void
put_row(struct network_figure *f, struct str text, double size,
    const char *colour, bool bold)
{
	if (text.n > 0)
		dot_html_row(f->out, text, size, colour, bold);
}

/* Its addresses, each with the name that its links' ends have. */
static void
put_faces(struct network_figure *f, const struct trace_node *n)
{
	for (size_t i = 0; i < n->nfaces; i++) {
		buf_clear(&f->text);
		if (n->faces[i].name.n > 0)
			buf_printf(
			    &f->text, "%.*s: ", STR_ARG(n->faces[i].name));
		buf_str(&f->text, n->faces[i].addr);
		put_row(f, buf_view(&f->text), 9, GREY, false);
	}
}

/* What stands in a node's box. */
static void
put_node_words(struct network_figure *f, const struct trace_node *n)
{
	struct str label = node_caption(n->name, n->label);
	bool router = is_router_node(f, n);
	struct str aor = n->aor;

	buf_puts(f->out, DOT_HTML_TABLE);
	put_row(f, n->name, router ? 10 : 13, INK, !router);
	buf_clear(&f->text);
	role_put(&f->text, n->role, " · ");
	if (!node_label_is_role(label, n->role))
		put_row(f, label, 10, INK, false);
	put_row(f, buf_view(&f->text), 9, INK, false);
	if (str_starts(aor, "sip:"))
		aor = str_slice(aor, 4, aor.n);
	put_row(f, aor, 9, INK, false);
	/* Who has no other name is called by its address. */
	if (n->nfaces > 0)
		put_faces(f, n);
	else if (!str_eq(n->addr, n->name))
		put_row(f, n->addr, 9, GREY, false);
	/* A table must have a row. */
	if (n->name.n == 0 && n->addr.n == 0)
		dot_html_row(f->out, STR(" "), 9, INK, false);
	buf_puts(f->out, "</table>");
}

static void
put_network_node(struct network_figure *f, size_t i)
{
	static const char *const shapes[] = {
		[LEVEL_BACKBONE] = "shape=ellipse,style=solid,margin=0,"
				   "color=\"" GREY "\"",
		[LEVEL_SERVER] =
		    "style=filled,fillcolor=\"" SERVER "\",penwidth=1.4",
		[LEVEL_ROUTER] = "shape=ellipse,style=solid,margin=0,"
				 "color=\"" GREY "\"",
		[LEVEL_PHONE] = "style=\"rounded,filled\",fillcolor=white",
	};
	const struct trace_node *n = &f->head->nodes[i];

	buf_printf(f->out, "\t\tn%zu [label=<", i);
	put_node_words(f, n);
	buf_printf(f->out, ">,%s%s,tooltip=", shapes[f->places[i].level],
	    n->role.n == 0 && !is_router_node(f, n) ? ",color=\"" GREY "\""
						    : "");
	dot_quote(f->out, n->name);
	buf_puts(f->out, "]\n");
}

bool
network_dot_ends(const struct network_figure *f, const struct trace_link *l,
    size_t *a, size_t *b)
{
	*a = (size_t)(uintptr_t)map_get(f->nodes, l->a);
	*b = (size_t)(uintptr_t)map_get(f->nodes, l->b);
	return (*a)-- > 0 && (*b)-- > 0;
}

/* Where node I is written: the first of its frame. */
size_t
network_dot_place_of(const struct network_figure *f, size_t i)
{
	return f->head->nodes[i].frame_first;
}

/* In the frame of the lower end, or the one that both have; elsewhere Graphviz
 * is to meet it where it is to stand, behind the first of its ends. */
static bool
has_words_here(
    const struct network_figure *f, size_t a, size_t b, size_t i, bool framed)
{
	bool level = network_dot_is_level(f, a, b);
	size_t low = network_dot_is_above(f, b, a) ? a : b;
	size_t first = network_dot_place_of(f, a),
	       other = network_dot_place_of(f, b);

	if (f->head->nodes[low].frame.n > 0 && (!level || first == other))
		return framed && network_dot_place_of(f, low) == i;
	return !framed && (first < other ? first : other) == i;
}

/* Those FRAMED in the frame that begins with node I, or those behind it. */
static void
put_word_nodes(struct network_figure *f, size_t i, bool framed)
{
	size_t a, b;

	for (size_t k = 0; k < f->head->nlinks; k++)
		if (network_dot_has_words(f, &f->head->links[k], &a, &b) &&
		    has_words_here(f, a, b, i, framed))
			network_dot_put_words(f, k);
}

/* The frame that begins with node I has servers alone. */
static bool
has_servers_only(const struct network_figure *f, size_t i)
{
	for (size_t k = i; k < f->head->nnodes; k++)
		if (f->head->nodes[k].frame_first == i &&
		    f->places[k].level != LEVEL_SERVER)
			return false;
	return true;
}

/* Links leave that frame below, where its name would stand; else all that it
 * has are of its row, and lead over it. */
static bool
is_left_below(const struct network_figure *f, size_t i)
{
	size_t a, b;

	for (size_t k = 0; k < f->head->nlinks; k++)
		if (network_dot_ends(f, &f->head->links[k], &a, &b) &&
		    !network_dot_is_level(f, a, b) &&
		    (network_dot_place_of(f, a) == i ||
			network_dot_place_of(f, b) == i))
			return true;
	return false;
}

/* Routers below each other: a link may leave the frame that begins with node I
 * below.  Its name is a node then, under the last of the frame: links are led
 * around nodes, and through the names of frames. */
static void
put_name_node(struct network_figure *f, size_t i, struct str name)
{
	size_t last = i;

	for (size_t k = i; k < f->head->nnodes; k++)
		if (f->head->nodes[k].frame_first == i &&
		    network_dot_is_above(f, last, k))
			last = k;
	buf_printf(f->out,
	    "\tsubgraph cluster_%zu {\n\t\tgraph [label=\"\"]\n"
	    "\t\tf%zu [shape=none,margin=0,width=0,height=0,label=<",
	    i, i);
	dot_html_font(f->out, name, 12, INK, false);
	buf_printf(f->out, ">]\n\t\tn%zu -- f%zu [style=invis]\n", last, i);
}

static void
put_frame_name(struct network_figure *f, size_t i)
{
	struct str name = f->head->nodes[i].frame;

	if (f->deep && !has_servers_only(f, i)) {
		put_name_node(f, i, name);
		return;
	}
	buf_printf(f->out,
	    "\tsubgraph cluster_%zu {\n\t\tgraph [labelloc=%c,label=<", i,
	    has_servers_only(f, i) && is_left_below(f, i) ? 't' : 'b');
	dot_html_font(f->out, name, 12, INK, false);
	buf_puts(f->out, ">]\n");
}

/* Nodes of a frame stand together, wherever the head has them. */
static void
put_network_nodes(struct network_figure *f)
{
	const struct trace_head *h = f->head;

	for (size_t i = 0; i < h->nnodes; i++) {
		if (h->nodes[i].frame.n == 0) {
			put_network_node(f, i);
			put_word_nodes(f, i, false);
			continue;
		}
		if (h->nodes[i].frame_first != i)
			continue;
		put_frame_name(f, i);
		for (size_t k = i; k < h->nnodes; k++)
			if (h->nodes[k].frame_first == i)
				put_network_node(f, k);
		put_word_nodes(f, i, true);
		buf_puts(f->out, "\t}\n");
		put_word_nodes(f, i, false);
	}
}

/* What is alike stands in one row. */
static void
put_rows(struct network_figure *f)
{
	for (unsigned level = 0; !f->deep && level < LEVEL_COUNT; level++) {
		size_t n = 0;

		for (size_t i = 0; i < f->head->nnodes; i++) {
			if (f->places[i].level != level)
				continue;
			buf_puts(f->out, n++ == 0 ? "\t{ rank=same;" : "");
			buf_printf(f->out, " n%zu;", i);
		}
		buf_puts(f->out, n > 0 ? " }\n" : "");
	}
}

static void
put_network_links(struct network_figure *f)
{
	for (size_t i = 0; i < f->head->nlinks; i++)
		network_dot_put_link(f, i);
	if (f->head->nlinks > 0 || f->head->nnodes == 0)
		return;
	buf_puts(f->out, "\thub [shape=ellipse,style=dashed,label=<");
	dot_html_font(f->out, str_of(_("network")), 10, INK, false);
	buf_puts(f->out, ">]\n");
	for (size_t i = 0; i < f->head->nnodes; i++)
		buf_printf(f->out, "\thub -- n%zu [minlen=2]\n", i);
}

static void
put_labels(struct network_figure *f)
{
	struct str title = title_translate(f->head->title);

	if (f->o->title != NULL)
		title = str_of(f->o->title);
	buf_puts(f->out, "\tgraph [labelloc=t,label=<" DOT_HTML_TABLE);
	put_row(f, title.n > 0 ? title : str_of(_("network")), 15, INK, true);
	if (f->o->footer != NULL)
		put_row(f, str_of(f->o->footer), 8, GREY, false);
	/* What is said of links in the first row stands above them. */
	put_row(f, STR(" "), 8, GREY, false);
	buf_puts(f->out, "</table>>]\n");
}

static void
put_head(struct network_figure *f)
{
	buf_puts(f->out, "graph ");
	dot_quote(f->out, f->head->title.n > 0 ? title_translate(f->head->title)
					       : str_of(_("network")));
	buf_puts(f->out,
	    " {\n"
	    "\tgraph [layout=dot,charset=\"UTF-8\",bgcolor=white,"
	    "pad=0.1,nodesep=0.35,ranksep=0.2,newrank=true,"
	    "style=\"rounded,filled\",fillcolor=\"" PAPER "\",color=\"" PALE
	    "\",fontname=\"" DOT_HTML_FAMILY "\"]\n"
	    "\tnode [shape=box,margin=\"0.12,0.05\",color=\"" INK
	    "\",fontname=\"" DOT_HTML_FAMILY "\"]\n"
	    "\tedge [color=\"" INK "\",fontname=\"" DOT_HTML_FAMILY "\"]\n");
	if (f->head->nlinks > LINKS_QUICK)
		buf_puts(f->out, "\tgraph [nslimit=10,nslimit1=10,"
				 "mclimit=0.4]\n");
}

/* A router with a host at it is none of a backbone. */
static void
find_backbone(struct network_figure *f)
{
	size_t a, b;

	for (size_t i = 0; i < f->head->nlinks; i++) {
		if (!network_dot_ends(f, &f->head->links[i], &a, &b))
			continue;
		if (f->head->nodes[a].role.n > 0 &&
		    f->places[b].level == LEVEL_BACKBONE)
			f->places[b].level = LEVEL_ROUTER;
		if (f->head->nodes[b].role.n > 0 &&
		    f->places[a].level == LEVEL_BACKBONE)
			f->places[a].level = LEVEL_ROUTER;
	}
}

/* The nodes by name, and the place of each. */
static int
find_nodes(struct network_figure *f)
{
	const struct trace_head *h = f->head;
	int err = map_create(&f->nodes);

	f->places = mem_zalloc(h->nnodes, sizeof(*f->places));
	if (err == 0 && f->places == NULL)
		err = ERR_NOMEM;
	for (size_t i = 0; err == 0 && i < h->nnodes; i++) {
		f->places[i].level = level_of(f, &h->nodes[i]);
		f->servers |= f->places[i].level == LEVEL_SERVER;
		f->places[i].string = i;
		err = map_put(
		    f->nodes, h->nodes[i].name, (void *)(uintptr_t)(i + 1));
	}
	return err;
}

int
network_dot_write(const struct trace *t, const struct network_dot_options *o,
    struct buf *out, struct diag *d)
{
	static const struct network_dot_options none;
	struct network_figure f = { .head = trace_head(t),
		.o = o != NULL ? o : &none,
		.out = out,
		.text = BUF_INIT };
	int err;

	if (f.head->nnodes > NETWORK_DOT_MOST ||
	    f.head->nlinks > NETWORK_DOT_MOST)
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("a network of %zu nodes and %zu links is too large for a "
		      "figure; at most %d of each"),
		    f.head->nnodes, f.head->nlinks, NETWORK_DOT_MOST);
	err = find_nodes(&f);
	if (err == 0) {
		find_backbone(&f);
		network_dot_string(&f);
		network_dot_deepen(&f);
		put_head(&f);
		put_network_nodes(&f);
		put_rows(&f);
		put_network_links(&f);
		put_labels(&f);
		buf_puts(out, "}\n");
		err = f.text.err != 0 ? f.text.err : out->err;
	}
	buf_free(&f.text);
	map_destroy(f.nodes);
	mem_free(f.places);
	return err;
}
