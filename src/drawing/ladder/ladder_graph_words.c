/* The words below a ladder, as blocks of text: its picture's own words, taken
 * by a device that keeps texts and draws nothing. */
#include "ladder/ladder_graph_in.h"

#include <math.h>

#include "base/err.h"
#include "ladder/ladder_figure_list_in.h"
#include "text/utf8.h"

#define LINE 1.2 /* height of dot's lines, in sizes of the type */

/* The block that is being taken. */
struct words {
	struct graph *g;
	graph_block_fn *fn;
	struct graph_block block;
	struct buf text, id;
	double y;         /* of its last line */
	uint64_t unnamed; /* blocks so far without an id */
};

static void
name_block(struct words *w)
{
	buf_puts(&w->id, "words");
	if (++w->unnamed > 1)
		w->block.n = w->unnamed;
}

static void
words_end_block(struct figure *f)
{
	struct words *w = f->arg;

	if (w->text.n > 0) {
		buf_putc(&w->text, '\n');
		if (w->id.n == 0)
			name_block(w);
		/* A block of which a part is code is all in that font. */
		if (w->block.code)
			w->block.at.right = fmax(w->block.at.right,
			    w->block.at.left + w->block.letters);
		w->block.text = buf_view(&w->text);
		w->block.id = buf_cstr(&w->id);
		w->fn(w->g, &w->block);
	}
	buf_clear(&w->text);
	buf_clear(&w->id);
	w->block = (struct graph_block){ .n = GRAPH_NONE, .at.left = INFINITY };
}

static void
words_begin_block(struct figure *f, const struct figure_mark *mark)
{
	struct words *w = f->arg;

	words_end_block(f);
	buf_puts(&w->id, mark->id != NULL ? mark->id : "");
}

static void
words_take(struct figure *f, double x, double y, struct str text,
    enum figure_align align, const struct figure_font *font, double angle)
{
	struct words *w = f->arg;
	struct graph_block *b = &w->block;
	double letters = (double)utf8_width(text) * font->size * LIST_LETTER /
			 LIST_CODE_SIZE;
	double wide = figure_text_width(text, font->size, font->bold);
	bool first = w->text.n == 0;

	(void)angle;
	if (align == FIGURE_CENTRE)
		x -= wide / 2;
	/* Two texts of a line; a line that is empty. */
	if (!first)
		buf_puts(&w->text, fabs(y - w->y) < 1          ? "  "
				   : y - w->y > 2 * font->size ? "\n\n"
							       : "\n");
	buf_str(&w->text, text);
	w->y = y;
	if (first)
		b->at.top = y - font->size * LINE / 2;
	b->at.bottom = fmax(y + font->size * LINE / 2,
	    b->at.top + (double)(str_count(buf_view(&w->text), '\n') + 1) *
			    font->size * LINE);
	b->at.left = fmin(b->at.left, x);
	b->at.right = fmax(b->at.right, x + wide);
	b->letters = fmax(b->letters, letters);
	b->size = font->size;
	b->code |= align == FIGURE_CODE;
}

static const struct figure_device words_device = {
	.end = words_end_block,
	.group = words_begin_block,
	.group_end = words_end_block,
	.text = words_take,
};

void
graph_each_block(struct graph *g, graph_block_fn *fn)
{
	struct words w = { .g = g,
		.fn = fn,
		.block = { .n = GRAPH_NONE, .at.left = INFINITY },
		.text = BUF_INIT,
		.id = BUF_INIT };
	struct picture *p = g->p;
	LOCAL_BUF none = BUF_INIT;

	figure_begin(
	    &p->figure, &words_device, &none, p->width, p->height, NULL);
	p->figure.arg = &w;
	picture_foot(p);
	words_end_block(&p->figure);
	picture_list_below(p);
	figure_end(&p->figure);
	buf_end(&w.text, &g->out->err);
	buf_end(&w.id, &g->out->err);
}
