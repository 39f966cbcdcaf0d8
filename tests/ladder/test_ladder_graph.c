/*
 * The ladder's graph against what it is made from, by programs of Graphviz: its
 * library reads the file, its dot lays it out.  For each lab, and for random
 * networks whose nodes have difficult names:
 *
 * - the edges of messages are the trace's messages, in their order: from whom,
 *   to whom or lost, and what;
 * - the points of each lifeline are below each other, and what is later is
 *   further down;
 * - a label is at its own edge, and no other message's edge goes through it;
 * - pinned, each edge goes where the figure's line goes.
 *
 * GRAPH_NETS=N sets the number of random networks, GRAPH_SEED=S the first seed;
 * GRAPH_AXIS=1 has a time axis.
 */
#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "fixtures/sample_more.h"
#include "ladder/ladder_graph.h"
#include "sim/rng.h"
#include "trace/protocol.h"

#include <graphviz/cgraph.h>
#include <math.h>

#define NETS   (IS_SANITIZED ? 10 : 50)
#define POINTS 256

struct edge {
	uint64_t seq;
	const char *tail, *head, *label;
	double at[POINTS][2]; /* along it */
	size_t n;
	double x, y; /* of the label */
	bool placed;
};

struct graph_seen {
	const char *file;
	const struct trace *t;
	struct layout *l;
	struct buf gv;
	Agraph_t *g;
	struct edge *edges; /* of messages, in the order of the file */
	size_t n;
	unsigned wrong;
};

static unsigned graphs, laid_out, messages;

static void
wrong(struct graph_seen *s, const char *what, const char *a, const char *b)
{
	if (s->wrong++ < 5)
		printf("  %s: %s: %s, %s\n", s->file, what, a, b);
}

static const char *
get(void *of, const char *name)
{
	const char *v = agget(of, (char *)(uintptr_t)name);

	return v != NULL ? v : "";
}

static bool
is_pinned(const struct graph_seen *s)
{
	return get(s->g, "layout")[0] != '\0';
}

static int
by_sequence(const void *x, const void *y)
{
	Agedge_t *const *a = x, *const *b = y;

	return (AGSEQ(*a) > AGSEQ(*b)) - (AGSEQ(*a) < AGSEQ(*b));
}

/* All edges of messages: those with an id. */
static void
read_edges(struct graph_seen *s)
{
	Agedge_t **all = mem_zalloc((size_t)agnedges(s->g) + 1, sizeof(*all));
	size_t n = 0;

	for (Agnode_t *v = agfstnode(s->g); v != NULL; v = agnxtnode(s->g, v))
		for (Agedge_t *e = agfstout(s->g, v); e != NULL;
		     e = agnxtout(s->g, e))
			if (get(e, "id")[0] == 'r')
				all[n++] = e;
	qsort(all, n, sizeof(*all), by_sequence);
	s->edges = mem_zalloc(n + 1, sizeof(*s->edges));
	CU_ASSERT_PTR_NOT_NULL_FATAL(s->edges);
	s->n = n;
	for (size_t i = 0; i < n; i++)
		s->edges[i] = (struct edge){
			.seq = strtoull(get(all[i], "id") + 1, NULL, 10),
			.tail = agnameof(agtail(all[i])),
			.head = agnameof(aghead(all[i])),
			.label = get(all[i], "label")
		};
	mem_free(all);
}

/* The lifeline that NAME is a point of: its group. */
static const char *
line_of(const struct graph_seen *s, const char *name)
{
	return get(agnode(s->g, (char *)(uintptr_t)name, 0), "group");
}

/* What became of a message: where it arrived; lost on its way; discarded there,
 * by a record about its arrival. */
struct end {
	struct str to;
	bool lost, discarded;
};

static struct end
find_end(const struct trace *t, uint64_t seq)
{
	struct end end = { STR_NULL, false, false };
	uint64_t arrival = 0;

	for (uint64_t i = seq + 1; i <= trace_count(t); i++) {
		enum trace_kind kind = trace_kind_of(t, i);
		struct trace_rec rec;
		uint64_t of;

		if (kind != TRACE_RECV && kind != TRACE_DROP)
			continue;
		trace_get(t, i, &rec);
		of = (uint64_t)trace_int(&rec, "of", 0);
		if (of == seq && kind == TRACE_RECV) {
			end.to = rec.node;
			arrival = i;
		}
		end.lost |= of == seq && kind == TRACE_DROP;
		end.discarded |= of == arrival && of != 0 && kind == TRACE_DROP;
	}
	return end;
}

