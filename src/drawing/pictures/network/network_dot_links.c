/* The links of the network's figure, and what is said of them. */
#include "pictures/network/network_dot_in.h"

#include "base/i18n.h"
#include "draw/dot_html.h"
#include "words/time_words.h"

#define INK "#1b1f24"

static bool
has_faces(const struct trace_link *l)
{
	return l->a_face.n > 0 || l->b_face.n > 0;
}

bool
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

/* "20 ms" and "loss 1%" stand in the line, as a node: Graphviz keeps nodes
 * clear of frames and of links, and no edge's label.  Of an edge's own label
 * within a row Graphviz (2.43) frees memory twice, besides. */
void
network_dot_put_words(struct network_figure *f, size_t i)
{
	const struct trace_link *l = &f->head->links[i];

	buf_printf(f->out,
	    "\tl%zu [shape=none,margin=0,width=0,height=0,label=<"
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

/* A link of two nodes of a row that goes above it, by what is said of it.  What
 * stands between them stays there if it hangs on that, too. */
static void
put_arch(
    struct network_figure *f, size_t i, size_t a, size_t b, const char *style)
{
	int rows = f->servers && f->places[a].level == LEVEL_ROUTER ? 4 : 2;

	f->arches++;
	network_dot_put_words(f, i);
	buf_printf(f->out, "\tl%zu -- n%zu [minlen=%d,headport=n,%s]\n", i, a,
	    rows, style);
	for (size_t k = 0; f->arches < ARCHES_HUNG && k < f->head->nnodes; k++)
		if (network_dot_between(f, k, a, b))
			buf_printf(f->out,
			    "\tl%zu -- n%zu [minlen=%d,style=invis]\n", i, k,
			    rows);
	buf_printf(f->out, "\tl%zu -- n%zu [minlen=%d,headport=n,%s]\n", i, b,
	    rows, style);
}

/* What the K-th link joins node END to, if it is above or below the row of END;
 * else NNODES. */
static size_t
hanger_at(const struct network_figure *f, size_t k, size_t end)
{
	size_t a, b;

	if (!network_dot_ends(f, &f->head->links[k], &a, &b) ||
	    (a != end && b != end))
		return f->head->nnodes;
	a = a == end ? b : a;
	return f->places[a].level != f->places[end].level ? a : f->head->nnodes;
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
		buf_printf(f->out, "\tn%zu -- l%zu", at, i);
	else
		buf_printf(f->out, "\tl%zu -- n%zu", i, at);
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

/* A and B, of which the one stands above the other, are routers, or the one is
 * of a backbone: words of their link stand in the row of servers. */
static bool
joins_routers(const struct network_figure *f, size_t a, size_t b)
{
	if (f->deep)
		return f->places[a].depth > 0 && f->places[b].depth > 0;
	return f->servers && (f->places[a].level == LEVEL_BACKBONE ||
				 f->places[b].level == LEVEL_BACKBONE);
}

/* A link through what is said of it, A left of B or above it. */
static void
put_through(
    struct network_figure *f, size_t i, size_t a, size_t b, const char *style)
{
	bool flat = network_dot_is_level(f, a, b);
	const char *more =
	    flat || !joins_routers(f, a, b) ? "" : ",minlen=2,weight=4";

	if (flat)
		buf_printf(f->out, "\t{ rank=same; n%zu; l%zu }\n", a, i);
	if (flat && f->head->nodes[a].frame.n > 0 &&
	    f->head->nodes[b].frame.n > 0 &&
	    network_dot_place_of(f, a) != network_dot_place_of(f, b))
		hang_words(f, i, a, b);
	buf_printf(f->out, "\tn%zu -- l%zu [%s%s]\n\tl%zu -- n%zu [%s%s]\n", a,
	    i, style, more, i, b, style, more);
}

void
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
	buf_printf(f->out, "\tn%zu -- n%zu [%s,minlen=%d]\n", a, b, style,
	    flat                     ? 3
	    : joins_routers(f, a, b) ? 4
				     : 2);
}
