/* Texts for panes as JSON. */
#include "draw/doc_json.h"

#include "text/json_fields.h"

/* A piece as it is said. */
struct piece {
	unsigned style;
	struct str text;
};

const struct field doc_piece_fields[] = {
	FIELD(struct piece, style, WORD, "what it means, not how it looks",
	    .flags = FIELD_TOLD, .word = canvas_style_word),
	FIELD(struct piece, text, STR,
	    "without line ends; controls are made visible",
	    .flags = FIELD_TOLD),
	FIELDS_END,
};

const struct field doc_line_fields[] = {
	FIELD_AS("record", struct doc_line, seq, NUMBER,
	    "the record that the line leads to",
	    .flags = FIELD_ANY | FIELD_TOLD),
	FIELD_BESIDE_AS(
	    "pieces", OBJECTS, "from left to right", .of = doc_piece_fields),
	FIELDS_END,
};

/* The pieces FROM … before TO, of one style; SAFE is for their text. */
static void
put_json_piece(const struct doc *d, size_t from, size_t to, struct buf *safe,
    struct buf *out)
{
	const struct doc_piece *p = d->pieces;
	struct piece said = { .style = p[from].style };

	buf_clear(safe);
	for (size_t i = from; i < to; i++)
		utf8_add_safe(
		    safe, str_slice(buf_view(&d->text), p[i].from, p[i].to));
	said.text = buf_view(safe);
	json_put_item(out);
	json_put_object(doc_piece_fields, &said, out);
}

static void
put_line(const struct doc *d, size_t i, struct buf *safe, struct buf *out)
{
	json_open(out, NULL, '{');
	json_put_fields(doc_line_fields, &d->lines[i], out);
	json_open(out, "pieces", '[');
	for (size_t k = d->lines[i].first, to; k < d->lines[i].end; k = to) {
		to = k + 1;
		while (to < d->lines[i].end &&
		       d->pieces[to].style == d->pieces[k].style)
			to++;
		put_json_piece(d, k, to, safe, out);
	}
	buf_puts(out, "]}");
}

int
doc_put_lines(const struct doc *d, struct buf *out)
{
	struct buf safe = BUF_INIT;
	int err;

	json_open(out, "lines", '[');
	for (size_t i = 0; i < d->nlines; i++)
		put_line(d, i, &safe, out);
	buf_putc(out, ']');
	err = d->err != 0 ? d->err : safe.err != 0 ? safe.err : out->err;
	buf_free(&safe);
	return err;
}

int
doc_write_json(const struct doc *d, struct buf *out)
{
	int err;

	buf_putc(out, '{');
	err = doc_put_lines(d, out);
	buf_putc(out, '}');
	return err != 0 ? err : out->err;
}
