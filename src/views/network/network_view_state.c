/*
 * The network's parts as they are at a position: the head says what there is,
 * acts change it (docs/TRACE.md: crash and restart of a node; down, up and set
 * of a link), and losses are counted.
 */
#include "views/network/network_view_in.h"

#include "base/i18n.h"
#include "base/param.h"
#include "base/utf8.h"
#include "ladder/layout.h"
#include "trace/board.h"
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

uint32_t
network_find_node(const struct network_state *s, struct str name)
{
	uint32_t number = trace_find_name(s->v->t, name);

	return number < trace_head(s->v->t)->nnodes ? number : NETWORK_NONE;
}

uint32_t
network_link_find(const struct network_state *s, struct str name)
{
	static const char *const between[] = { "--", ">" };

	for (size_t k = 0; k < sizeof(between) / sizeof(*between); k++) {
		ptrdiff_t at = str_find(name, between[k]);
		size_t n = strlen(between[k]);
		uint32_t a, b;

		if (at < 0)
			continue;
		a = network_find_node(s, str_slice(name, 0, (size_t)at));
		b = network_find_node(
		    s, str_slice(name, (size_t)at + n, name.n));
		for (uint32_t i = 0; a != NETWORK_NONE && i < s->nlinks; i++)
			if ((s->links[i].a == a && s->links[i].b == b) ||
			    (s->links[i].a == b && s->links[i].b == a))
				return i;
	}
	return NETWORK_NONE;
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

/* ---- acts ---- */

static void
set_link(struct network_link *l, const struct trace_rec *rec)
{
	struct json_value args = json_member(rec->object, "args");
	struct str text;

	if (args.type != JSON_OBJECT)
		return;
	if (json_plain(json_member(args, "loss"), &text) == 0)
		l->loss =
		    str_is(text, "0") || str_is(text, "0%") ? STR_NULL : text;
	if (json_plain(json_member(args, "delay"), &text) == 0 &&
	    param_time(text, &l->delay) == 0)
		l->delayed = true;
}

static void
act_on_link(
    struct network_link *l, struct str verb, const struct trace_rec *rec)
{
	if (str_is(verb, "down"))
		l->down = true;
	else if (str_is(verb, "up"))
		l->down = false;
	else if (str_is(verb, "set"))
		set_link(l, rec);
}

/* Most acts are others': those that may be of this kind, by a look at the
 * bytes alone. */
static bool
may_change(struct str line)
{
	return str_find(line, "--") >= 0 || str_find(line, "crash") >= 0 ||
	       str_find(line, "restart") >= 0;
}

static void
read_act(struct network_state *s, const struct trace_rec *rec)
{
	struct buf a = BUF_INIT, b = BUF_INIT;
	struct str verb = trace_str(rec, "verb", &a);
	struct str on = trace_str(rec, "on", &b);
	uint32_t node, link;

	if (str_is(verb, "crash") || str_is(verb, "restart")) {
		node = network_find_node(s, on);
		if (node < s->nnodes)
			s->crashed[node] = str_is(verb, "crash");
	} else if (str_find(on, "--") >= 0) {
		link = network_link_find(s, on);
		if (link != NETWORK_NONE)
			act_on_link(&s->links[link], verb, rec);
	}
	buf_free(&a);
	buf_free(&b);
}

/* A fault of a handset's board ends it as a crash does. */
static void
read_board(struct network_state *s, uint64_t seq)
{
	uint32_t node = trace_node_of(s->v->t, seq);

	if (node < s->nnodes && trace_board_ends(s->v->t, seq))
		s->crashed[node] = true;
}

/* The link of a loss.  There may be very many, of few links: so the field is
 * found by its bytes, which stand for themselves only outside of strings. */
static struct str
link_of(const struct trace_rec *rec, struct buf *scratch)
{
	static const char key[] = "\"link\":\"";
	ptrdiff_t at = str_find(rec->object.raw, key);
	struct str rest, name;

	if (at < 0)
		return trace_str(rec, "link", scratch);
	rest = str_slice(
	    rec->object.raw, (size_t)at + sizeof(key) - 1, rec->object.raw.n);
	name = str_cut(rest, '"', &rest);
	return str_chr(name, '\\') < 0 ? name : trace_str(rec, "link", scratch);
}

static void
read_drop(struct network_state *s, const struct trace_rec *rec,
    struct str *known, uint32_t *link)
{
	struct buf scratch = BUF_INIT;
	struct str name = link_of(rec, &scratch);

	/* One after the other of the same link: looked up once. */
	if (known->n == 0 || !str_eq(name, *known)) {
		*link = network_link_find(s, name);
		*known = scratch.n == 0 ? name : STR_NULL;
	}
	if (*link != NETWORK_NONE)
		s->links[*link].lost++;
	buf_free(&scratch);
}

void
network_state_read(struct network_state *s, const struct network_view *v)
{
	const struct trace_head *head = trace_head(v->t);
	uint64_t last = v->seq < trace_count(v->t) ? v->seq : trace_count(v->t);
	struct str known = STR_NULL;
	uint32_t link = NETWORK_NONE;
	struct trace_rec rec;

	*s = (struct network_state){ .v = v };
	s->too_large = head->nnodes > NETWORK_NODES;
	s->nnodes = s->too_large ? NETWORK_NODES : (uint32_t)head->nnodes;
	read_links(s);
	for (uint64_t seq = 1; seq <= last; seq++) {
		enum trace_kind kind = trace_kind_of(v->t, seq);

		if (kind == TRACE_BOARD)
			read_board(s, seq);
		if (kind != TRACE_ACT && kind != TRACE_DROP)
			continue;
		trace_get(v->t, seq, &rec);
		if (kind == TRACE_DROP)
			read_drop(s, &rec, &known, &link);
		else if (may_change(rec.object.raw))
			read_act(s, &rec);
	}
}
