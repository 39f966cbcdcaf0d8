/*
 * The network for Graphviz, its links and their labels; see
 * pictures/network/network_dot.h.
 */
#include "pictures/network/network_dot.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "draw/graphviz.h"
#include "pictures/network/network_dot_in.h"
#include "role/role.h"
#include "words/state_words.h"
#include "words/time_words.h"
#include "words/trace_words.h"

/* With so many links Graphviz is not to look for the best of all places; with
 * less than ten rounds for each node it does not come to places that links can
 * be led around. */
#define LINKS_QUICK  100
#define INK          "#1b1f24"
#define GREY         "#5b636e"
#define PALE         "#aeb6c0"
#define PAPER        "#f4f6f8"
#define SERVER_SHAPE "style=filled,fillcolor=\"#dbe8f6\",penwidth=1.4"

bool
network_dot_is_router(
    const struct network_figure *f, const struct trace_node *n)
{
	return n->role.n == 0 && f->head->nlinks > 0;
}

static void
net_dot_put_row(struct network_figure *f, struct str text, double size,
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
		net_dot_put_row(f, buf_view(&f->text), 9, GREY, false);
	}
}

/* The text of a node's box. */
static void
put_node_words(struct network_figure *f, const struct trace_node *n)
{
	struct str label = node_caption(n->name, n->label);
	bool router = network_dot_is_router(f, n);
	struct str aor = n->aor;

	buf_puts(f->out, DOT_HTML_TABLE);
	net_dot_put_row(f, n->name, router ? 10 : 13, INK, !router);
	buf_clear(&f->text);
	role_put(&f->text, n->role, " · ");
	if (!node_label_is_role(label, n->role))
		net_dot_put_row(f, label, 10, INK, false);
	net_dot_put_row(f, buf_view(&f->text), 9, INK, false);
	if (str_starts(aor, "sip:"))
		aor = str_slice(aor, 4, aor.n);
	net_dot_put_row(f, aor, 9, INK, false);
	/* A node without another name is called by its address. */
	if (n->nfaces > 0)
		put_faces(f, n);
	else if (!str_eq(n->addr, n->name))
		net_dot_put_row(f, n->addr, 9, GREY, false);
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
		[LEVEL_EXCHANGE] = SERVER_SHAPE,
		[LEVEL_GATEWAY] = SERVER_SHAPE,
		[LEVEL_SERVER] = SERVER_SHAPE,
		[LEVEL_ROUTER] = "shape=ellipse,style=solid,margin=0,"
				 "color=\"" GREY "\"",
		[LEVEL_PHONE] = "style=\"rounded,filled\",fillcolor=white",
	};
	const struct trace_node *n = &f->head->nodes[i];

	buf_printf(f->out, "\t\t%s [label=<", f->ids[i]);
	put_node_words(f, n);
	buf_printf(f->out, ">,%s%s,tooltip=", shapes[f->places[i].level],
	    n->role.n == 0 && !network_dot_is_router(f, n) ? ",color=\"" GREY
							     "\""
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

size_t
network_dot_joined(const struct network_figure *f, size_t k, size_t i)
{
	size_t a, b;

	if (!network_dot_ends(f, &f->head->links[k], &a, &b) || a == b ||
	    (a != i && b != i))
		return f->head->nnodes;
	return a == i ? b : a;
}

/* The frame of node I, as the number of the first node in it; a node without a
 * frame is one of its own.  Nodes are written frame by frame, in the order of
 * these numbers. */
static size_t
network_dot_frame_of(const struct network_figure *f, size_t i)
{
	return f->head->nodes[i].frame_first;
}

/* The text about the link from A to B is a node of its own.  This node is
 * written when frame I is.  It is in that frame (FRAMED) if the frame has the
 * lower end, no hub, or both ends.  Otherwise it follows the frame of the end
 * that is written first: Graphviz lays nodes out in the order of the file. */
static bool
has_words_here(
    const struct network_figure *f, size_t a, size_t b, size_t i, bool framed)
{
	bool level = network_dot_is_level(f, a, b);
	size_t low = network_dot_is_above(f, b, a) ? a : b;
	size_t first = network_dot_frame_of(f, a),
	       other = network_dot_frame_of(f, b);
	bool in = first == other || (!level && !f->places[low].hub);

	if (f->head->nodes[low].frame.n > 0 && in)
		return framed && network_dot_frame_of(f, low) == i;
	return !framed && (first < other ? first : other) == i;
}

static bool
has_faces(const struct trace_link *l)
{
	return l->a_face.n > 0 || l->b_face.n > 0;
}

/* Whether the text about L is a node in its line, written
 * where its ends, *A and *B, are; that of a link above its row is written with
 * the link. */
static bool
network_dot_has_words(const struct network_figure *f,
    const struct trace_link *l, size_t *a, size_t *b)
{
	if ((l->delay <= 0 && l->loss.n == 0 && !has_faces(l)) ||
	    !network_dot_ends(f, l, a, b) || *a == *b)
		return false;
	return !network_dot_is_level(f, *a, *b) ||
	       network_dot_is_flat(f, *a, *b);
}

/* "gate:inside", as a topology has it, where the link's end says its face. */
static void
put_end_face(struct network_figure *f, struct str node, struct str face)
{
	if (face.n == 0)
		return;
	buf_clear(&f->text);
	buf_printf(&f->text, "%.*s:%.*s", STR_ARG(node), STR_ARG(face));
	dot_html_font(f->out, buf_view(&f->text), 9, INK, false);
	buf_puts(f->out, "</td></tr><tr><td>");
}

/*
 * Writes the text about link I as that node; writes link I. "20 ms" and "loss
 * 1%" are in the line, as a node: Graphviz keeps nodes clear of frames and
 * of links, and no edge's label. Of an edge's own label within a row Graphviz
 * (2.43) frees memory twice, besides.
 */
static void
network_dot_put_words(struct network_figure *f, size_t i)
{
	const struct trace_link *l = &f->head->links[i];

	buf_printf(f->out,
	    "\t\"link %zu\" [shape=none,margin=0,width=0,height=0,label=<"
	    "<table border=\"0\" cellborder=\"0\" "
	    "cellspacing=\"0\" cellpadding=\"2\"><tr><td>",
	    i);
	put_end_face(f, l->a, l->a_face);
	put_end_face(f, l->b, l->b_face);
	if (l->delay > 0) {
		buf_clear(&f->text);
		time_put_length(&f->text, l->delay);
		dot_html_font(f->out, buf_view(&f->text), 10, INK, false);
	}
	if (l->loss.n > 0) {
		buf_clear(&f->text);
		buf_printf(&f->text, _("loss %.*s"), STR_ARG(l->loss));
		if (l->delay > 0)
			buf_puts(f->out, "</td><td>");
		dot_html_font(f->out, buf_view(&f->text), 10, INK, true);
	}
	buf_puts(f->out, "</td></tr></table>>]\n");
}

/* Those FRAMED in the frame that begins with node I, or those after it. */
static void
put_word_nodes(struct network_figure *f, size_t i, bool framed)
{
	size_t a, b;

	for (size_t k = 0; k < f->head->nlinks; k++)
		if (network_dot_has_words(f, &f->head->links[k], &a, &b) &&
		    has_words_here(f, a, b, i, framed))
			network_dot_put_words(f, k);
}

/* The frame that begins with node I has servers and gateways alone. */
static bool
has_servers_only(const struct network_figure *f, size_t i)
{
	for (size_t k = i; k < f->head->nnodes; k++)
		if (f->head->nodes[k].frame_first == i &&
		    f->places[k].level != LEVEL_SERVER &&
		    f->places[k].level != LEVEL_GATEWAY)
			return false;
	return true;
}

/* Links leave that frame BELOW, where its name would stand, or above; else all
 * that it has are of its row, and lead over it. */
static bool
is_left(const struct network_figure *f, size_t i, bool below)
{
	size_t a, b;

	for (size_t k = 0; k < f->head->nlinks; k++)
		if (network_dot_ends(f, &f->head->links[k], &a, &b) &&
		    !network_dot_is_level(f, a, b) &&
		    network_dot_frame_of(
			f, network_dot_is_above(f, a, b) == below ? a : b) == i)
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
	    "\t\t\"frame %zu\" [shape=none,margin=0,width=0,height=0,label=<",
	    i, i);
	dot_html_font(f->out, name, 12, INK, false);
	buf_printf(f->out, ">]\n\t\t%s -- \"frame %zu\" [style=invis]\n",
	    f->ids[last], i);
}

