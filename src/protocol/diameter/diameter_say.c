/* What Diameter messages say, for people; and the rows of its tables. */
#include "diameter/rows_in.h"

#include "base/octets.h"
#include "base/rows.h"

const struct diameter_avp_row diameter_avps[] = {
#define X(id, code, vendors, name, form, mandatory, norm, clause, words) \
	{ code, vendors, name, DIAMETER_##form, mandatory, norm, clause, \
		words },
	DIAMETER_AVPS(X)
#undef X
};

const struct diameter_value_row diameter_values[] = {
#define X(id, avp, value, name, words) \
	{ DIAMETER_AVP_##avp, value, name, words },
	DIAMETER_VALUES(X)
#undef X
};

const struct diameter_command_row diameter_commands[] = { DIAMETER_COMMANDS(
    ROW_VALUES) };

enum diameter_value
diameter_value_find(enum diameter_id avp, uint32_t v)
{
	size_t i = 0;

	while (i < DIAMETER_VALUE_COUNT &&
	       (diameter_values[i].avp != avp || diameter_values[i].value != v))
		i++;
	return (enum diameter_value)i;
}

/* Results other than the named ones are in use. */
bool
diameter_is_enumerated(enum diameter_id avp)
{
	size_t i = 0;

	if (avp == DIAMETER_AVP_RESULT_CODE ||
	    avp == DIAMETER_AVP_EXPERIMENTAL_CODE)
		return false;
	while (i < DIAMETER_VALUE_COUNT && diameter_values[i].avp != avp)
		i++;
	return i < DIAMETER_VALUE_COUNT;
}

const char *
diameter_fault_name(enum diameter_fault fault)
{
	static const char *const words[] = {
#define X(name, value, text) text,
		DIAMETER_FAULTS(X)
#undef X
	};

	return words[fault];
}

const char *
diameter_fault_words(enum diameter_fault fault)
{
	return i18n_text(diameter_fault_name(fault));
}

enum diameter_value
diameter_fault_result(enum diameter_fault fault)
{
	static const enum diameter_value results[] = {
#define X(name, value, text) DIAMETER_VALUE_##value,
		DIAMETER_FAULTS(X)
#undef X
	};

	return results[fault];
}

void
diameter_write_name(const struct diameter *m, struct buf *out)
{
	if (m->command == DIAMETER_COMMAND_COUNT)
		buf_u64(out, m->code);
	else
		buf_printf(out, "%s%c", diameter_commands[m->command].begin,
		    (m->flags & DIAMETER_REQUEST) != 0 ? 'R' : 'A');
}

const char *
diameter_command_words(enum diameter_command command)
{
	return i18n_text(diameter_commands[command].words);
}

bool
diameter_is_group(const struct diameter_avp *a)
{
	return a->id != DIAMETER_AVP_COUNT &&
	       diameter_avps[a->id].form == DIAMETER_GROUP;
}

void
diameter_write_avp_name(const struct diameter_avp *a, struct buf *out)
{
	if (a->id == DIAMETER_AVP_COUNT)
		buf_u64(out, a->code);
	else
		buf_puts(out, diameter_avps[a->id].name);
}

static void
diameter_words_write_number(
    enum diameter_id id, uint32_t number, struct buf *out)
{
	enum diameter_value v = diameter_value_find(id, number);

	buf_u64(out, number);
	if (v != DIAMETER_VALUE_COUNT)
		buf_printf(out, " %s: %s", diameter_values[v].name,
		    i18n_text(diameter_values[v].words));
}

void
diameter_write_avp(const struct diameter_avp *a, struct buf *out)
{
	enum diameter_form form = a->id != DIAMETER_AVP_COUNT
				      ? diameter_avps[a->id].form
				      : DIAMETER_OCTETS;

	if (form == DIAMETER_TEXT)
		buf_str(out, a->value);
	else if (form == DIAMETER_NUMBER && a->value.n == 4)
		diameter_words_write_number(a->id, get32(a->value.p), out);
	else if (form != DIAMETER_GROUP)
		for (size_t i = 0; i < a->value.n; i++)
			buf_hex(out, (uint8_t)a->value.p[i], 2);
}

const char *
diameter_avp_words(const struct diameter_avp *a, struct buf *clause)
{
	const struct diameter_avp_row *row;

	if (a->id == DIAMETER_AVP_COUNT)
		return NULL;
	row = &diameter_avps[a->id];
	buf_printf(clause, "%s %s", row->norm, row->clause);
	return i18n_text(row->words);
}

const char *
diameter_value_name(enum diameter_value v)
{
	return diameter_values[v].name;
}
