/* Writing messages of H.248 in text form (RFC 3525 annex B.2). */
#include "megaco/rows.h"

#define LINES 3 /* down to so many braces each item has a line of its own */

static void
put_line(struct megaco_out *o)
{
	buf_puts(o->out, "\r\n");
	buf_fill(o->out, ' ', (size_t)o->depth * 2);
}

static void
begin_item(struct megaco_out *o)
{
	if (o->depth > 0 && !o->first)
		buf_putc(o->out, ',');
	if (o->depth == 0)
		buf_puts(o->out, "\r\n");
	else if (!o->brief && o->depth <= LINES)
		put_line(o);
	else if (!o->brief && !o->first)
		buf_putc(o->out, ' ');
	o->first = false;
}

static void
open_braces(struct megaco_out *o)
{
	buf_putc(o->out, '{');
	o->depth++;
	o->first = true;
}

static const char *
name_of(const struct megaco_out *o, enum megaco_id id)
{
	return o->brief ? megaco_rows[id].brief : megaco_rows[id].name;
}

void
megaco_begin(struct megaco_out *o, struct str sender)
{
	buf_puts(o->out, o->brief ? "!/1 " : "MEGACO/1 ");
	buf_str(o->out, sender);
	o->first = true;
}

void
megaco_put(struct megaco_out *o, enum megaco_id id, struct str value)
{
	bool quoted = megaco_rows[id].form == MEGACO_FORM_REASON;

	begin_item(o);
	buf_puts(o->out, name_of(o, id));
	if (value.p == NULL)
		return;
	buf_puts(o->out, quoted ? "=\"" : "=");
	buf_str(o->out, value);
	buf_puts(o->out, quoted ? "\"" : "");
}

void
megaco_open(struct megaco_out *o, enum megaco_id id, struct str value)
{
	megaco_put(o, id, value);
	open_braces(o);
}

struct str
megaco_decimal(char text[24], uint64_t n)
{
	char *end = &text[STR_DIGITS], *begin = str_decimal(end, n);

	return (struct str){ begin, (size_t)(end - begin) };
}

void
megaco_open_number(struct megaco_out *o, enum megaco_id id, uint32_t number)
{
	char digits[24];

	megaco_open(o, id, megaco_decimal(digits, number));
}

void
megaco_put_named(struct megaco_out *o, const char *name, struct str value)
{
	begin_item(o);
	buf_puts(o->out, name);
	if (value.p != NULL) {
		buf_putc(o->out, '=');
		buf_str(o->out, value);
	}
}

void
megaco_open_named(struct megaco_out *o, const char *name)
{
	megaco_put_named(o, name, STR_NULL);
	open_braces(o);
}

void
megaco_close(struct megaco_out *o)
{
	bool lines = !o->brief && o->depth <= LINES && !o->first;

	o->depth--;
	o->first = false;
	if (lines)
		put_line(o);
	buf_putc(o->out, '}');
}

void
megaco_put_value(
    struct megaco_out *o, enum megaco_id id, enum megaco_value value)
{
	megaco_put(o, id,
	    str_of(o->brief ? megaco_values[value].brief
			    : megaco_values[value].name));
}

void
megaco_put_sdp(struct megaco_out *o, enum megaco_id id, struct str sdp)
{
	megaco_open(o, id, STR_NULL);
	buf_puts(o->out, "\r\n");
	for (size_t i = 0; i < sdp.n; i++) {
		if (sdp.p[i] == '}')
			buf_putc(o->out, '\\');
		buf_putc(o->out, sdp.p[i]);
	}
	o->depth--;
	o->first = false;
	buf_putc(o->out, '}');
}

void
megaco_put_error(struct megaco_out *o, unsigned code)
{
	megaco_open_number(o, MEGACO_ERROR, code);
	megaco_close(o);
}

void
megaco_open_seen(struct megaco_out *o, uint64_t ms, const char *name)
{
	begin_item(o);
	/* yyyymmdd T hhmmssss (hundredths) */
	buf_printf(o->out, "200001%02uT%02u%02u%02u%02u:%s",
	    (unsigned)(ms / 86400000 % 31 + 1), (unsigned)(ms / 3600000 % 24),
	    (unsigned)(ms / 60000 % 60), (unsigned)(ms / 1000 % 60),
	    (unsigned)(ms / 10 % 100), name);
	open_braces(o);
}
