/* What the nodes of a ladder's graph are called, and its statements. */
#include "ladder/ladder_graph_in.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "draw/graphviz.h"

const struct graph_kind graph_kinds[] = {
#define X(id, ...) { __VA_ARGS__ },
	GRAPH_STOPS(X)
#undef X
};

/* Underscores behind NAME as long as a node of the network is called so. */
static void
make_free(const struct graph *g, struct buf *name)
{
	while (name->err == 0 && map_get(g->heads, buf_view(name)) != NULL)
		buf_putc(name, '_');
}

/* "alice_9", "time_9_gap".  A WORD of the graph's own is itself no node's name,
 * whose points would be called alike. */
static void
put_name(
    struct graph *g, struct str word, bool own, uint64_t n, const char *suffix)
{
	struct buf name = BUF_INIT;

	buf_str(&name, word);
	if (own)
		make_free(g, &name);
	if (n != GRAPH_NONE)
		buf_printf(&name, "_%llu", (unsigned long long)n);
	buf_puts(&name, suffix);
	if (n != GRAPH_NONE || suffix[0] != '\0')
		make_free(g, &name);
	dot_put_id(g->out, buf_view(&name));
	buf_end(&name, &g->out->err);
}

static void
put_stop(struct graph *g, const struct graph_stop *s)
{
	put_name(g, g->l->columns[s->column].name, false, s->seq,
	    graph_kinds[s->kind].suffix);
}

static void
put_time(struct graph *g, size_t level)
{
	const struct graph_stop *s = graph_level(g, level);

	put_name(g, STR("time"), true, s->seq,
	    s->kind == STOP_RECV ? "_end" : graph_kinds[s->kind].suffix);
}

/* Two decimals and no locale. */
static void
put_number(struct buf *b, double v)
{
	long long hundredths = llround(v * 100);
	unsigned long long u = (unsigned long long)llabs(hundredths);

	buf_printf(b, u % 100 != 0 ? "%s%llu.%02llu" : "%s%llu",
	    hundredths < 0 ? "-" : "", u / 100, u % 100);
}

static void
put_place(struct graph *g, double x, double y)
{
	put_number(g->out, x);
	buf_putc(g->out, ',');
	put_number(g->out, g->p->height - y);
}

/* FIXED: "true", or "shape": a text may be wider than its box. */
static void
put_box(struct graph *g, const struct placed *at, const char *fixed)
{
	buf_puts(g->out, "pos=\"");
	put_place(g, (at->left + at->right) / 2, (at->top + at->bottom) / 2);
	buf_puts(g->out, "\", width=");
	put_number(g->out, fabs(at->right - at->left) / 72);
	buf_puts(g->out, ", height=");
	put_number(g->out, (at->bottom - at->top) / 72);
	buf_printf(g->out, ", fixedsize=%s", fixed);
}

/* What stands for one directive, with its arguments. */
static void
put_directive(struct graph *g, char directive, va_list *args)
{
	const char *word;
	uint64_t n;
	double x;
	size_t i;

	switch (directive) {
	case 'h':
		i = va_arg(*args, size_t);
		dot_put_id(g->out, g->l->columns[i].name);
		break;
	case 'p':
		i = va_arg(*args, size_t);
		n = va_arg(*args, uint64_t);
		put_name(g, g->l->columns[i].name, false, n,
		    va_arg(*args, const char *));
		break;
	case 'o':
		word = va_arg(*args, const char *);
		n = va_arg(*args, uint64_t);
		put_name(g, str_of(word), true, n, va_arg(*args, const char *));
		break;
	case 'z':
		put_stop(g, va_arg(*args, const struct graph_stop *));
		break;
	case 't':
		put_time(g, va_arg(*args, size_t));
		break;
	case 'q':
	case 'l':
		dot_quote_lines(g->out,
		    buf_view(va_arg(*args, const struct buf *)),
		    directive == 'q' ? "\\n" : "\\l");
		break;
	case 'x':
		x = va_arg(*args, double);
		put_place(g, x, va_arg(*args, double));
		break;
	case 'g':
		put_number(g->out, va_arg(*args, double));
		break;
	case 'b':
	case 'w':
		put_box(g, va_arg(*args, const struct placed *),
		    directive == 'b' ? "true" : "shape");
		break;
	default:
		buf_puts(g->out, va_arg(*args, const char *));
	}
}

void
graph_put(struct graph *g, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	for (const char *p = format; *p != '\0';) {
		size_t n = strcspn(p, "%");

		buf_str(g->out, (struct str){ p, n });
		p += n;
		if (*p == '%') {
			put_directive(g, p[1], &args);
			p += 2;
		}
	}
	va_end(args);
}

void
graph_put_cluster(struct graph *g, const struct layout_frame *d)
{
	LOCAL_BUF name = BUF_INIT;

	buf_printf(&name, "cluster_%.*s", STR_ARG(d->name));
	buf_puts(g->out, "\tsubgraph ");
	dot_put_id(g->out, buf_view(&name));
	buf_puts(g->out, " {");
}
