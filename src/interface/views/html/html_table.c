/* Tables of values that repeat: texts, explanations, rules. */
#include "base/err.h"
#include "views/html/html_in.h"

size_t
html_table_add(struct html *h, struct html_table *table, struct str value)
{
	uintptr_t place;

	if (h->out->err != 0)
		return 0;
	if (table->places == NULL && map_create(&table->places) != 0)
		goto nomem;
	place = (uintptr_t)map_get(table->places, value);
	if (place == 0) {
		place = map_count(table->places) + 1;
		if (map_put(table->places, value, (void *)place) != 0)
			goto nomem;
	}
	return place - 1;
nomem:
	h->out->err = ERR_NOMEM;
	return 0;
}

size_t
html_text(struct html *h, struct str text)
{
	return html_table_add(h, &h->texts, text);
}

void
html_table_write(struct html *h, const struct html_table *t, bool quoted)
{
	struct str value;
	void *place;
	size_t at = 0;
	bool first = true;

	buf_putc(h->out, '[');
	while (t->places != NULL && map_next(t->places, &at, &value, &place)) {
		if (!first)
			buf_puts(h->out, ",\n");
		first = false;
		if (quoted)
			html_put_json(h->out, value);
		else
			buf_str(h->out, value);
	}
	buf_putc(h->out, ']');
}
