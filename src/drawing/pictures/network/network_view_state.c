/*
 * The network's parts as they are at a position: the head says what there is,
 * the fold what has become of it.
 */
#include "pictures/network/network_view_in.h"

#include "base/i18n.h"
#include "text/utf8.h"
#include "ladder/layout.h"
#include "role/role.h"
#include "words/time_words.h"

struct str
network_node_name(const struct network_state *s, uint32_t node)
{
	const struct trace_head *head = trace_head(s->v->t);

	return node < head->nnodes ? head->nodes[node].name : STR_NULL;
}

bool
network_is_router(const struct network_state *s, uint32_t node)
{
	const struct trace_head *head = trace_head(s->v->t);

	if (s->hub && node == s->nnodes)
		return true;
	return node < head->nnodes && head->nodes[node].role.n == 0;
}

bool
network_forwards(const struct network_state *s, uint32_t node)
{
	const struct trace_head *head = trace_head(s->v->t);

	return network_is_router(s, node) ||
	       (node < head->nnodes &&
		   role_plays(head->nodes[node].role, "nat"));
}

uint32_t
network_find_node(const struct network_state *s, struct str name)
{
	uint32_t number = trace_find_name(s->v->t, name);

	return number < trace_head(s->v->t)->nnodes ? number : NETWORK_NONE;
}

/* The first link between nodes A and B. */
static uint32_t
find_between(const struct network_state *s, uint32_t a, uint32_t b)
{
	for (uint32_t i = 0; i < s->nlinks; i++)
		if ((s->links[i].a == a && s->links[i].b == b) ||
		    (s->links[i].a == b && s->links[i].b == a))
			return i;
	return NETWORK_NONE;
}

uint32_t
network_link_find(const struct network_state *s, struct str name)
{
	uint32_t a, b;

	return trace_find_ends(s->v->t, name, &a, &b) ? find_between(s, a, b)
						      : NETWORK_NONE;
}

static void
read_links(struct network_state *s)
{
	const struct trace_head *head = trace_head(s->v->t);

	for (size_t i = 0; i < head->nlinks; i++) {
		const struct trace_link *l = &head->links[i];
		uint32_t a = network_find_node(s, l->a),
			 b = network_find_node(s, l->b);

		if (a == NETWORK_NONE || b == NETWORK_NONE || a == b)
			continue;
		if (s->nlinks == NETWORK_LINKS) {
			s->too_large = true;
			return;
		}
		s->links[s->nlinks++] = (struct network_link){
			.a = a, .b = b, .delay = l->delay, .loss = l->loss
		};
	}
	/* Nothing is said about links: all hang on one network. */
	if (s->nlinks > 0 || s->too_large)
		return;
	s->hub = true;
	for (uint32_t i = 0; i < s->nnodes; i++)
		s->links[s->nlinks++] =
		    (struct network_link){ .a = i, .b = s->nnodes };
}

bool
network_link_is_usual(const struct network_link *l)
{
	return !l->down && !l->delayed && l->lost == 0 && l->loss.n == 0;
}

void
network_link_words(
    const struct network_link *l, unsigned which, struct buf *out)
{
	if (l->down)
		buf_puts(out, _("cut"));
	else if ((which & LINK_DELAY) != 0 && l->delay > 0)
		time_put_length(out, l->delay);
	if ((which & LINK_LOSS) != 0 && !l->down && l->loss.n > 0) {
		buf_puts(out, out->n > 0 ? ", " : "");
		/* TRANSLATORS: "loss 20%", of a link */
		buf_printf(out, _("loss %.*s"), STR_ARG(utf8_clip(l->loss, 8)));
	}
	if ((which & LINK_LOST) != 0 && l->lost > 0) {
		buf_puts(out, out->n > 0 ? ", " : "");
		/* TRANSLATORS: messages on a link */
		buf_printf(out, _("%llu lost"), (unsigned long long)l->lost);
	}
}

/* ---- what has become of them ---- */

static void
read_link(struct network_state *s, const struct fold_link *now)
{
	uint32_t i = find_between(s, now->a, now->b);
	struct network_link *l;

	if (i == NETWORK_NONE)
		return;
	l = &s->links[i];
	l->down = now->down;
	l->lost = now->lost;
	l->delayed = now->delay_set;
	if (now->delay_set)
		l->delay = now->delay;
	if (now->loss_set)
		l->loss = now->loss;
}

void
network_state_read(struct network_state *s, const struct network_view *v)
{
	const struct trace_head *head = trace_head(v->t);
	const struct fold_crash *crash;
	const struct fold_link *link;
	size_t at = 0;

	*s = (struct network_state){ .v = v };
	s->too_large = head->nnodes > NETWORK_NODES;
	s->nnodes = s->too_large ? NETWORK_NODES : (uint32_t)head->nnodes;
	read_links(s);
	while ((link = fold_next_link(v->f, STR_NULL, &at)) != NULL)
		read_link(s, link);
	at = 0;
	while ((crash = fold_next_crash(v->f, STR_NULL, &at)) != NULL) {
		uint32_t node = network_find_node(s, crash->node);

		if (node < s->nnodes)
			s->crashed[node] = true;
	}
}