static void
check_message(struct graph_seen *s, struct edge *e, const struct trace_send *m)
{
	LOCAL_BUF start = BUF_INIT;
	struct trace_rec rec;
	struct end end;
	bool lost;

	trace_get(s->t, e->seq, &rec);
	if (!str_is(rec.node, line_of(s, e->tail)))
		wrong(s, "tail", e->tail, e->label);
	end = find_end(s->t, e->seq);
	lost = line_of(s, e->head)[0] == '\0';
	if (end.to.n > 0 && !lost && !str_is(end.to, line_of(s, e->head)))
		wrong(s, "head", e->head, e->label);
	if (end.to.n > 0 && !end.discarded && !end.lost && lost)
		wrong(s, "lost, but it arrived", e->head, e->label);
	if ((end.to.n == 0 ? end.lost : end.discarded) && !lost &&
	    strcmp(e->tail, e->head) != 0)
		wrong(s, "not lost", e->head, e->label);
	if (m->status > 0)
		buf_printf(&start, "%u ", m->status);
	else
		buf_str(&start, m->method);
	/* A pinned label is as short as the figure's. */
	if (trace_proto_find(m->proto) == TRACE_PROTO_SIP && !is_pinned(s) &&
	    strstr(e->label, buf_cstr(&start)) == NULL)
		wrong(s, "label", e->label, buf_cstr(&start));
}

/* The trace's messages between nodes of the ladder, and the edges. */
static void
check_messages(struct graph_seen *s)
{
	uint64_t before = 0;
	size_t sip = 0, drawn = 0;

	for (uint64_t seq = 1; seq <= trace_count(s->t); seq++) {
		LOCAL_BUF scratch = BUF_INIT;
		struct trace_rec rec;
		struct trace_send m;

		if (trace_kind_of(s->t, seq) != TRACE_SEND)
			continue;
		trace_get(s->t, seq, &rec);
		if (trace_get_send(&rec, &m, &scratch) == 0)
			sip += trace_proto_find(m.proto) == TRACE_PROTO_SIP;
	}
	for (size_t i = 0; i < s->n; i++) {
		LOCAL_BUF scratch = BUF_INIT;
		struct trace_rec rec;
		struct trace_send m;

		if (s->edges[i].seq <= before)
			wrong(s, "order", s->edges[i].tail, s->edges[i].label);
		before = s->edges[i].seq;
		trace_get(s->t, s->edges[i].seq, &rec);
		if (rec.kind != TRACE_SEND ||
		    trace_get_send(&rec, &m, &scratch) != 0)
			continue;
		drawn += trace_proto_find(m.proto) == TRACE_PROTO_SIP;
		check_message(s, &s->edges[i], &m);
	}
	messages += s->n;
	/* Some go to an address that nobody has. */
	if (drawn > sip || drawn + s->l->nfolded + 12 < sip)
		wrong(s, "messages", "too few", "or too many");
}

/* ---- laid out ---- */

/* The next word of a line of -Tplain. */
static struct str
next_word(struct str *line, struct buf *word)
{
	size_t i = 0;

	buf_clear(word);
	while (i < line->n && line->p[i] == ' ')
		i++;
	if (i < line->n && line->p[i] == '"') {
		for (i++; i < line->n && line->p[i] != '"'; i++) {
			if (line->p[i] == '\\' && i + 1 < line->n &&
			    line->p[i + 1] == '"')
				i++;
			buf_putc(word, line->p[i]);
		}
		i++;
	} else {
		for (; i < line->n && line->p[i] != ' '; i++)
			buf_putc(word, line->p[i]);
	}
	*line = str_slice(*line, i < line->n ? i : line->n, line->n);
	return buf_view(word);
}

static double
next_number(struct str *line, struct buf *word)
{
	next_word(line, word);
	return strtod(buf_cstr(word), NULL) * 72;
}