static void
net_dot_put_frame_name(struct network_figure *f, size_t i)
{
	struct str name = f->head->nodes[i].frame;

	bool servers = has_servers_only(f, i);
	bool below = servers && is_left(f, i, true);

	if ((f->deep && !servers) || (below && is_left(f, i, false))) {
		put_name_node(f, i, name);
		return;
	}
	buf_printf(f->out,
	    "\tsubgraph cluster_%zu {\n\t\tgraph [labelloc=%c,label=<", i,
	    below ? 't' : 'b');
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
		net_dot_put_frame_name(f, i);
		for (size_t k = i; k < h->nnodes; k++)
			if (h->nodes[k].frame_first == i)
				put_network_node(f, k);
		put_word_nodes(f, i, true);
		buf_puts(f->out, "\t}\n");
		put_word_nodes(f, i, false);
	}
}

/* Nodes that are alike are in one row. */
static void
net_dot_put_rows(struct network_figure *f)
{
	for (unsigned level = 0; !f->deep && level < LEVEL_COUNT; level++) {
		size_t n = 0;

		for (size_t i = 0; i < f->head->nnodes; i++) {
			if (f->places[i].level != level)
				continue;
			buf_puts(f->out, n++ == 0 ? "\t{ rank=same;" : "");
			buf_printf(f->out, " %s;", f->ids[i]);
		}
		buf_puts(f->out, n > 0 ? " }\n" : "");
	}
}

