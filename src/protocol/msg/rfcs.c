/* The RFCs' rows and the ways through them. */
#include "msg/rfcs.h"

#include "base/bisect.h"
#include "msg/rfcs_table_in.h"

#include <stddef.h>

static const struct msg_rfc rows[] = {
#define X(number, title, ...) { number, title, { __VA_ARGS__ } },
	MSG_RFCS(X)
#undef X
};

#define ROWS (sizeof(rows) / sizeof(rows[0]))

const struct msg_rfc *
msg_rfc(unsigned number)
{
	size_t i;

	BISECT(i, 0, ROWS, rows[i].number < number);
	return i < ROWS && rows[i].number == number ? &rows[i] : NULL;
}

unsigned
msg_rfc_current(unsigned number)
{
	const struct msg_rfc *row = msg_rfc(number);

	/* a successor has the higher number, so this ends */
	while (row != NULL && row->obsoleted_by[0] > number) {
		number = row->obsoleted_by[0];
		row = msg_rfc(number);
	}
	return number;
}

const struct msg_rfc *
msg_rfc_before(unsigned number, unsigned n)
{
	for (size_t i = 0; i < ROWS; i++)
		for (size_t k = 0; k < MSG_RFC_NEXT; k++)
			if (rows[i].obsoleted_by[k] == number && n-- == 0)
				return &rows[i];
	return NULL;
}