static void
put_place(struct graph_seen *s, const char *name, double x, double y)
{
	Agnode_t *v = agnode(s->g, (char *)(uintptr_t)name, 0);
	char at[64], place[] = "place", none[] = "";

	if (v == NULL)
		return;
	snprintf(at, sizeof(at), "%.3f %.3f", x, y);
	agsafeset(v, place, at, none);
}

static void
take_edge(struct graph_seen *s, struct str line)
{
	LOCAL_BUF tail = BUF_INIT, head = BUF_INIT, word = BUF_INIT;
	struct edge *e = NULL;
	size_t n;

	next_word(&line, &tail);
	next_word(&line, &head);
	n = (size_t)(next_number(&line, &word) / 72 + 0.5);
	for (size_t i = 0; i < s->n && e == NULL; i++)
		if (!s->edges[i].placed && s->edges[i].n == 0 &&
		    strcmp(s->edges[i].tail, buf_cstr(&tail)) == 0 &&
		    strcmp(s->edges[i].head, buf_cstr(&head)) == 0)
			e = &s->edges[i];
	if (e == NULL || str_find(line, " invis ") >= 0)
		return;
	for (size_t i = 0; i < n; i++) {
		double x = next_number(&line, &word);
		double y = next_number(&line, &word);

		/* Its polygon is near enough to it: it is straight. */
		if (e->n < POINTS) {
			e->at[e->n][0] = x;
			e->at[e->n++][1] = y;
		}
	}
	next_word(&line, &word);
	e->x = next_number(&line, &word);
	e->y = next_number(&line, &word);
	e->placed = true;
}

static bool
lay_out(struct graph_seen *s)
{
	LOCAL_BUF plain = BUF_INIT, word = BUF_INIT;
	char name[64], command[160], piece[4096];
	struct str rest;
	FILE *f;

	snprintf(name, sizeof(name), "/tmp/rung-graph-%ld.gv", (long)getpid());
	f = fopen(name, "w");
	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	fwrite(s->gv.p, 1, s->gv.n, f);
	fclose(f);
	snprintf(
	    command, sizeof(command), "timeout 120 dot -Tplain %s 2>&1", name);
	f = popen(command, "r");
	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	for (size_t n; (n = fread(piece, 1, sizeof(piece), f)) > 0;)
		buf_str(&plain, (struct str){ piece, n });
	pclose(f);
	unlink(name);
	for (rest = buf_view(&plain); rest.n > 0;) {
		struct str line = str_cut(rest, '\n', &rest);

		next_word(&line, &word);
		if (str_is(buf_view(&word), "edge")) {
			take_edge(s, line);
		} else if (str_is(buf_view(&word), "Warning:") ||
			   str_is(buf_view(&word), "Error:")) {
			snprintf(piece, sizeof(piece), "%.*s", STR_ARG(line));
			wrong(s, "dot", buf_cstr(&word), piece);
		} else if (str_is(buf_view(&word), "node")) {
			LOCAL_BUF node = BUF_INIT;
			double x, y;

			next_word(&line, &node);
			x = next_number(&line, &word);
			y = next_number(&line, &word);
			put_place(s, buf_cstr(&node), x, y);
		}
	}
	return plain.n > 0;
}

static bool
place_of(const struct graph_seen *s, const char *name, double at[2])
{
	const char *p = get(agnode(s->g, (char *)(uintptr_t)name, 0), "place");
	char *end;

	at[0] = strtod(p, &end);
	at[1] = strtod(end, NULL);
	return p[0] != '\0';
}