static bool
is_lossy(const struct trace_link *l)
{
	for (size_t i = 0; i < l->loss.n; i++)
		if (l->loss.p[i] >= '1' && l->loss.p[i] <= '9')
			return true;
	return false;
}

/* Behind so many there is no order to be kept. */
#define ARCHES_HUNG 8

static bool
is_under_arch(const struct network_figure *f, size_t i, size_t a, size_t b)
{
	return i == a || i == b || network_dot_between(f, i, a, b);
}

/* Hangs the words of links from frame to frame, otherwise the nodes, between A
 * and B in their row on the arch I, so that they stay there. */
static void
hang_on_arch(struct network_figure *f, size_t i, size_t a, size_t b, int rows)
{
	size_t hung = 0, one, two;

	for (size_t k = 0; k < f->head->nlinks; k++) {
		const struct trace_link *l = &f->head->links[k];

		if (network_dot_has_words(f, l, &one, &two) &&
		    network_dot_is_flat(f, one, two) &&
		    network_dot_frame_of(f, one) !=
			network_dot_frame_of(f, two) &&
		    is_under_arch(f, one, a, b) &&
		    is_under_arch(f, two, a, b)) {
			buf_printf(f->out,
			    "\t\"link %zu\" -- \"link %zu\" "
			    "[minlen=%d,style=invis]\n",
			    i, k, rows);
			hung++;
		}
	}
	for (size_t k = 0; hung == 0 && k < f->head->nnodes; k++)
		if (network_dot_between(f, k, a, b))
			buf_printf(f->out,
			    "\t\"link %zu\" -- %s [minlen=%d,style=invis]\n", i,
			    f->ids[k], rows);
}

/* A link of two nodes of a row that goes above it, through its label. */
static void
put_arch(
    struct network_figure *f, size_t i, size_t a, size_t b, const char *style)
{
	int rows = f->servers && f->places[a].level == LEVEL_ROUTER ? 4 : 2;

