/* What items of H.248 mean, for people. */
#include "megaco/rows.h"

#include "base/rows.h"

static const struct {
	const char *name, *words;
} items[] = {
#define X(name, words) { name, words },
	MEGACO_ITEMS(X)
#undef X
};

static const struct {
	unsigned code;
	const char *words;
} errors[] = {
#define X(code, words) { code, words },
	MEGACO_ERRORS(X)
#undef X
}, reasons[] = {
#define X(code, words) { code, words },
	MEGACO_REASONS(X)
#undef X
};

const char *
megaco_name(enum megaco_id id)
{
	return megaco_rows[id].name;
}

const char *
megaco_words(const struct megaco_item *it, const char **section)
{
	*section = "";
	if (it->id < MEGACO_ITEM) {
		*section = megaco_rows[it->id].section;
		return i18n_text(megaco_rows[it->id].words);
	}
	for (size_t i = 0; i < ROWS_COUNT(items); i++)
		if (it->id == MEGACO_ITEM && str_iis(it->name, items[i].name)) {
			*section = "E";
			return i18n_text(items[i].words);
		}
	return NULL;
}

const char *
megaco_error_words(unsigned code)
{
	for (size_t i = 0; i < ROWS_COUNT(errors); i++)
		if (errors[i].code == code)
			return i18n_text(errors[i].words);
	return NULL;
}

static const char *
say_reason(struct str value)
{
	struct str rest, number = str_cut(value, ' ', &rest);
	uint32_t code;

	if (str_u32(number, &code) == 0)
		for (size_t i = 0; i < ROWS_COUNT(reasons); i++)
			if (reasons[i].code == code)
				return i18n_text(reasons[i].words);
	return NULL;
}

const char *
megaco_value_words(const struct megaco_item *it)
{
	enum megaco_value word = megaco_word(it);

	if (word != MEGACO_VALUE_COUNT)
		return i18n_text(megaco_values[word].words);
	if (it->id == MEGACO_CONTEXT)
		return str_is(it->value, "-") ? _("none: who is free")
		       : str_is(it->value, "$")
			   ? _("a new one: the reply has its number")
		       : str_is(it->value, "*") ? _("all")
						: NULL;
	if (it->value.p != NULL && str_is(it->value, "$"))
		return _("one that the gateway chooses: the reply has its "
			 "name");
	return it->id == MEGACO_ERROR    ? megaco_error_words(megaco_number(it))
	       : it->id == MEGACO_REASON ? say_reason(it->value)
					 : NULL;
}

struct megaco_item
megaco_first(const struct megaco *m, enum megaco_id *kind, uint32_t *number)
{
	struct megaco_item it = { .id = MEGACO_COUNT }, in;
	size_t at = 0;

	*kind = MEGACO_COUNT;
	*number = 0;
	if (!megaco_next(m->body, MEGACO_IN_MESSAGE, &at, &it))
		return (struct megaco_item){ .id = MEGACO_COUNT };
	*kind = it.id;
	*number = megaco_number(&it);
	in = it;
	if (megaco_find(&in, MEGACO_CONTEXT, &it)) {
		in = it;
		at = 0;
		while (megaco_next(in.inner, in.group, &at, &it))
			if (megaco_is_command(it.id) || it.id == MEGACO_ERROR)
				return it;
		return in;
	}
	return megaco_find(&in, MEGACO_ERROR, &it) ? it : in;
}

void
megaco_write_name(struct str bytes, struct buf *out)
{
	enum megaco_id kind;
	struct megaco_item it;
	struct megaco m;
	uint32_t number;

	megaco_read(bytes, &m);
	if (m.body.p == NULL)
		return;
	it = megaco_first(&m, &kind, &number);
	if (kind == MEGACO_ACK)
		buf_puts(out, "Ack");
	else if (kind == MEGACO_REPLY)
		buf_printf(out, "Reply%s%s", it.id != kind ? " " : "",
		    it.id != kind && it.id < MEGACO_ITEM ? megaco_name(it.id)
							 : "");
	else if (it.id < MEGACO_ITEM)
		buf_puts(out, megaco_name(it.id));
}