/* The lifelines are straight, and later points further down. */
static void
check_lifelines(struct graph_seen *s)
{
	for (Agnode_t *v = agfstnode(s->g); v != NULL; v = agnxtnode(s->g, v))
		for (Agedge_t *e = agfstout(s->g, v); e != NULL;
		     e = agnxtout(s->g, e)) {
			const char *tail = agnameof(v),
				   *head = agnameof(aghead(e));
			double a[2], b[2];

			if (get(e, "id")[0] != '\0' ||
			    get(v, "group")[0] == '\0' ||
			    strcmp(get(v, "group"), get(aghead(e), "group")) !=
				0 ||
			    !place_of(s, tail, a) || !place_of(s, head, b))
				continue;
			if (fabs(a[0] - b[0]) > 1)
				wrong(s, "not straight", tail, head);
			if (b[1] >= a[1])
				wrong(s, "not below", tail, head);
		}
	for (size_t i = 1; i < s->n; i++) {
		double a[2], b[2];

		if (place_of(s, s->edges[i - 1].tail, a) &&
		    place_of(s, s->edges[i].tail, b) && b[1] > a[1] + 0.5)
			wrong(
			    s, "order", s->edges[i - 1].tail, s->edges[i].tail);
	}
}

/* How far E goes from X, Y, and whether through the box about it. */
static double
distance(const struct edge *e, double x, double y, double half, bool *through)
{
	double least = 1e9;

	*through = false;
	for (size_t i = 0; i + 1 < e->n; i++)
		for (int part = 0; part <= 40; part++) {
			double px = e->at[i][0] +
				    (e->at[i + 1][0] - e->at[i][0]) * part / 40;
			double py = e->at[i][1] +
				    (e->at[i + 1][1] - e->at[i][1]) * part / 40;

			least = fmin(least, hypot(px - x, py - y));
			*through |= fabs(px - x) < half && fabs(py - y) < 4;
		}
	return least;
}

static void
check_labels(struct graph_seen *s)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct edge *e = &s->edges[i];
		double half =
		    figure_text_width(str_of(e->label), 10, true) * 0.4;
		bool through;

		if (!e->placed || strcmp(e->tail, e->head) == 0)
			continue;
		if (distance(e, e->x, e->y, half, &through) > 20)
			wrong(s, "label far off", e->tail, e->label);
		for (size_t k = 0; k < s->n; k++) {
			const struct edge *o = &s->edges[k];

			if (k == i || !o->placed ||
			    strcmp(o->tail, o->head) == 0)
				continue;
			distance(o, e->x, e->y, half, &through);
			if (through)
				wrong(s, "label on another's edge", e->label,
				    o->tail);
		}
	}
}

/* ---- pinned ---- */

static double
read_number(const char **p)
{
	char *end;
	double v = strtod(*p, &end);

	*p = end;
	return v;
}

/* Whether the path D of an SVG begins at A (not NULL); its end is Z. */
static bool
path_begins(const char *d, const double a[2], double z[2])
{
	double x = 0, y = 0;
	bool begins = false;

	for (const char *p = d; *p != '"' && *p != '\0';) {
		char c = *p++;

		if (c == 'H')
			x = read_number(&p);
		else if (c == 'V')
			y = read_number(&p);
		else if (c == 'M' || c == 'L' || c == ' ') {
			x = read_number(&p);
			y = read_number(&p);
			begins |= fabs(x - a[0]) < 0.6 && fabs(y - a[1]) < 0.6;
		} else
			break;
	}
	z[0] = x;
	z[1] = y;
	return begins;
}

/* The line of ID in SVG goes from A to B. */
static bool
svg_goes(const char *svg, const char *id, const double a[2], const double b[2])
{
	LOCAL_BUF find = BUF_INIT;
	const char *at, *end;
	bool begins = false;
	double z[2] = { 0 };

	buf_printf(&find, "<g id=\"%s\"", id);
	at = strstr(svg, buf_cstr(&find));
	end = at != NULL ? strstr(at, "</g>") : NULL;
	if (end == NULL)
		return false;
	while ((at = strstr(at, " d=\"")) != NULL && at < end) {
		at += 4;
		begins |= path_begins(at, a, z);
	}
	return begins && fabs(z[0] - b[0]) < 2 && fabs(z[1] - b[1]) < 2;
}