	f->arches++;
	network_dot_put_words(f, i);
	buf_printf(f->out, "\t\"link %zu\" -- %s [minlen=%d,headport=n,%s]\n",
	    i, f->ids[a], rows, style);
	if (f->arches < ARCHES_HUNG)
		hang_on_arch(f, i, a, b, rows);
	buf_printf(f->out, "\t\"link %zu\" -- %s [minlen=%d,headport=n,%s]\n",
	    i, f->ids[b], rows, style);
}

/* A and B, of which the one stands above the other, are routers, or the one is
 * of a backbone: words of their link are in the row of servers. */
static bool
joins_routers(const struct network_figure *f, size_t a, size_t b)
{
	if (f->deep)
		return f->places[a].depth > 0 && f->places[b].depth > 0;
	return f->servers && (f->places[a].level == LEVEL_BACKBONE ||
				 f->places[b].level == LEVEL_BACKBONE);
}

/* What the K-th link joins node END to, if it is above or below the row of END;
 * else NNODES. */
static size_t
hanger_at(const struct network_figure *f, size_t k, size_t end)
{
	size_t at = network_dot_joined(f, k, end);

	return at < f->head->nnodes &&
		       f->places[at].level != f->places[end].level
		   ? at
		   : f->head->nnodes;
}

/* The first such of END in the row of LEVEL. */
static size_t
find_hanger(
    const struct network_figure *f, size_t end, enum network_level level)
{
	for (size_t k = 0; k < f->head->nlinks; k++) {
		size_t at = hanger_at(f, k, end);

		if (at < f->head->nnodes && f->places[at].level == level)
			return at;
	}
	return f->head->nnodes;
}

static void
put_hanger(struct network_figure *f, size_t i, size_t end, size_t at)
{
	if (f->places[at].level < f->places[end].level)
		buf_printf(f->out, "\t%s -- \"link %zu\"", f->ids[at], i);
	else
		buf_printf(f->out, "\t\"link %zu\" -- %s", i, f->ids[at]);
	buf_puts(f->out, " [style=invis]\n");
}

/* Words of link I between two frames stay there if they hang on what its ends A
 * and B hang on, in one row.  Hung on something above and something below they
 * would be drawn aside. */
static void
hang_words(struct network_figure *f, size_t i, size_t a, size_t b)
{
	for (size_t k = 0; k < f->head->nlinks; k++) {
		size_t one = hanger_at(f, k, a), other;

		if (one == f->head->nnodes)
			continue;
		other = find_hanger(f, b, f->places[one].level);
		if (other == f->head->nnodes)
			continue;
		put_hanger(f, i, a, one);
		put_hanger(f, i, b, other);
		return;
	}
}

/* The links of hub I are far enough from each other where the words about them
 * are so far from it. */
static const char *
spread_of(const struct network_figure *f, size_t i)
{
	return f->places[i].hub ? ",minlen=4" : "";
}

/* A link through its label, A left of B or above it. */
static void
put_through(
    struct network_figure *f, size_t i, size_t a, size_t b, const char *style)
{
	bool flat = network_dot_is_level(f, a, b);
	const char *more =
	    flat || !joins_routers(f, a, b) ? "" : ",minlen=2,weight=4";

	if (flat)
		buf_printf(f->out, "\t{ rank=same; %s; \"link %zu\" }\n",
		    f->ids[a], i);
	if (flat && f->head->nodes[a].frame.n > 0 &&
	    f->head->nodes[b].frame.n > 0 &&
	    network_dot_frame_of(f, a) != network_dot_frame_of(f, b))
		hang_words(f, i, a, b);
	buf_printf(f->out,
	    "\t%s -- \"link %zu\" [%s%s%s]\n\t\"link %zu\" -- %s [%s%s%s]\n",
	    f->ids[a], i, style, more, spread_of(f, a), i, f->ids[b], style,
	    more, spread_of(f, b));
}

