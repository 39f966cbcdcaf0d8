/* The rows of diameter/diameter_tables.h, as what reads, writes and tells
 * shares them.
 */
#ifndef DIAMETER_ROWS_IN_H
#define DIAMETER_ROWS_IN_H

#include "diameter/diameter.h"

enum diameter_form {
	DIAMETER_TEXT,   /* also of octets that are text as a rule */
	DIAMETER_NUMBER, /* Unsigned32 and Enumerated */
	DIAMETER_OCTETS,
	DIAMETER_GROUP,
};

struct diameter_avp_row {
	uint32_t code;
	bool vendors;
	const char *name;
	enum diameter_form form;
	bool mandatory;
	const char *norm, *clause, *words;
};
extern const struct diameter_avp_row diameter_avps[DIAMETER_AVP_COUNT];

struct diameter_value_row {
	enum diameter_id avp;
	uint32_t value;
	const char *name, *words;
};
extern const struct diameter_value_row diameter_values[DIAMETER_VALUE_COUNT];

struct diameter_command_row {
	uint32_t code;
	const char *begin, *name, *words;
};
extern const struct diameter_command_row
    diameter_commands[DIAMETER_COMMAND_COUNT];

/* AVP is one whose numbers all have names. */
bool diameter_is_enumerated(enum diameter_id avp);

#endif