static void
check_pins(struct graph_seen *s)
{
	LOCAL_BUF svg = BUF_INIT;
	double height;
	const char *bb = get(s->g, "bb");

	CU_ASSERT_EQUAL(ladder_figure_write(s->l, NULL, &figure_svg, &svg), 0);
	bb += strcspn(bb, ",") + 1;
	bb += strcspn(bb, ",") + 1;
	bb += strcspn(bb, ",") + 1;
	height = strtod(bb, NULL);
	for (Agnode_t *v = agfstnode(s->g); v != NULL; v = agnxtnode(s->g, v))
		for (Agedge_t *e = agfstout(s->g, v); e != NULL;
		     e = agnxtout(s->g, e)) {
			const char *pos = get(e, "pos"), *p = pos;
			double a[2], b[2];

			if (get(e, "id")[0] != 'r' || v == aghead(e) ||
			    strstr(get(e, "class"), "media") != NULL ||
			    strstr(get(e, "class"), "early") != NULL ||
			    strstr(get(e, "class"), "video") != NULL)
				continue;
			if (strncmp(p, "e,", 2) == 0) {
				p += 2;
				b[0] = read_number(&p);
				p++;
				b[1] = height - read_number(&p);
				p++;
			}
			a[0] = read_number(&p);
			p++;
			a[1] = height - read_number(&p);
			if (strncmp(pos, "e,", 2) != 0) {
				p = strrchr(pos, ' ') + 1;
				b[0] = read_number(&p);
				p++;
				b[1] = height - read_number(&p);
			}
			if (!svg_goes(buf_cstr(&svg), get(e, "id"), a, b))
				wrong(s, "not where the figure has it",
				    agnameof(v), pos);
		}
}

/* Each text below the ladder is a node of its own. */
static void
check_words(struct graph_seen *s)
{
	static const char words[] = "\n\tsubgraph words { ";
	size_t written = 0, seen = 0;

	for (const char *p = buf_cstr(&s->gv); (p = strstr(p, words)) != NULL;
	     p += sizeof(words) - 1)
		written++;
	for (Agnode_t *v = agfstnode(s->g); v != NULL; v = agnxtnode(s->g, v))
		seen += strcmp(get(v, "class"), "words") == 0;
	/* The first says what they look like. */
	if (written != seen + 1)
		wrong(s, "words", "lost", "below");
}

/* ---- all of it ---- */

static void
open_graph(struct graph_seen *s, bool pinned)
{
	const struct ladder_figure_options o = { .messages = s->t,
		.numbers = true };

	buf_clear(&s->gv);
	CU_ASSERT_EQUAL(
	    ladder_graph_write(s->l, pinned ? &o : NULL, pinned, NULL, &s->gv),
	    0);
	s->g = agmemread(buf_cstr(&s->gv));
	if (s->g == NULL)
		wrong(s, "libcgraph", "does not", "read it");
	else
		read_edges(s);
}

static void
close_graph(struct graph_seen *s)
{
	mem_free(s->edges);
	if (s->g != NULL)
		agclose(s->g);
}

static void
check_trace(const char *file, const struct trace *t)
{
	struct graph_seen s = { .file = file, .t = t };
	struct layout_options o = LAYOUT_OPTIONS;
	bool axis = getenv("GRAPH_AXIS") != NULL;

	o.true_time = o.states = o.timers = axis;
	CU_ASSERT_EQUAL_FATAL(layout_create(&s.l, t, &o, NULL), 0);
	open_graph(&s, false);
	graphs++;
	if (s.g != NULL)
		check_messages(&s);
	if (s.g != NULL && !is_pinned(&s)) {
		laid_out++;
		if (!lay_out(&s))
			wrong(&s, "dot", "does not", "lay it out");
		check_lifelines(&s);
		if (!axis)
			check_labels(&s);
	}
	close_graph(&s);
	open_graph(&s, true);
	if (s.g != NULL) {
		check_words(&s);
		if (!lay_out(&s))
			wrong(&s, "dot", "does not", "draw it");
		check_pins(&s);
	}
	close_graph(&s);
	CU_ASSERT_EQUAL(s.wrong, 0);
	layout_destroy(s.l);
	buf_free(&s.gv);
}

static void
check_lab(const char *file)
{
	struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_is_slow(file) ? NULL : lab_trace(file, &o);

	if (t != NULL)
		check_trace(file, t);
	trace_destroy(t);
}

static void
say(const char *of)
{
	printf("  %s: %u graphs, %u laid out, %u messages\n", of, graphs,
	    laid_out, messages);
	CU_ASSERT(graphs > 0 && messages > graphs);
	graphs = laid_out = messages = 0;
}