static void
network_dot_put_link(struct network_figure *f, size_t i)
{
	const struct trace_link *l = &f->head->links[i];
	const char *style =
	    is_lossy(l) ? "style=dashed,penwidth=1.6" : "style=solid";
	size_t a, b, first, second;
	bool flat;

	if (!network_dot_ends(f, l, &a, &b) || a == b)
		return;
	flat = network_dot_is_level(f, a, b) && network_dot_is_flat(f, a, b);
	if (!flat && network_dot_is_level(f, a, b)) {
		put_arch(f, i, a, b, style);
		return;
	}
	/* Graphviz places the first above the second, or left of it. */
	if (network_dot_is_above(f, b, a) ||
	    (flat && f->places[a].order > f->places[b].order)) {
		size_t other = a;

		a = b;
		b = other;
	}
	if (network_dot_has_words(f, l, &first, &second)) {
		put_through(f, i, a, b, style);
		return;
	}
	/* Each row has one of words above it. */
	buf_printf(f->out, "\t%s -- %s [%s,minlen=%d]\n", f->ids[a], f->ids[b],
	    style,
	    flat                     ? 3
	    : joins_routers(f, a, b) ? 4
				     : 2);
}

static void
put_network_links(struct network_figure *f)
{
	for (size_t i = 0; i < f->head->nlinks; i++)
		network_dot_put_link(f, i);
	if (f->head->nlinks > 0 || f->head->nnodes == 0)
		return;
	buf_puts(
	    f->out, "\t\"the network\" [shape=ellipse,style=dashed,label=<");
	dot_html_font(f->out, str_of(_("network")), 10, INK, false);
	buf_puts(f->out, ">]\n");
	for (size_t i = 0; i < f->head->nnodes; i++)
		buf_printf(
		    f->out, "\t\"the network\" -- %s [minlen=2]\n", f->ids[i]);
}

static void
put_labels(struct network_figure *f)
{
	struct str title = title_translate(f->head->title);

	if (f->o->title != NULL)
		title = str_of(f->o->title);
	buf_puts(f->out, "\tgraph [labelloc=t,label=<" DOT_HTML_TABLE);
	net_dot_put_row(
	    f, title.n > 0 ? title : str_of(_("network")), 15, INK, true);
	if (f->o->footer != NULL)
		net_dot_put_row(f, str_of(f->o->footer), 8, GREY, false);
	/* Labels of links in the first row stand above them. */
	net_dot_put_row(f, STR(" "), 8, GREY, false);
	buf_puts(f->out, "</table>>]\n");
}

static void
net_dot_put_head(struct network_figure *f)
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

int
network_dot_name_nodes(
    const struct trace_head *h, struct arena **texts, const char ***ids)
{
	int err = arena_create(texts);
	LOCAL_BUF id = BUF_INIT;

	*ids =
	    err == 0 ? arena_get(*texts, h->nnodes + 1, sizeof(**ids)) : NULL;
	for (size_t i = 0; *ids != NULL && i < h->nnodes; i++) {
		buf_clear(&id);
		dot_put_id(&id, h->nodes[i].name);
		(*ids)[i] = arena_str(*texts, buf_view(&id));
		if ((*ids)[i] == NULL || id.err != 0)
			return ERR_NOMEM;
	}
	return *ids != NULL ? 0 : ERR_NOMEM;
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
	err = network_dot_name_nodes(f.head, &f.texts, &f.ids);
	if (err == 0)
		err = find_nodes(&f);
	if (err == 0) {
		network_dot_find_levels(&f);
		network_dot_string(&f);
		network_dot_deepen(&f);
		net_dot_put_head(&f);
		put_network_nodes(&f);
		net_dot_put_rows(&f);
		put_network_links(&f);
		put_labels(&f);
		buf_puts(out, "}\n");
		err = f.text.err != 0 ? f.text.err : out->err;
	}
	buf_free(&f.text);
	map_destroy(f.nodes);
	arena_destroy(f.texts);
	mem_free(f.places);
	return err;
}
