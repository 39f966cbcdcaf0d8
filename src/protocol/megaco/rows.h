/* The rows of megaco/megaco_tables.h, as what reads, writes and tells shares
 * them. */
#ifndef MEGACO_ROWS_H
#define MEGACO_ROWS_H

#include "megaco/megaco.h"

struct megaco_row {
	const char *name, *brief;
	enum megaco_form form;
	enum megaco_group group;
	const char *section, *words;
};
/* Of the words; the free ones have none. */
extern const struct megaco_row megaco_rows[MEGACO_ITEM];

struct megaco_value_row {
	enum megaco_form form;
	const char *name, *brief, *words;
};
extern const struct megaco_value_row megaco_values[MEGACO_VALUE_COUNT];

#endif