static void
labs_are_graphs(void)
{
	labs_each_nth(check_lab, false, IS_SANITIZED ? 16 : 1);
	say("labs");
}

static struct rng rng;

static unsigned
below(unsigned n)
{
	return (unsigned)rng_below(&rng, n);
}

/* Names that mean something to Graphviz, or to this graph. */
static const char *const names[] = { "alice", "alice_9", "node", "edge",
	"graph", "Strict", "subgraph", "time", "time_3", "top", "lost_4",
	"lost", "words", "a b", "1st", "x-1", "192.0.2.1:5060", "\xe7\x94\xb2",
	"_", "a&b", "a;b->c", "bracket_1", "end", "alice_end" };

/* Of six nodes at most, between which SENT messages pass. */
static struct trace *
make_network(unsigned sent)
{
	static const char *const starts[] = { "INVITE", "180 Ringing", "200 OK",
		"ACK", "BYE", "486 Busy Here", "302 Moved" };
	const char *nodes[6];
	unsigned n = 1 + below(6), first = below(COUNT_OF(names));
	uint64_t cause;
	struct sample s;

	sample_begin(&s, "a & \"b\" \\");
	for (unsigned i = 0; i < n; i++) {
		nodes[i] = names[(first + 5 * i) % COUNT_OF(names)];
		sample_node(&s, nodes[i], "ua",
		    below(2) == 0 ? "" : (below(2) == 0 ? "here" : "a.b"), "");
	}
	cause = sample_rec(&s, "act", nodes[0], 0, NULL, ",'by':'person'");
	for (unsigned k = sent; k > 0; k--) {
		const char *a = nodes[below(n)], *b = nodes[below(n)];
		const char *start = starts[below(COUNT_OF(starts))];
		uint64_t m = sample_send(&s, a, b, start, "INVITE",
		    below(2) == 0, cause, NULL, 0, 0);

		if (below(5) == 0)
			sample_rec(&s, "drop", NULL, m, NULL,
			    ",'of':%llu,'reason':'loss'",
			    (unsigned long long)m);
		else if (below(8) > 0)
			sample_recv(&s, b, m, (1 + (int64_t)below(20)) * MS);
		s.t += (int64_t)below(3) * MS;
	}
	return sample_end(&s);
}

static void
random_networks_are_graphs(void)
{
	const char *nets = getenv("GRAPH_NETS"), *first = getenv("GRAPH_SEED");
	uint64_t n = nets != NULL ? strtoull(nets, NULL, 10) : NETS;
	uint64_t from = first != NULL ? strtoull(first, NULL, 10) : 1;

	for (uint64_t seed = from; seed < from + n; seed++) {
		struct trace *t;
		char name[32];

		rng_init(&rng, seed, "test", "graph");
		snprintf(
		    name, sizeof(name), "seed %llu", (unsigned long long)seed);
		t = make_network(2 + below(30));
		CU_ASSERT_PTR_NOT_NULL(t);
		if (t != NULL)
			check_trace(name, t);
		trace_destroy(t);
	}
	say("random networks");
}

/* What dot would take minutes for has its places. */
static void
long_ladders_are_pinned(void)
{
	struct trace *t;
	struct graph_seen s = { .file = "long" };

	rng_init(&rng, 1, "test", "graph");
	t = make_network(IS_SANITIZED ? 1000 : 10000);
	s.t = t;
	CU_ASSERT_EQUAL_FATAL(layout_create(&s.l, t, NULL, NULL), 0);
	open_graph(&s, false);
	CU_ASSERT(is_pinned(&s));
	CU_ASSERT_EQUAL(s.n, s.l->nmessages);
	CU_ASSERT(s.g != NULL && lay_out(&s));
	close_graph(&s);
	CU_ASSERT_EQUAL(s.wrong, 0);
	layout_destroy(s.l);
	trace_destroy(t);
	buf_free(&s.gv);
}

CHECK_MAIN("ladder_graph", { "labs_are_graphs", labs_are_graphs },
    { "random_networks_are_graphs", random_networks_are_graphs },
    { "long_ladders_are_pinned", long_ladders_are_pinned })
